//! Columns that are to point at rows which have no key yet.

use std::collections::BTreeMap;

use super::Unit;
use crate::schema::ForeignKey;
use crate::syntax::Node;

/// What columns of the rows of one model are to have, which only a flush can tell, by their slots.
#[derive(Debug, Default)]
pub(super) struct Links(BTreeMap<u32, RowLinks>);

/// The columns of one row, each with what it is to have.
pub(super) type RowLinks = Vec<(u16, Node)>;

impl Unit {
    /// The columns of these links of which something else was said since a flush has followed them: all of a key, since a part of
    /// it leads nowhere.
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
    /// Says what a column is to have: the last word counts.
    pub(super) fn set(&mut self, slot: u32, column: u16, node: Node) {
        let links = self.0.entry(slot).or_default();
        match links.iter_mut().find(|(linked, _)| *linked == column) {
            Some((_, said)) => *said = node,
            None => links.push((column, node)),
        }
    }

    /// Forgets what was said of some columns of a row.
    pub(super) fn unset(&mut self, slot: u32, columns: &[u16]) {
        if let Some(links) = self.0.get_mut(&slot) {
            links.retain(|(column, _)| !columns.contains(column));
            if links.is_empty() {
                self.0.remove(&slot);
            }
        }
    }

    /// Those of one row.
    pub(super) fn of(&self, slot: u32) -> &[(u16, Node)] {
        self.0.get(&slot).map_or(&[], Vec::as_slice)
    }

    /// The rows and columns of those that meet a condition.
    pub(super) fn which(&self, meets: impl Fn(&u16, &Node) -> bool) -> Vec<(u32, u16)> {
        let all = self.0.iter().flat_map(|(&slot, links)| links.iter().map(move |link| (slot, link)));
        all.filter(|(_, (column, node))| meets(column, node))
            .map(|(slot, (column, _))| (slot, *column))
            .collect()
    }

    /// Takes those of one row out.
    pub(super) fn take(&mut self, slot: u32) -> RowLinks {
        self.0.remove(&slot).unwrap_or_default()
    }

    /// The rows that have any.
    pub(super) fn slots(&self) -> impl Iterator<Item = u32> {
        self.0.keys().copied()
    }

    /// Forgets those of other rows.
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
