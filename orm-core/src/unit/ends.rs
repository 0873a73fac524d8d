//! The rows at the ends of links, as they are compared in memory.

use super::identity::Identity;
use super::rows::Stage;
use super::{RowRef, Shelf, Unit};
use crate::schema::ForeignKey;
use crate::syntax::Node;

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
