//! What is to be flushed.

use super::identity::same;
use super::rows::{Event, Gone, Stage};
use super::{RowRef, Shelf, Unit};
use crate::error::{Error, ErrorKind, Result};
use crate::syntax::Node;
use crate::value::Datum;

impl Shelf {
    /// Whether a column of a row differs from the database.
    pub(super) fn is_changed(&self, slot: u32, column: u16) -> bool {
        match &self.rows.meta(slot).stored {
            Some(stored) => !same(&stored[usize::from(column)], &self.rows.value(slot, column)),
            None => false,
        }
    }

    /// The positions of the columns of a row that a flush would set, without generated columns and the version,
    /// which the user does not set.
    pub(super) fn changed(&self, slot: u32) -> impl Iterator<Item = u16> {
        let columns = (0u16..).zip(self.table.columns);
        let settable = columns.filter(|(_, column)| !column.version && column.generated.is_none());
        settable.map(|(at, _)| at).filter(move |&column| self.is_changed(slot, column))
    }

    /// Whether a flush would set a column of a row.
    pub(super) fn has_changed(&self, slot: u32) -> bool {
        self.changed(slot).next().is_some()
    }

    /// Whether a column of a row is to reference a row which has no key yet.
    pub(super) fn is_linked(&self, slot: u32, column: u16) -> bool {
        self.links.of(slot).iter().any(|(linked, _)| *linked == column)
    }

    /// Whether a flush will set a column of a row.
    pub(super) fn is_to_be_set(&self, slot: u32, column: u16) -> bool {
        self.is_changed(slot, column) || self.is_linked(slot, column)
    }

    /// Whether a flush would change a row.
    pub(super) fn is_to_change(&self, slot: u32) -> bool {
        self.has_changed(slot) || !self.links.of(slot).is_empty()
    }

    /// Drops the copy of a row that equals the database, except for columns that the user does not set, which are restored.
    pub(super) fn release(&mut self, slot: u32) -> Result<()> {
        let Some(stored) = self.rows.meta_mut(slot).stored.take() else { return Ok(()) };
        for (at, column) in (0u16..).zip(self.table.columns) {
            if column.version || column.generated.is_some() {
                self.rows.set(slot, at, stored[usize::from(at)].clone())?;
            }
        }
        Ok(())
    }

    /// Removes rows from the lists in which they have nothing left to do.
    pub(super) fn tidy(&mut self) {
        let Shelf { rows, drafts, touched, doomed, links, .. } = self;
        drafts.retain(|&slot| rows.stage(slot) == Stage::New);
        touched.sort_unstable();
        touched.dedup();
        touched.retain(|&slot| rows.stage(slot) == Stage::Stored && rows.meta(slot).stored.is_some());
        doomed.sort_unstable();
        doomed.dedup();
        doomed.retain(|&slot| rows.stage(slot) == Stage::Doomed);
        links.retain(|slot| rows.stage(slot).stays());
    }
}

impl Unit {
    /// Runs the hooks of models on what is to be flushed, and drops from it what turns out to be unchanged.
    pub(super) fn prepare(&mut self) -> Result<()> {
        let forgotten = std::mem::take(&mut self.forgotten);
        self.follow_gone(forgotten, Gone::Deleted, true);
        for at in 0..self.shelves.len() {
            self.shelves[at].tidy();
            if self.shelves[at].rows.has_hooks() {
                self.before(at)?;
            }
        }
        self.follow_aims();
        for shelf in &mut self.shelves {
            let unchanged: Vec<u32> =
                shelf.touched.iter().copied().filter(|&slot| !shelf.is_to_change(slot)).collect();
            for slot in unchanged {
                shelf.release(slot)?;
            }
            shelf.tidy();
        }
        Ok(())
    }

    fn before(&mut self, at: usize) -> Result<()> {
        for slot in self.shelves[at].drafts.clone() {
            let known = self.known_keys(at, slot);
            self.shelves[at].rows.before(slot, Event::Insert, &known)?;
        }
        let shelf = &mut self.shelves[at];
        // Including those that are to reference another row.
        for slot in shelf.to_update() {
            if shelf.is_to_change(slot) {
                shelf.touch(slot);
                shelf.rows.before(slot, Event::Update, &[])?;
            }
        }
        for slot in shelf.doomed.clone() {
            shelf.rows.before(slot, Event::Delete, &[])?;
        }
        Ok(())
    }

    /// Ends a successful flush.
    pub(super) fn flushed(&mut self) {
        self.shelves.iter_mut().for_each(Shelf::tidy);
        self.pending = !self.joins.is_empty()
            || !self.collections.is_empty()
            || self.shelves.iter().any(|shelf| !shelf.is_idle());
    }

    /// The stage of a row, if it belongs to this unit.
    pub(super) fn stage_of(&self, row: RowRef) -> Result<Stage> {
        if row.unit != self.number {
            return Err(foreign());
        }
        Ok(self.shelves[row.shelf as usize].rows.stage(row.slot))
    }

    /// Whether the database has a row of this unit.
    pub(super) fn is_in_database(&self, row: RowRef) -> bool {
        self.stage_of(row).is_ok_and(Stage::is_in_database)
    }

    /// Resolves a node to its current value.
    pub(super) fn resolve(&self, node: &Node) -> Result<Node> {
        let Node::Held(key) = node else { return Ok(node.clone()) };
        let stage = self.stage_of(key.row)?;
        let shelf = &self.shelves[key.row.shelf as usize];
        if !stage.is_in_database() {
            return Err(missing(stage, shelf.table.model));
        }
        Ok(Node::Value(shelf.stored_value(key.row.slot, key.column)))
    }

    /// Like [`resolve`](Self::resolve), for a node that has a value.
    pub(super) fn resolve_value(&self, node: &Node) -> Result<Datum> {
        match self.resolve(node)? {
            Node::Value(value) => Ok(value),
            _ => Ok(Datum::Null),
        }
    }
}

/// The error for a row that is to be read again but has changes that would be lost.
#[cold]
pub(super) fn not_flushed(model: &str, instead: &str) -> Error {
    let message = format!("this row of `{model}` has unflushed changes: flush first{instead}");
    Error::new(ErrorKind::InvalidQuery, message)
}

/// The error for a row that is missing.
#[cold]
pub(super) fn missing(stage: Stage, model: &str) -> Error {
    let why = match stage {
        Stage::New => "is new and not inserted yet: `flush`, then use `saved` to read it",
        Stage::Stored => "is there",
        Stage::Doomed | Stage::Deleted | Stage::Gone(Gone::Deleted) => "was deleted",
        Stage::Gone(Gone::Forgotten) => "was forgotten",
        Stage::Gone(Gone::Taken) => "was taken out of the session",
        Stage::Gone(Gone::RolledBack) => "was rolled back",
        Stage::Gone(Gone::InDoubt) => {
            "was changed by a transaction whose commit is in doubt: read it again to see its current state"
        }
    };
    Error::new(ErrorKind::NotTracked, format!("this row of `{model}` {why}"))
}

#[cold]
pub(super) fn foreign() -> Error {
    Error::new(
        ErrorKind::NotTracked,
        "the row belongs to another session, or to this one before it was cleared",
    )
}
