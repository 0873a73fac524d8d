//! Updates of many rows, each with values of its own.

use super::Sight;
use crate::schema::Table;
use crate::value::Datum;

/// Rows to update by one statement.
#[derive(Debug, Clone)]
pub struct UpdateRows {
    /// The table.
    pub table: &'static Table,
    /// The number of the table.
    pub base: u64,
    /// Which rows it sees.
    pub sight: Sight,
    /// The positions of the columns by which a row is found: its key, and its version if it has one.
    pub matched: Vec<u16>,
    /// The positions of the columns that are set.
    pub set: Vec<u16>,
    /// The values: of each row first the matched ones, then those to set.
    pub values: Vec<Datum>,
    /// Columns that are set to the same value in all rows.
    pub constants: Vec<(u16, Datum)>,
}
