//! Which rows of its tables a statement sees.

/// What a statement sees beyond what it would see by itself. It counts for the tables that the statement names and for
/// those that it reaches over relations, not for the queries inside it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sight {
    /// Rows outside of the scopes of the database.
    pub unscoped: bool,
    /// Rows that are marked as deleted.
    pub deleted: bool,
}

impl Sight {
    /// All rows that there are.
    pub const ALL: Sight = Sight { unscoped: true, deleted: true };
}
