//! Locks on rows, and hints about indexes.

use super::Source;

/// A lock on the rows that a select gives.
#[derive(Debug, Clone, Default)]
pub struct Lock {
    /// What others may still do; nothing said is an error.
    pub strength: Option<Strength>,
    /// What happens at a row that another transaction has locked.
    pub wait: Wait,
    /// The tables whose rows are locked; without any, those of all tables.
    pub of: Vec<Source>,
}

/// What others may do with a locked row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// Neither change nor lock it.
    Update,
    /// Not change it.
    Share,
}

/// What happens at a row that another transaction has locked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Wait {
    /// The statement waits for it.
    #[default]
    Wait,
    /// The statement fails.
    Fail,
    /// The row is left out.
    Skip,
}

/// Which indexes of a table the server should look at.
#[derive(Debug, Clone)]
pub struct IndexHint {
    /// What is said of the index.
    pub advice: Advice,
    /// The name of the index.
    pub index: String,
}

/// What is said of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// Only this index, or none.
    Use,
    /// This index, wherever it can serve at all.
    Force,
    /// Any but this one.
    Ignore,
}
