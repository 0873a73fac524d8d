//! The work that is measured.

/// A kind of work; the letters are those of the design notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scenario {
    /// Load all users of a table.
    Load,
    /// Load users with their posts by an outer join, filtered and in order, as pairs.
    Pairs,
    /// Insert users with one statement.
    Insert,
    /// Load users with their posts and the comments of these, in three statements.
    Graph,
    /// One user by key.
    Find,
    /// Build and render a query, without a database.
    Build,
    /// Begin, update one user, commit.
    Rename,
    /// Read all users of a table one by one, keeping none.
    Stream,
    /// Insert very many users in one transaction: as a bulk load, and by statements of many rows.
    Bulk,
    /// One user by key, with SQL by hand.
    Raw,
    /// Insert users in one transaction: by a unit of work, and by one statement.
    Flush,
    /// Change versioned rows in one transaction: by a unit of work, and one by one.
    Change,
    /// One user by key, which a session holds already: by hand, which a map holds.
    Held,
}

impl Scenario {
    /// All of them, in order.
    pub(crate) const ALL: &[Scenario] = &[
        Scenario::Load,
        Scenario::Pairs,
        Scenario::Insert,
        Scenario::Graph,
        Scenario::Find,
        Scenario::Build,
        Scenario::Rename,
        Scenario::Stream,
        Scenario::Bulk,
        Scenario::Raw,
        Scenario::Flush,
        Scenario::Change,
        Scenario::Held,
    ];

    /// Its letter and number.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Scenario::Load => "S1",
            Scenario::Pairs => "S2",
            Scenario::Insert => "S3",
            Scenario::Graph => "S4",
            Scenario::Find => "S5",
            Scenario::Build => "S6",
            Scenario::Rename => "S7",
            Scenario::Stream => "S8",
            Scenario::Bulk => "S9",
            Scenario::Raw => "S10",
            Scenario::Flush => "S12a",
            Scenario::Change => "S12b",
            Scenario::Held => "S13",
        }
    }

    /// What it is, in a few words.
    fn words(self) -> &'static str {
        match self {
            Scenario::Load => "load users",
            Scenario::Pairs => "users and posts, joined",
            Scenario::Insert => "insert users",
            Scenario::Graph => "users, posts, comments",
            Scenario::Find => "one user by key",
            Scenario::Build => "build a query",
            Scenario::Rename => "begin, update, commit",
            Scenario::Stream => "stream users",
            Scenario::Bulk => "load users in bulk",
            Scenario::Raw => "one user by SQL",
            Scenario::Flush => "commit new users",
            Scenario::Change => "commit changed rows",
            Scenario::Held => "one user that is held",
        }
    }
}

/// A scenario at a size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Work {
    pub(crate) scenario: Scenario,
    /// How many rows are loaded or inserted at once; the rows of the table, where one of them is asked for.
    pub(crate) rows: usize,
}

impl Work {
    /// What is done on a database.
    pub(crate) const ON_DATABASES: &[Work] = &[
        Work { scenario: Scenario::Load, rows: 1 },
        Work { scenario: Scenario::Load, rows: 100 },
        Work { scenario: Scenario::Load, rows: 10_000 },
        Work { scenario: Scenario::Pairs, rows: 10_000 },
        Work { scenario: Scenario::Insert, rows: 1 },
        Work { scenario: Scenario::Insert, rows: 100 },
        Work { scenario: Scenario::Insert, rows: 1_000 },
        Work { scenario: Scenario::Graph, rows: 100 },
        Work { scenario: Scenario::Find, rows: 1_000 },
        Work { scenario: Scenario::Rename, rows: 1_000 },
        Work { scenario: Scenario::Stream, rows: 100_000 },
        Work { scenario: Scenario::Bulk, rows: 200_000 },
        Work { scenario: Scenario::Raw, rows: 1_000 },
        Work { scenario: Scenario::Flush, rows: 1_000 },
        Work { scenario: Scenario::Change, rows: 1_000 },
        Work { scenario: Scenario::Held, rows: 1_000 },
    ];

    /// What is done without one.
    pub(crate) const ON_NOTHING: &[Work] = &[Work { scenario: Scenario::Build, rows: 0 }];

    /// Whether it adds to the table `users`, which then has to be emptied now and then.
    pub(crate) fn grows(&self) -> bool {
        matches!(self.scenario, Scenario::Insert | Scenario::Bulk | Scenario::Flush)
    }

    /// How many posts each user has, and how many comments each post.
    pub(crate) fn below(&self) -> (usize, usize) {
        match self.scenario {
            Scenario::Pairs => (1, 0),
            Scenario::Graph => (10, 10),
            _ => (0, 0),
        }
    }

    /// How it is called in a table.
    pub(crate) fn title(&self) -> String {
        let words = format!("{} {}", self.scenario.key(), self.scenario.words());
        match self.scenario {
            Scenario::Graph => format!("{words}, {} × 10 × 10", self.rows),
            Scenario::Find | Scenario::Rename | Scenario::Raw | Scenario::Held => {
                format!("{words} of {}", self.rows)
            }
            Scenario::Build => words,
            _ => format!("{words}, N = {}", self.rows),
        }
    }
}
