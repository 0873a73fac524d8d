//! Row locks and index hints.

use super::Source;

/// A lock on the rows of a select.
#[derive(Debug, Clone, Default)]
pub struct Lock {
    /// What others may still do; leaving it open is an error.
    pub strength: Option<Strength>,
    /// What happens if another transaction has locked a row.
    pub wait: Wait,
    /// The tables whose rows are locked; all tables if empty.
    pub of: Vec<Source>,
}

/// What others may do with a locked row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// Neither change nor lock it: FOR UPDATE.
    Update,
    /// Lock it as well, but not change it: FOR SHARE.
    Share,
}

/// What happens if another transaction has locked a row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Wait {
    /// The statement waits for the lock.
    #[default]
    Wait,
    /// The statement fails: NOWAIT.
    Fail,
    /// The row is skipped: SKIP LOCKED.
    Skip,
}

/// An index hint.
#[derive(Debug, Clone)]
pub struct IndexHint {
    /// What to do with the index.
    pub advice: Advice,
    /// The name of the index.
    pub index: String,
}

/// What to do with an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// Use only this index, or none.
    Use,
    /// Use this index wherever possible.
    Force,
    /// Do not use this index.
    Ignore,
}
