//! Which rows a statement sees: scopes and soft delete.

/// The rows that a statement sees in addition to those it sees by default. It applies to the tables in the statement and
/// those that it reaches over relations, not to its subqueries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sight {
    /// Rows outside the scopes of the database.
    pub unscoped: bool,
    /// Soft-deleted rows.
    pub deleted: bool,
}

impl Sight {
    /// All rows.
    pub const ALL: Sight = Sight { unscoped: true, deleted: true };
}
