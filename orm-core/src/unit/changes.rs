//! What a flush would send.

use std::fmt;

use super::rows::Stage;
use super::{Shelf, Unit};
use crate::schema::{ColumnDef, Table};
use crate::session::Transaction;
use crate::syntax::Node;
use crate::value::Datum;

/// What a flush would send, by row.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let mut s = db.session();
/// let ann = s.get::<User>(1).await?;
/// s[ann].age = Some(42);
/// s[ann].name = "Ann".into(); // as it was
/// s.add(Post::insert().author(ann).title("Third"));
/// let changes = s.changes();
/// assert_eq!((changes.inserted.len(), changes.deleted.len()), (1, 0));
/// assert_eq!(changes.updated[0].columns[0].field, "age");
/// assert_eq!(changes.to_string(), "insert posts; update users (age)");
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// New rows.
    pub inserted: Vec<Changed>,
    /// Changed rows.
    pub updated: Vec<Changed>,
    /// Rows to be deleted.
    pub deleted: Vec<Changed>,
}

/// One row in [`Changes`].
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let mut s = db.session();
/// let ann = s.get::<User>(1).await?;
/// s[ann].name = "Anna".into();
/// let changes = s.changes();
/// assert_eq!(changes.updated[0].columns[0].name, "name");
/// assert_eq!(format!("{:?}", changes.updated[0]), r#"Changed { table: "users", key: [UInt(1)], columns: ["name"] }"#);
/// # Ok(()) }) }
/// ```
#[derive(Clone)]
pub struct Changed {
    /// Its table.
    pub table: &'static Table,
    /// Its primary key, as it is in the database; none of a new row.
    pub key: Vec<Datum>,
    /// The columns that are sent; none of a row to be deleted.
    pub columns: Vec<&'static ColumnDef>,
}

impl Changes {
    /// Whether there is nothing to send.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// let ann = s.get::<User>(1).await?;
    /// assert!(s.changes().is_empty());
    /// s[ann].name = "Anna".into();
    /// assert!(!s.changes().is_empty());
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.inserted.is_empty() && self.updated.is_empty() && self.deleted.is_empty()
    }
}

impl fmt::Display for Changes {
    /// In a few words, without values.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inserted = self.inserted.iter().map(|row| format!("insert {}", row.table.name));
        let updated = self.updated.iter().map(|row| {
            let columns: Vec<&str> = row.columns.iter().map(|column| column.name).collect();
            format!("update {} ({})", row.table.name, columns.join(", "))
        });
        let deleted = self.deleted.iter().map(|row| format!("delete {}", row.table.name));
        let all: Vec<String> = inserted.chain(updated).chain(deleted).collect();
        f.write_str(&all.join("; "))
    }
}

impl fmt::Debug for Changed {
    /// The table and the columns by their names, not with all that is known of them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns: Vec<&str> = self.columns.iter().map(|column| column.name).collect();
        f.debug_struct("Changed")
            .field("table", &self.table.name)
            .field("key", &self.key)
            .field("columns", &columns)
            .finish()
    }
}

impl Transaction {
    /// What a flush would send now.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// assert!(s.changes().is_empty());
    /// let ann = s.get::<User>(1).await?;
    /// s.delete(ann)?;
    /// assert_eq!(s.changes().deleted.len(), 1);
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn changes(&self) -> Changes {
        self.unit().changes()
    }
}

impl Unit {
    fn changes(&self) -> Changes {
        let mut changes = Changes::default();
        for shelf in &self.shelves {
            let in_stage = |slots: &[u32], stage: Stage| -> Vec<u32> {
                slots.iter().copied().filter(|&slot| shelf.rows.stage(slot) == stage).collect()
            };
            for slot in in_stage(&shelf.drafts, Stage::New) {
                let columns = (0u16..).zip(shelf.rows.draft(slot));
                let given =
                    columns.filter(|(_, node)| !matches!(node, Node::Default)).map(|(column, _)| column);
                changes.inserted.push(shelf.describe(Vec::new(), given.collect()));
            }
            for slot in in_stage(&shelf.to_update(), Stage::Stored) {
                let columns = shelf.to_set(slot);
                if !columns.is_empty() {
                    changes.updated.push(shelf.describe(shelf.key(slot), columns));
                }
            }
            for slot in in_stage(&shelf.doomed, Stage::Doomed) {
                changes.deleted.push(shelf.describe(shelf.key(slot), Vec::new()));
            }
        }
        changes
    }
}

impl Shelf {
    /// The columns that a flush would set, those that are to point at new rows among them.
    fn to_set(&self, slot: u32) -> Vec<u16> {
        let mut columns: Vec<u16> = self.changed(slot).collect();
        let linked = self.links.of(slot).iter().map(|(column, _)| *column);
        columns.extend(linked.filter(|column| !self.is_changed(slot, *column)).collect::<Vec<_>>());
        columns.sort_unstable();
        columns
    }

    fn describe(&self, key: Vec<Datum>, columns: Vec<u16>) -> Changed {
        let columns = columns.into_iter().map(|column| self.table.column(column)).collect();
        Changed { table: self.table, key, columns }
    }
}
