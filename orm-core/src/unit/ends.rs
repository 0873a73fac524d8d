//! The rows at the ends of links, as they are compared in memory.

use super::identity::{Identity, same};
use super::rows::Stage;
use super::{RowRef, Shelf, Unit};
use crate::schema::ForeignKey;
use crate::syntax::{HeldKey, Node};
use crate::value::Datum;

/// A referenced row.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum End {
    /// A row that is not in the database.
    New(RowRef),
    /// The row's values in the columns that the foreign key references.
    Key(Identity),
}

impl Unit {
    /// Returns a row as the end of a foreign key.
    pub(super) fn end(&self, row: RowRef, key: &ForeignKey) -> End {
        if !self.is_in_database(row) {
            return End::New(row);
        }
        let shelf = &self.shelves[row.shelf as usize];
        End::Key(Identity::new(shelf.stored_values(row.slot, key.parent_columns())))
    }

    /// Returns the row that a foreign key of a row will reference after the flush.
    pub(super) fn end_to_be(&self, child: RowRef, key: &ForeignKey) -> Option<End> {
        match self.parent_to_be(child, key) {
            Some(parent) => Some(self.end(parent, key)),
            None => self.to_be(child, key.columns).map(End::Key),
        }
    }

    /// Returns the row that a foreign key of a row is to reference, if that was said by a row and not by values.
    ///
    /// Columns that a foreign key shares with others may contain the key of a row of another one, so they count only if it has
    /// no column of its own.
    pub(super) fn parent_to_be(&self, child: RowRef, key: &ForeignKey) -> Option<RowRef> {
        let keys = self.shelves[child.shelf as usize].table.foreign_keys;
        let is_shared = |column: &u16| keys.iter().filter(|key| key.columns.contains(column)).count() > 1;
        let all_count = key.columns.len() == 1 || key.columns.iter().all(is_shared);
        let columns = key.columns.iter().zip(key.parent_columns());
        let mut columns = columns.filter(|(column, _)| all_count || !is_shared(column));
        columns.find_map(|(&column, &there)| self.parent_of_node(self.node(child, column)?, key, there, FAR))
    }

    /// Follows a node to a row of the model that a foreign key references.
    fn parent_of_node(&self, node: &Node, key: &ForeignKey, there: u16, far: usize) -> Option<RowRef> {
        let Node::Held(HeldKey { row, column }) = *node else { return None };
        let is_parent = || column == there && self.shelves[row.shelf as usize].table.is((key.parent)());
        if row.unit != self.number || is_parent() {
            return Some(row);
        }
        let next = self.node(row, column).filter(|_| far > 0)?;
        self.parent_of_node(next, key, there, far - 1)
    }

    /// What a column of a row is to contain, if the row is new, or the column is linked.
    pub(super) fn node(&self, row: RowRef, column: u16) -> Option<&Node> {
        let shelf = &self.shelves[row.shelf as usize];
        let linked = || shelf.links.of(row.slot).iter().find(|(linked, _)| *linked == column);
        shelf.rows.draft(row.slot).get(usize::from(column)).or_else(|| linked().map(|(_, node)| node))
    }
}

/// The maximum number of links followed to find out what a column will contain.
const FAR: usize = 8;

impl Unit {
    /// The values that a row will have in some columns after the flush, if all of them are known and not NULL.
    pub(super) fn to_be(&self, row: RowRef, columns: &[u16]) -> Option<Identity> {
        let values: Option<Vec<Datum>> =
            columns.iter().map(|&column| self.value_to_be(row, column)).collect();
        Identity::of(values?)
    }

    /// The values that a new row will have in columns that contain the keys of other rows, as far as they are known.
    pub(super) fn known_keys(&self, shelf: usize, slot: u32) -> Vec<(u16, Datum)> {
        let draft = (0u16..).zip(self.shelves[shelf].rows.draft(slot));
        let known = |(column, node): (u16, &Node)| match node {
            Node::Held(held) => Some((column, self.value_to_be(held.row, held.column)?)),
            _ => None,
        };
        draft.filter_map(known).collect()
    }

    fn value_to_be(&self, row: RowRef, column: u16) -> Option<Datum> {
        match self.source(row, column, FAR)? {
            Source::Value(value) => Some(value),
            Source::Unknown(_) => None,
        }
    }

    /// Whether two columns will contain the same value, known or not.
    pub(super) fn will_be_same(&self, (one, column): (RowRef, u16), (other, there): (RowRef, u16)) -> bool {
        let source = self.source(one, column, FAR);
        source.is_some() && source == self.source(other, there, FAR)
    }

    /// Follows links to where the value of a column comes from.
    fn source(&self, row: RowRef, column: u16, far: usize) -> Option<Source> {
        // First of all, since a row of another session may be on a shelf that this one does not have.
        let stage = self.stage_of(row).ok()?;
        let node = match stage {
            Stage::New | Stage::Stored => self.node(row, column),
            Stage::Doomed => None,
            Stage::Deleted | Stage::Gone(_) => return None,
        };
        match node {
            Some(Node::Held(held)) if far > 0 => self.source(held.row, held.column, far - 1),
            Some(Node::Held(_)) => None,
            Some(Node::Value(value)) => Some(Source::Value(value.clone())),
            Some(_) => Some(Source::Unknown(HeldKey { row, column })),
            None => Some(Source::Value(self.shelves[row.shelf as usize].rows.value(row.slot, column))),
        }
    }
}

/// Where a value comes from.
enum Source {
    Value(Datum),
    /// The database, when the row is inserted.
    Unknown(HeldKey),
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Source::Value(value), Source::Value(other)) => same(value, other),
            (Source::Unknown(column), Source::Unknown(other)) => column == other,
            _ => false,
        }
    }
}

impl Shelf {
    /// The values that a new row has in some columns, if all of them are known and not NULL.
    pub(super) fn drafted(&self, slot: u32, columns: &[u16]) -> Option<Identity> {
        let draft = self.rows.draft(slot);
        let mut values = Vec::with_capacity(columns.len());
        for &column in columns {
            match &draft[usize::from(column)] {
                Node::Value(value) => values.push(value.clone()),
                _ => return None,
            }
        }
        Identity::of(values)
    }

    /// The values that a row has in some columns, unless one is NULL.
    pub(super) fn current(&self, slot: u32, columns: &[u16]) -> Option<Identity> {
        Identity::of(columns.iter().map(|&column| self.rows.value(slot, column)))
    }
}
