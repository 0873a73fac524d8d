//! The work that is measured.

/// A kind of work; the letters are those of the design notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scenario {
    /// Load all users of a table.
    Load,
    /// Insert users with one statement.
    Insert,
    /// One user by key.
    Find,
    /// Build and render a query, without a database.
    Build,
    /// Begin, update one user, commit.
    Rename,
}

impl Scenario {
    /// All of them, in order.
    pub(crate) const ALL: &[Scenario] =
        &[Scenario::Load, Scenario::Insert, Scenario::Find, Scenario::Build, Scenario::Rename];

    /// Its letter and number.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Scenario::Load => "S1",
            Scenario::Insert => "S3",
            Scenario::Find => "S5",
            Scenario::Build => "S6",
            Scenario::Rename => "S7",
        }
    }

    /// What it is, in a few words.
    fn words(self) -> &'static str {
        match self {
            Scenario::Load => "load users",
            Scenario::Insert => "insert users",
            Scenario::Find => "one user by key",
            Scenario::Build => "build a query",
            Scenario::Rename => "begin, update, commit",
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
        Work { scenario: Scenario::Insert, rows: 1 },
        Work { scenario: Scenario::Insert, rows: 100 },
        Work { scenario: Scenario::Insert, rows: 1_000 },
        Work { scenario: Scenario::Find, rows: 1_000 },
        Work { scenario: Scenario::Rename, rows: 1_000 },
    ];

    /// What is done without one.
    pub(crate) const ON_NOTHING: &[Work] = &[Work { scenario: Scenario::Build, rows: 0 }];

    /// How it is called in a table.
    pub(crate) fn title(&self) -> String {
        let words = format!("{} {}", self.scenario.key(), self.scenario.words());
        match self.scenario {
            Scenario::Load | Scenario::Insert => format!("{words}, N = {}", self.rows),
            Scenario::Find | Scenario::Rename => format!("{words} of {}", self.rows),
            Scenario::Build => words,
        }
    }
}
