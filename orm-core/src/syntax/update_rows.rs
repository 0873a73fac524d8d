//! Updates of many rows, each with its own values.

use super::Sight;
use crate::schema::Table;
use crate::value::Datum;

/// An update of many rows in one statement.
#[derive(Debug, Clone)]
pub struct UpdateRows {
    /// The table.
    pub table: &'static Table,
    /// The number of the table.
    pub base: u64,
    /// Which rows it sees.
    pub sight: Sight,
    /// The positions of the columns that identify a row: its key, and its version if it has one.
    pub matched: Vec<u16>,
    /// The positions of the columns that are set.
    pub set: Vec<u16>,
    /// The values: for each row, the identifying ones, then the new ones.
    pub values: Vec<Datum>,
    /// Columns set to the same value in all rows.
    pub constants: Vec<(u16, Datum)>,
}
