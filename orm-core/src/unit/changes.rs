//! The changes that a flush would send, or has sent.

use std::collections::BTreeMap;
use std::fmt;

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use super::rows::Stage;
use super::{Shelf, Unit};
use crate::model::Model;
use crate::schema::{ColumnDef, Table};
use crate::session::Transaction;
use crate::syntax::Node;
use crate::value::Datum;

/// The changes that a flush would send, or has sent, by row.
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
#[derive(Debug, Clone, Default, Serialize)]
pub struct Changes {
    /// New rows.
    pub inserted: Vec<Changed>,
    /// Changed rows.
    pub updated: Vec<Changed>,
    /// Rows to be deleted.
    pub deleted: Vec<Changed>,
}

/// One row in [`Changes`]. It is serialized as `{"table": .., "key": [..], "before": {..}, "after": {..}}`, without values for
/// which [`before`](Self::before) and [`after`](Self::after) return `None`, and without `sensitive` columns; a sensitive
/// part of the key is `null` there, and in the `Debug` form.
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
    /// Its primary key in the database before the change; for an inserted row, its key.
    pub key: Vec<Datum>,
    /// The columns that are sent, or were sent; all columns of a deleted row.
    pub columns: Vec<&'static ColumnDef>,
    /// The former values of these columns in the database; empty for a new row.
    pub(super) before: Vec<Datum>,
    /// The new values, as far as they are known; empty for a deleted row.
    pub(super) after: Vec<Option<Datum>>,
}

impl Changed {
    /// Whether it is a row of this model.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// let ann = s.get::<User>(1).await?;
    /// s[ann].name = "Anna".into();
    /// let changes = s.changes();
    /// assert!(changes.updated[0].is::<User>() && !changes.updated[0].is::<Post>());
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn is<T: Model>(&self) -> bool {
        std::ptr::eq(self.table, T::table())
    }

    /// Returns the former value of a column in the database, by field; `None` for a new row, and for fields not in `columns`.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// use orm::value::Datum;
    /// let mut s = db.session();
    /// let ann = s.get::<User>(1).await?;
    /// s[ann].name = "Anna".into();
    /// assert_eq!(s.changes().updated[0].before("name"), Some(&Datum::Text("Ann".into())));
    /// assert_eq!(s.changes().updated[0].before("email"), None); // not changed
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn before(&self, field: &str) -> Option<&Datum> {
        self.before.get(self.position(field)?)
    }

    /// Returns the new value of a column, by field; `None` for a deleted row, for fields not in `columns`, and for values
    /// that are not known before they are sent: those that the server generates, and the keys of other new rows.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// use orm::value::Datum;
    /// let mut s = db.session();
    /// s.add(User::insert().email("cid@example.org").name("Cid"));
    /// assert_eq!(s.changes().inserted[0].after("name"), Some(&Datum::Text("Cid".into())));
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn after(&self, field: &str) -> Option<&Datum> {
        self.after.get(self.position(field)?)?.as_ref()
    }

    fn position(&self, field: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.field == field)
    }
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

    /// Iterates over all rows: the new ones, the changed ones, and the deleted ones.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// let ann = s.get::<User>(1).await?;
    /// s[ann].age = Some(42);
    /// s.add(Post::insert().author(ann).title("Third"));
    /// let changes = s.changes();
    /// let tables: Vec<&str> = changes.all().map(|row| row.table.name).collect();
    /// assert_eq!(tables, ["posts", "users"]);
    /// # Ok(()) }) }
    /// ```
    pub fn all(&self) -> impl Iterator<Item = &Changed> {
        self.inserted.iter().chain(&self.updated).chain(&self.deleted)
    }
}

impl fmt::Display for Changes {
    /// A short form, without values.
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
    /// Shows the names of the table and the columns, not their full definitions.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns: Vec<&str> = self.columns.iter().map(|column| column.name).collect();
        f.debug_struct("Changed")
            .field("table", &self.table.name)
            .field("key", &self.shown_key())
            .field("columns", &columns)
            .finish()
    }
}

