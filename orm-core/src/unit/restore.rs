//! Restoring the rows that a flush has changed.

use super::Shelf;
use super::links::RowLinks;
use super::rows::{Gone, Meta, Stage};
use super::update::with_whole_enums;
use crate::error::Result;
use crate::syntax::Node;
use crate::value::Datum;

impl Shelf {
    /// Makes an inserted row new again; if it was deleted in the meantime, drops it and returns `false`.
    pub(super) fn reinsert(
        &mut self,
        slot: u32,
        unset: &[u16],
        kept: Vec<(u16, Node)>,
        was_deleted: bool,
    ) -> bool {
        let stage = self.rows.stage(slot);
        if !stage.is_in_database() {
            return true;
        }
        let nodes = self.nodes_again(slot, unset, kept);
        self.expel(slot);
        let Meta { by_hook, .. } = std::mem::take(self.rows.meta_mut(slot));
        if was_deleted || stage == Stage::Doomed {
            self.rows.drop_row(slot, Gone::RolledBack);
            return false;
        }
        self.rows.redraft(slot, nodes);
        self.rows.meta_mut(slot).by_hook = by_hook;
        self.drafts.push(slot);
        true
    }

    /// The nodes to insert a row with again: the former ones, except for columns that were set or linked since.
    fn nodes_again(&mut self, slot: u32, unset: &[u16], kept: Vec<(u16, Node)>) -> Vec<Node> {
        let values = (0..self.table.width()).map(|column| Node::Value(self.rows.value(slot, column)));
        let mut nodes: Vec<Node> = values.collect();
        let unset = unset.iter().map(|&column| (column, Node::Default));
        for (column, node) in unset.chain(kept) {
            if !self.is_changed(slot, column) {
                nodes[usize::from(column)] = node;
            }
        }
        for (column, node) in self.links.take(slot) {
            nodes[usize::from(column)] = node;
        }
        nodes
    }

    /// Turns an update into a pending change again, including primary keys if `keys`. Columns that the flush or the server set
    /// get their former values, and so does otherwise the key, unless it was changed since.
    pub(super) fn rechange(
        &mut self,
        slot: u32,
        before: Box<[Datum]>,
        links: RowLinks,
        keys: bool,
    ) -> Result<()> {
        if !self.is_in_database(slot) {
            return Ok(());
        }
        let linked = |column: u16| links.iter().any(|(linked, _)| *linked == column);
        let is_key = |at: u16| !keys && self.table.primary_key.contains(&at) && !self.is_changed(slot, at);
        let own = (0u16..).zip(self.table.columns).filter(|(at, column)| {
            let automatic = column.version || column.on_update.is_some() || column.generated.is_some();
            automatic || is_key(*at) || linked(*at)
        });
        let own: Vec<u16> = own.map(|(at, _)| at).collect();
        self.expel(slot);
        for column in own {
            self.rows.set(slot, column, before[usize::from(column)].clone())?;
        }
        if self.rows.meta_mut(slot).stored.replace(before).is_none() {
            self.touched.push(slot);
        }
        self.readmit(slot);
        for (column, node) in links {
            self.links.set(slot, column, node);
        }
        Ok(())
    }

    /// Resets all columns of a row to former values.
    pub(super) fn reset(&mut self, slot: u32, before: Box<[Datum]>) -> Result<()> {
        if !self.is_in_database(slot) {
            return Ok(());
        }
        self.expel(slot);
        self.rows.meta_mut(slot).stored = None;
        self.rows.set_all(slot, before)?;
        self.readmit(slot);
        Ok(())
    }

    /// Restores the values that a row had before the database made it follow another one.
    pub(super) fn unfollow(&mut self, slot: u32, before: Vec<(u16, Datum)>) {
        if self.is_in_database(slot) {
            self.was_set(slot, before);
        }
    }

    /// Restores the values that a row had before it was read again, except for columns with pending changes: all columns of an
    /// embedded enum in which one has changed, since those of two variants do not make one.
    pub(super) fn unread(&mut self, slot: u32, before: Box<[Datum]>) {
        if !self.is_in_database(slot) {
            return;
        }
        let changed: Vec<u16> =
            (0..self.table.width()).filter(|&column| self.is_changed(slot, column)).collect();
        let mut values = before.clone();
        for column in with_whole_enums(&changed, self.table) {
            values[usize::from(column)] = self.rows.value(slot, column);
        }
        self.expel(slot);
        // Cannot fail: these were the row's own values.
        let _ = self.rows.set_all(slot, values);
        if let Some(stored) = &mut self.rows.meta_mut(slot).stored {
            *stored = before;
        }
        self.readmit(slot);
    }

    /// Brings a deleted row back.
    pub(super) fn restore(&mut self, slot: u32) {
        if self.rows.stage(slot) == Stage::Deleted {
            self.rows.shift(slot, Stage::Stored);
            self.readmit(slot);
            if self.rows.meta(slot).stored.is_some() {
                self.touched.push(slot);
            }
        }
    }

    /// Brings a deleted row back as it was in the database: changes made before it was deleted are undone, too.
    pub(super) fn restore_as_stored(&mut self, slot: u32) {
        self.restore(slot);
        if let Some(stored) = self.rows.meta(slot).stored.clone() {
            // Cannot fail: these were the row's own values.
            let _ = self.reset(slot, stored);
        }
    }

    /// Adds a row to the lookup by its restored key. A row that was read under that key in the meantime, after a statement or
    /// a flush had given it to another row, no longer exists in the database.
    fn readmit(&mut self, slot: u32) {
        if let Some(other) = self.find(|part| self.stored_value(slot, self.table.primary_key[part])) {
            self.expel(other);
            self.rows.drop_row(other, Gone::RolledBack);
        }
        self.admit(slot);
    }

    /// Marks a row to be deleted.
    pub(super) fn doom(&mut self, slot: u32) {
        self.rows.shift(slot, Stage::Doomed);
        self.doomed.push(slot);
    }

    pub(super) fn restore_doomed(&mut self, slot: u32) {
        self.rows.shift(slot, Stage::Stored);
        if self.rows.meta(slot).stored.is_some() {
            self.touched.push(slot);
        }
    }

    /// Drops an inserted row.
    pub(super) fn vanish(&mut self, slot: u32) {
        if self.is_in_database(slot) {
            self.expel(slot);
            self.rows.drop_row(slot, Gone::RolledBack);
        }
    }

    /// Resets columns whose links are pending again to what they referenced before the links were resolved.
    pub(super) fn unlink(&mut self) -> Result<()> {
        for (slot, column) in self.links.which(|_, _| true) {
            if self.rows.stage(slot) == Stage::Stored {
                let value = self.stored_value(slot, column);
                self.rows.set(slot, column, value)?;
            }
        }
        Ok(())
    }
}
