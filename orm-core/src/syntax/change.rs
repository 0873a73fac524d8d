//! Inserts, updates and deletes.

use super::{ColumnRef, Node, Sight, Source, fresh_base};
use crate::schema::Table;

/// Rows to insert, one after the other.
#[derive(Debug, Clone)]
pub struct Insert {
    /// The table.
    pub table: &'static Table,
    /// The positions of the columns that are given; all others get what the server has for them.
    pub columns: Vec<u16>,
    /// The values: `columns.len()` for each row.
    pub values: Vec<Node>,
    /// Whether the rows, as stored, are given back.
    pub returning: bool,
    /// What is done with a row whose key is there already; without it, that is an error.
    pub conflict: Option<Box<Conflict>>,
}

/// What an insert does with a row whose key is there already.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// The key: its columns by position.
    pub target: Vec<u16>,
    /// The update of the row that is there; without one, it stays as it is.
    pub update: Option<Update>,
}

/// Columns to set, and where.
#[derive(Debug, Clone)]
pub struct Update {
    /// The table.
    pub table: &'static Table,
    /// The number of the table.
    pub base: u64,
    /// Columns by position, and what they become.
    pub set: Vec<(u16, Node)>,
    /// Conditions on rows, all of which hold.
    pub filter: Vec<Node>,
    /// Whether a column of another table was to be set.
    pub foreign: bool,
    /// Which rows it sees.
    pub sight: Sight,
}

/// Which rows to delete.
#[derive(Debug, Clone)]
pub struct Delete {
    /// The table.
    pub table: &'static Table,
    /// The number of the table.
    pub base: u64,
    /// Conditions on rows, all of which hold.
    pub filter: Vec<Node>,
    /// Which rows it sees.
    pub sight: Sight,
    /// Whether rows go from the table, even where they would only be marked as deleted.
    pub hard: bool,
}

impl Update {
    /// Changes nothing yet, in all rows of `table`.
    #[must_use]
    pub fn new(table: &'static Table) -> Self {
        Update {
            table,
            base: fresh_base(),
            set: Vec::new(),
            filter: Vec::new(),
            foreign: false,
            sight: Sight::default(),
        }
    }

    /// Sets a column; the last value of one that is set twice counts. A column of another table is kept apart, for
    /// the renderer to refuse.
    pub fn assign(&mut self, column: ColumnRef, value: Node) {
        if column.source() != Source::table(self.base) {
            self.foreign = true;
        }
        self.set.retain(|(known, _)| *known != column.index);
        self.set.push((column.index, value));
    }
}

impl Delete {
    /// All rows of `table`.
    #[must_use]
    pub fn new(table: &'static Table) -> Self {
        Delete { table, base: fresh_base(), filter: Vec::new(), sight: Sight::default(), hard: false }
    }
}