impl Transaction {
    /// Returns the changes that a flush would send now.
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
                let given = columns.filter(|(_, node)| !matches!(node, Node::Default));
                let (columns, after) = given.map(|(column, node)| (column, known(node))).unzip();
                changes.inserted.push(shelf.describe(Vec::new(), columns, Vec::new(), after));
            }
            for slot in in_stage(&shelf.to_update(), Stage::Stored) {
                let columns = shelf.to_set(slot);
                if !columns.is_empty() {
                    let before = shelf.stored_values(slot, &columns);
                    let after = columns.iter().map(|&column| shelf.known_value(slot, column)).collect();
                    changes.updated.push(shelf.describe(shelf.key(slot), columns, before, after));
                }
            }
            for slot in in_stage(&shelf.doomed, Stage::Doomed) {
                changes.deleted.push(shelf.deleted(slot, &BTreeMap::new()));
            }
        }
        changes
    }
}

impl Shelf {
    /// The columns that a flush would set, including those that are to reference new rows.
    fn to_set(&self, slot: u32) -> Vec<u16> {
        let mut columns: Vec<u16> = self.changed(slot).collect();
        let linked = self.links.of(slot).iter().map(|(column, _)| *column);
        columns.extend(linked.filter(|column| !self.is_changed(slot, *column)).collect::<Vec<_>>());
        columns.sort_unstable();
        columns
    }

    /// The pending value of a column of a stored row, unless it is the key of a row that has none yet.
    fn known_value(&self, slot: u32, column: u16) -> Option<Datum> {
        (!self.is_linked(slot, column)).then(|| self.rows.value(slot, column))
    }

    /// Describes a row that is or will be deleted as it was in the database: with the values `earlier` for columns that were
    /// changed before.
    pub(super) fn deleted(&self, slot: u32, earlier: &BTreeMap<u16, Datum>) -> Changed {
        let columns: Vec<u16> = (0..self.table.width()).collect();
        let value =
            |column: u16| earlier.get(&column).cloned().unwrap_or_else(|| self.stored_value(slot, column));
        let key = self.table.primary_key.iter().map(|&part| value(part)).collect();
        let before = columns.iter().map(|&column| value(column)).collect();
        self.describe(key, columns, before, Vec::new())
    }

    pub(super) fn describe(
        &self,
        key: Vec<Datum>,
        columns: Vec<u16>,
        before: Vec<Datum>,
        after: Vec<Option<Datum>>,
    ) -> Changed {
        let columns = columns.into_iter().map(|column| self.table.column(column)).collect();
        Changed { table: self.table, key, columns, before, after }
    }
}

/// The value of a new row's column, unless the database determines it.
fn known(node: &Node) -> Option<Datum> {
    match node {
        Node::Value(value) => Some(value.clone()),
        _ => None,
    }
}

impl Serialize for Changed {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut changed = serializer.serialize_struct("Changed", 4)?;
        changed.serialize_field("table", self.table.name)?;
        changed.serialize_field("key", &self.shown_key())?;
        changed.serialize_field("before", &self.shown(self.before.iter().map(Some)))?;
        changed.serialize_field("after", &self.shown(self.after.iter().map(Option::as_ref)))?;
        changed.end()
    }
}

impl Changed {
    /// The key, with NULL for sensitive columns.
    fn shown_key(&self) -> Vec<&Datum> {
        let parts = self.table.primary_key.iter().zip(&self.key);
        let shown = |(&part, value)| if self.table.column(part).sensitive { &Datum::Null } else { value };
        parts.map(shown).collect()
    }

    /// The values by field, without sensitive columns.
    fn shown<'a>(&'a self, values: impl Iterator<Item = Option<&'a Datum>>) -> BTreeMap<&'a str, &'a Datum> {
        let columns = self.columns.iter().zip(values).filter(|(column, _)| !column.sensitive);
        columns.filter_map(|(column, value)| Some((column.field, value?))).collect()
    }
}
