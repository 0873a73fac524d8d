//! One table.

use super::{ColumnDef, ForeignKey};

/// One table, as its model declares it.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let table = Post::table();
/// let columns: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
/// assert_eq!((table.name, columns[1]), ("posts", "author_id"));
/// # Ok(()) }) }
/// ```
#[derive(Debug)]
pub struct Table {
    /// The name of the model.
    pub model: &'static str,
    /// The name in the database.
    pub name: &'static str,
    /// The schema (on MySQL: the database) that has it, if it is not the connection's own.
    pub schema: Option<&'static str>,
    /// The database that has it, by the name that the program gave it; the default one if there is none.
    pub bind: Option<&'static str>,
    /// The columns, in the order of the model's fields.
    pub columns: &'static [ColumnDef],
    /// The positions of the primary key's columns.
    pub primary_key: &'static [u16],
    /// Unique keys over several columns.
    pub uniques: &'static [Index],
    /// Indexes over several columns.
    pub indexes: &'static [Index],
    /// SQL conditions that every row meets.
    pub checks: &'static [&'static str],
    /// The foreign keys.
    pub foreign_keys: &'static [&'static ForeignKey],
    /// What the database says about it.
    pub comment: Option<&'static str>,
}

impl Table {
    /// Whether it is the same table in the database, whatever its model.
    pub(crate) fn is(&self, other: &Table) -> bool {
        self.name == other.name && self.schema == other.schema && self.bind == other.bind
    }

    /// How many columns it has: no database has tables with more than some thousands.
    #[must_use]
    pub fn width(&self) -> u16 {
        u16::try_from(self.columns.len()).unwrap_or(u16::MAX)
    }

    /// The column at `index`; positions come from the derive, so there is one.
    #[must_use]
    pub fn column(&self, index: u16) -> &'static ColumnDef {
        &self.columns[usize::from(index)]
    }

    /// The position and definition of the column that the server counts up.
    #[must_use]
    pub fn auto_column(&self) -> Option<(usize, &'static ColumnDef)> {
        self.columns.iter().enumerate().find(|(_, column)| column.auto)
    }

    /// The position and definition of the column that counts changes.
    #[must_use]
    pub fn version_column(&self) -> Option<(usize, &'static ColumnDef)> {
        self.columns.iter().enumerate().find(|(_, column)| column.version)
    }
}

/// A key or index over columns of one table.
#[derive(Debug, Clone, Copy)]
pub struct Index {
    /// Its name, if it is not made from the table and columns.
    pub name: Option<&'static str>,
    /// The positions of its columns.
    pub columns: &'static [u16],
    /// A condition that rows in it meet, where the server has partial indexes.
    pub condition: Option<&'static str>,
}
