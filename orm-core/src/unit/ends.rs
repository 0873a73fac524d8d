//! The rows at the ends of links, as they are compared in memory.

use super::identity::Identity;
use super::rows::Stage;
use super::{RowRef, Shelf, Unit};
use crate::schema::ForeignKey;
use crate::syntax::Node;
use crate::value::Datum;

/// A row that another one points at.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum End {
    /// A row that is not in the database.
    New(RowRef),
    /// What a row has in the columns that the foreign key points at.
    Key(Identity),
}

impl Unit {
    /// A row that a foreign key may point at.
    pub(super) fn end(&self, row: RowRef, key: &ForeignKey) -> End {
        match self.stage_of(row) {
            Ok(Stage::Stored | Stage::Doomed) => {
                let shelf = &self.shelves[row.shelf as usize];
                End::Key(Identity::new(shelf.stored_values(row.slot, key.parent_columns())))
            }
            _ => End::New(row),
        }
    }

    /// What the columns of a foreign key point at.
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

/// So many rows may lead from one to the other before what is in the last of them is known.
const FAR: usize = 8;

impl Unit {
    /// What a row will have in some columns after the flush, if all of that is known, and not NULL.
    pub(super) fn to_be(&self, shelf: usize, slot: u32, columns: &[u16]) -> Option<Identity> {
        let row = self.row_ref(shelf, slot);
        let values: Option<Vec<Datum>> =
            columns.iter().map(|&column| self.value_to_be(row, column, FAR)).collect();
        Identity::of(values?)
    }

    /// What a new row will have in the columns that have the keys of other rows, of those that is known.
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
    /// What a new row has in some columns, if all of that is known and not NULL.
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

    /// What a row has in some columns, unless one is NULL.
    pub(super) fn current(&self, slot: u32, columns: &[u16]) -> Option<Identity> {
        Identity::of(columns.iter().map(|&column| self.rows.value(slot, column)))
    }
}
