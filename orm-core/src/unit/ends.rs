//! The rows at the ends of links, as they are compared in memory.

use super::identity::Identity;
use super::rows::Stage;
use super::{RowRef, Shelf, Unit};
use crate::schema::ForeignKey;
use crate::syntax::Node;
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
        match self.stage_of(row) {
            Ok(Stage::Stored | Stage::Doomed) => {
                let shelf = &self.shelves[row.shelf as usize];
                End::Key(Identity::new(shelf.stored_values(row.slot, key.parent_columns())))
            }
            _ => End::New(row),
        }
    }

    /// Returns the row that the columns of a foreign key reference.
    pub(super) fn end_of<'n>(
        &self,
        nodes: impl IntoIterator<Item = &'n Node>,
        key: &ForeignKey,
    ) -> Option<End> {
        let mut values = Vec::new();
        for node in nodes {
            match node {
                Node::Held(held) => return Some(self.end(held.row, key)),
                Node::Value(value) => values.push(value.clone()),
                _ => return None,
            }
        }
        Identity::of(values).map(End::Key)
    }
}

/// The maximum number of links followed to find out what a column will contain.
const FAR: usize = 8;

impl Unit {
    /// The values that a row will have in some columns after the flush, if all of them are known and not NULL.
    pub(super) fn to_be(&self, shelf: usize, slot: u32, columns: &[u16]) -> Option<Identity> {
        let row = self.row_ref(shelf, slot);
        let values: Option<Vec<Datum>> =
            columns.iter().map(|&column| self.value_to_be(row, column, FAR)).collect();
        Identity::of(values?)
    }

    /// The values that a new row will have in columns that contain the keys of other rows, as far as they are known.
    pub(super) fn known_keys(&self, shelf: usize, slot: u32) -> Vec<(u16, Datum)> {
        let draft = (0u16..).zip(self.shelves[shelf].rows.draft(slot));
        let known = |(column, node): (u16, &Node)| match node {
            Node::Held(held) => Some((column, self.value_to_be(held.row, held.column, FAR)?)),
            _ => None,
        };
        draft.filter_map(known).collect()
    }

    fn value_to_be(&self, row: RowRef, column: u16, far: usize) -> Option<Datum> {
        let (shelf, slot) = (&self.shelves[row.shelf as usize], row.slot);
        let link = shelf.links.of(slot).iter().find(|(linked, _)| *linked == column);
        let node = match (self.stage_of(row).ok()?, link) {
            (Stage::New, _) => shelf.rows.draft(slot).get(usize::from(column))?,
            (Stage::Stored, Some((_, node))) => node,
            (Stage::Stored | Stage::Doomed, _) => return Some(shelf.rows.value(slot, column)),
            _ => return None,
        };
        match node {
            Node::Value(value) => Some(value.clone()),
            Node::Held(held) if far > 0 => self.value_to_be(held.row, held.column, far - 1),
            _ => None,
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
