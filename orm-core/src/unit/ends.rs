//! The rows at the ends of links, as they are compared in memory.

use super::identity::Identity;
use super::rows::Stage;
use super::{RowRef, Unit};
use crate::syntax::Node;

/// A row that another one points at.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum End {
    /// A row without a key.
    New(RowRef),
    Key(Identity),
}

impl Unit {
    /// A row.
    pub(super) fn end(&self, row: RowRef) -> End {
        match self.stage_of(row) {
            Ok(Stage::Stored | Stage::Doomed) => {
                End::Key(Identity::new(self.shelves[row.shelf as usize].key(row.slot)))
            }
            _ => End::New(row),
        }
    }

    /// What the columns of a foreign key point at.
    pub(super) fn end_of<'n>(&self, nodes: impl IntoIterator<Item = &'n Node>) -> Option<End> {
        let mut values = Vec::new();
        for node in nodes {
            match node {
                Node::Held(held) => return Some(self.end(held.row)),
                Node::Value(value) => values.push(value.clone()),
                _ => return None,
            }
        }
        Identity::of(values).map(End::Key)
    }
}
