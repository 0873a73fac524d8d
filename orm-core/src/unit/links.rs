//! Columns that are to reference rows which have no key yet.

use std::collections::BTreeMap;

use super::Unit;
use crate::schema::ForeignKey;
use crate::syntax::Node;

/// The pending links of the rows of one model, by slot: columns whose values only a flush can determine.
#[derive(Debug, Default)]
pub(super) struct Links(BTreeMap<u32, RowLinks>);

/// The columns of one row, each with the node that it is to contain.
pub(super) type RowLinks = Vec<(u16, Node)>;

/// Whether a row needs a column of its foreign key itself: the key may be NULL, but not this column.
pub(super) fn is_own(key: &ForeignKey, column: u16) -> bool {
    key.optional() && !(key.child)().column(column).nullable
}

impl Unit {
    /// Which columns of these links have been set to something else since a flush resolved them: all columns of the key, since
    /// a part of it references nothing.
    pub(super) fn outdated(&self, at: usize, slot: u32, links: &[(u16, Node)]) -> Vec<u16> {
        let shelf = &self.shelves[at];
        let is_other = |column: &u16| shelf.is_to_be_set(slot, *column);
        let is_outdated = |(column, node): &&(u16, Node)| {
            let parent = match node {
                Node::Held(held) => Some(self.shelves[held.row.shelf as usize].table),
                _ => None,
            };
            let leads = |key: &&&ForeignKey| {
                key.columns.contains(column) && parent.is_some_and(|parent| (key.parent)().is(parent))
            };
            is_other(column)
                || shelf.table.foreign_keys.iter().filter(leads).any(|key| key.columns.iter().any(is_other))
        };
        links.iter().filter(is_outdated).map(|(column, _)| *column).collect()
    }
}

impl Links {
    /// Sets the node of a column, replacing an earlier one.
    pub(super) fn set(&mut self, slot: u32, column: u16, node: Node) {
        let links = self.0.entry(slot).or_default();
        match links.iter_mut().find(|(linked, _)| *linked == column) {
            Some((_, said)) => *said = node,
            None => links.push((column, node)),
        }
    }

    /// Removes the nodes of some columns of a row.
    pub(super) fn unset(&mut self, slot: u32, columns: &[u16]) {
        if let Some(links) = self.0.get_mut(&slot) {
            links.retain(|(column, _)| !columns.contains(column));
            if links.is_empty() {
                self.0.remove(&slot);
            }
        }
    }

    /// Returns the links of one row.
    pub(super) fn of(&self, slot: u32) -> &[(u16, Node)] {
        self.0.get(&slot).map_or(&[], Vec::as_slice)
    }

    /// Returns the rows and columns of links that meet a condition.
    pub(super) fn which(&self, meets: impl Fn(&u16, &Node) -> bool) -> Vec<(u32, u16)> {
        let all = self.0.iter().flat_map(|(&slot, links)| links.iter().map(move |link| (slot, link)));
        all.filter(|(_, (column, node))| meets(column, node))
            .map(|(slot, (column, _))| (slot, *column))
            .collect()
    }

    /// Removes and returns the links of one row.
    pub(super) fn take(&mut self, slot: u32) -> RowLinks {
        self.0.remove(&slot).unwrap_or_default()
    }

    /// The rows that have links.
    pub(super) fn slots(&self) -> impl Iterator<Item = u32> {
        self.0.keys().copied()
    }

    /// Keeps only the links of rows that meet a condition.
    pub(super) fn retain(&mut self, mut stays: impl FnMut(u32) -> bool) {
        self.0.retain(|&slot, _| stays(slot));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}
