//! The work that is measured.

use serde::{Deserialize, Serialize};

/// A kind of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scenario {
    /// Load all users of a table.
    Load,
    /// Load users left joined with posts, filtered and ordered, as pairs.
    Pairs,
    /// Insert users with one statement.
    Insert,
    /// Load users with their posts and the comments of the posts, in three statements.
    Graph,
    /// Find a user by primary key.
    Find,
    /// Build a query without rendering it.
    Compose,
    /// Build and render a query.
    Build,
    /// Begin, update one user, commit.
    Rename,
    /// Update one user by primary key.
    Update,
    /// Upsert accounts with one statement.
    Upsert,
    /// Load users by a list of keys, of a different length each time.
    Listed,
    /// Run 64 tasks on a pool of 16 connections, which find and rename users.
    Crowd,
    /// Insert users in one transaction: with a unit of work, and with one statement.
    Flush,
    /// Change versioned rows in one transaction: with a unit of work, and one by one.
    Change,
    /// Read all users of a table one by one, keeping none.
    Stream,
    /// Open a database, and find one user.
    ColdStart,
    /// Insert very many users in one transaction.
    Bulk,
    /// Find a user by primary key, with raw SQL.
    Raw,
    /// Find a user by primary key that a session already holds; by hand, in a map.
    Held,
}

/// Each with its key and a short description, in order.
const SCENARIOS: [(Scenario, &str, &str); 19] = [
    (Scenario::Load, "S1", "load users"),
    (Scenario::Pairs, "S2", "users and posts, joined"),
    (Scenario::Insert, "S3", "insert users"),
    (Scenario::Graph, "S4", "users, posts, comments"),
    (Scenario::Find, "S5", "one user by key"),
    (Scenario::Build, "S6", "build and render a query"),
    (Scenario::Compose, "S6a", "build a query only"),
    (Scenario::Rename, "S7", "begin, update, commit"),
    (Scenario::Update, "S8", "update by key"),
    (Scenario::Upsert, "S9", "upsert accounts"),
    (Scenario::Listed, "S10", "users by a list of keys"),
    (Scenario::Crowd, "S11", "64 tasks on 16 connections"),
    (Scenario::Flush, "S12a", "commit new users"),
    (Scenario::Change, "S12b", "commit changed rows"),
    (Scenario::Stream, "S13", "stream users"),
    (Scenario::ColdStart, "S14", "open, and one user by key"),
    (Scenario::Bulk, "S15", "load users in bulk"),
    (Scenario::Raw, "S16", "one user by SQL"),
    (Scenario::Held, "S17", "one user that is held"),
];

impl Scenario {
    /// Iterates over all scenarios, in order.
    pub fn all() -> impl Iterator<Item = Scenario> {
        SCENARIOS.iter().map(|&(scenario, ..)| scenario)
    }

    /// Returns its letter and number: S1 to S14 are those of the design notes.
    pub fn key(self) -> &'static str {
        self.entry().1
    }

    /// Returns a short description.
    pub fn words(self) -> &'static str {
        self.entry().2
    }

    fn entry(self) -> &'static (Scenario, &'static str, &'static str) {
        // Every scenario is in the list: `the_list_has_all` checks that.
        SCENARIOS.iter().find(|(scenario, ..)| *scenario == self).unwrap_or(&SCENARIOS[0])
    }
}

/// A scenario at a size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// The kind of work.
    pub scenario: Scenario,
    /// The number of rows that are loaded or inserted at once; the size of the table, where only some rows are
    /// requested.
    pub rows: usize,
}

impl Work {
    /// All work, in order.
    pub const ALL: &[Work] = &[
        Work::new(Scenario::Load, 1),
        Work::new(Scenario::Load, 100),
        Work::new(Scenario::Load, 10_000),
        Work::new(Scenario::Pairs, 10_000),
        Work::new(Scenario::Insert, 1),
        Work::new(Scenario::Insert, 100),
        Work::new(Scenario::Insert, 1_000),
        Work::new(Scenario::Graph, 100),
        Work::new(Scenario::Find, 1_000),
        Work::new(Scenario::Build, 0),
        Work::new(Scenario::Compose, 0),
        Work::new(Scenario::Rename, 1_000),
        Work::new(Scenario::Update, 1_000),
        Work::new(Scenario::Upsert, 100),
        Work::new(Scenario::Listed, 1_000),
        Work::new(Scenario::Crowd, 1_000),
        Work::new(Scenario::Flush, 1_000),
        Work::new(Scenario::Change, 1_000),
        Work::new(Scenario::Stream, 1_000_000),
        Work::new(Scenario::ColdStart, 1),
        Work::new(Scenario::Bulk, 200_000),
        Work::new(Scenario::Raw, 1_000),
        Work::new(Scenario::Held, 1_000),
    ];

    const fn new(scenario: Scenario, rows: usize) -> Work {
        Work { scenario, rows }
    }

    /// Returns the same work, or less of it if it takes seconds.
    pub fn quick(self) -> Work {
        Work { rows: self.rows.min(10_000), ..self }
    }

    /// Returns whether it runs without a database.
    pub fn needs_nothing(&self) -> bool {
        matches!(self.scenario, Scenario::Build | Scenario::Compose)
    }

    /// Returns whether it takes a server: an in-memory database exists only in its connection, so there cannot be 16.
    pub fn needs_server(&self) -> bool {
        self.scenario == Scenario::Crowd
    }

    /// Returns whether it adds rows to a table, which then has to be emptied now and then.
    pub fn grows(&self) -> bool {
        matches!(self.scenario, Scenario::Insert | Scenario::Bulk | Scenario::Flush | Scenario::Upsert)
    }

    /// Returns the number of posts per user, and of comments per post.
    pub(crate) fn below(&self) -> (usize, usize) {
        match self.scenario {
            Scenario::Pairs => (1, 0),
            Scenario::Graph => (10, 10),
            _ => (0, 0),
        }
    }

    /// Returns the number of accounts.
    pub(crate) fn accounts(&self) -> usize {
        match self.scenario {
            Scenario::Change => self.rows,
            // The same number again is new.
            Scenario::Upsert => self.rows / 2,
            _ => 0,
        }
    }

    /// Returns its title in tables.
    pub fn title(&self) -> String {
        let words = format!("{} {}", self.scenario.key(), self.scenario.words());
        match self.scenario {
            Scenario::Graph => format!("{words}, {} × 10 × 10", self.rows),
            Scenario::Find | Scenario::Rename | Scenario::Update | Scenario::Raw | Scenario::Held => {
                format!("{words} of {}", self.rows)
            }
            Scenario::Listed => format!("{words}, 1 to {}", self.rows),
            Scenario::Build | Scenario::Compose | Scenario::Crowd | Scenario::ColdStart => words,
            _ => format!("{words}, N = {}", self.rows),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Scenario, Work};

    #[test]
    fn the_list_has_all() {
        for work in Work::ALL {
            assert_eq!(work.scenario.entry().0, work.scenario);
        }
        assert!(Scenario::all().all(|scenario| Work::ALL.iter().any(|work| work.scenario == scenario)));
    }
}
