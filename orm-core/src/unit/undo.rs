//! The undo journal: what flushes have done in the open transaction, and how it is undone in memory.

use std::collections::HashSet;

use smallvec::SmallVec;

use super::links::RowLinks;
use super::rows::{Gone, Stage};
use super::{RowRef, Shelf, Unit};
use crate::syntax::Node;
use crate::value::Datum;

/// What a flush did to one row.
#[derive(Debug)]
pub(super) struct Undo {
    pub(super) shelf: u32,
    pub(super) slot: u32,
    pub(super) done: Done,
}

/// What was done.
#[derive(Debug)]
pub(super) enum Done {
    /// Inserted; these columns were left to the server, these had nodes, and all others had values.
    Inserted { unset: Columns, kept: Vec<(u16, Node)> },
    /// Updated; the row was like this in the database, and had these links.
    Updated { before: Box<[Datum]>, links: RowLinks },
    /// Deleted: on request, or by the database together with another row.
    Deleted { asked: bool },
    /// Set by the database, following another row; with the former values.
    Followed(Vec<(u16, Datum)>),
    /// Set to NULL temporarily; with the former value.
    Vacated(u16, Datum),
    /// Recomputed by the database; with the former values.
    Computed(Vec<(u16, Datum)>),
    /// Read with other values, after a flush had written it; with the values it had in the database until then. A statement of the
    /// program has set them, which is no change of the session.
    Reread(Box<[Datum]>),
}

/// Columns that a new row leaves to the server: mostly the key.
pub(super) type Columns = SmallVec<[u16; 4]>;

/// A point in the transaction.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Mark {
    /// The number of journal entries.
    done: usize,
    /// The epoch; rows read after later statements have a higher one.
    epoch: u32,
    /// The number of hooks to run after commits.
    hooks: usize,
}

impl Mark {
    /// Adapts the mark to the journal, which starts over.
    pub(crate) fn renew(&mut self, now: Mark) {
        *self = Mark { hooks: self.hooks, ..now };
    }
}

/// How a transaction ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Committed,
    RolledBack,
    /// Unknown.
    InDoubt,
}

/// What was found out while going back through the journal.
#[derive(Default)]
struct Found {
    /// Rows that exist again, and are not to be deleted.
    back: HashSet<(u32, u32)>,
    /// New rows that were deleted, and are gone.
    gone: HashSet<RowRef>,
    /// Columns that were set to something else after a flush had resolved their links.
    outdated: HashSet<(u32, u32, u16)>,
}

impl Undo {
    pub(super) fn new(shelf: usize, slot: u32, done: Done) -> Self {
        Undo { shelf: u32::try_from(shelf).unwrap_or(u32::MAX), slot, done }
    }
}

impl Unit {
    pub(crate) fn mark(&self) -> Mark {
        Mark { done: self.journal.len(), epoch: self.epoch, hooks: self.hooks.after_commits() }
    }

    /// What flushes have done since `mark`.
    pub(super) fn done_since(&self, mark: Mark) -> &[Undo] {
        self.journal.get(mark.done..).unwrap_or_default()
    }

    /// Sets the position in the journal at which the current flush or commit began.
    pub(crate) fn under_way(&mut self, since: Option<Mark>) {
        self.under_way = since;
    }

    /// Stops the current flush. Returns whether it had begun to send statements.
    pub(super) fn is_stopped(&mut self) -> bool {
        self.under_way.take().is_some()
    }

    /// Ends the transaction.
    pub(crate) fn ended(&mut self, outcome: Outcome) {
        let under_way = self.under_way.take();
        mark_written(&mut self.shelves, &self.journal, false);
        if outcome != Outcome::RolledBack {
            self.shelves.iter_mut().for_each(|shelf| shelf.aims.clear());
            self.left.clear();
        }
        match outcome {
            Outcome::Committed => {
                self.let_go(Gone::Deleted, |stage| stage == Stage::Deleted);
                self.doubts.settle();
            }
            Outcome::RolledBack => {
                self.take_out_known();
                if let Some(mark) = under_way {
                    self.reopen(mark, true);
                }
                self.reopen(Mark::default(), false);
                self.drop_made_by_hooks();
                self.doubts.undo(0, self.epoch);
            }
            Outcome::InDoubt => {
                self.let_go(Gone::InDoubt, |_| true);
                self.doubts.undo(0, self.epoch);
            }
        }
        self.journal.clear();
        self.epoch = self.epoch.wrapping_add(1);
        self.began = self.epoch;
    }

    /// Drops rows that flushes have changed.
    fn let_go(&mut self, why: Gone, which: impl Fn(Stage) -> bool) {
        for Undo { shelf, slot, .. } in std::mem::take(&mut self.journal) {
            let shelf = &mut self.shelves[shelf as usize];
            let stage = shelf.rows.stage(slot);
            if which(stage) && !matches!(stage, Stage::Gone(_)) {
                if stage.is_in_database() {
                    shelf.expel(slot);
                }
                shelf.rows.drop_row(slot, why);
            }
        }
        self.flushed();
    }

    /// Takes what flushes have done since `mark` out of the journal.
    fn take_since(&mut self, mark: Mark) -> Vec<Undo> {
        let taken = self.journal.split_off(mark.done.min(self.journal.len()));
        if !taken.is_empty() {
            mark_written(&mut self.shelves, &taken, false);
            // Some may have been written before, too.
            mark_written(&mut self.shelves, &self.journal, true);
        }
        taken
    }

    /// Undoes what flushes have done since `mark`, so that it is pending again. New rows are new, without the values that the
    /// database generated, and changes are changes. With `all`, deletes and key changes are pending again, too; otherwise
    /// the rows are as in the database.
    pub(super) fn reopen(&mut self, mark: Mark, all: bool) {
        let renewed = self.counted_keys(mark.done);
        let mut found = Found::default();
        for undo in self.take_since(mark).into_iter().rev() {
            self.reopen_one(undo, all, &mut found);
        }
        self.point_at_new(&renewed);
        self.follow_gone(found.gone, Gone::RolledBack, true);
        for shelf in &mut self.shelves {
            let _ = shelf.unlink();
            shelf.drafts.sort_unstable();
            shelf.drafts.dedup();
        }
        self.flushed();
    }

    fn reopen_one(&mut self, Undo { shelf, slot, done }: Undo, all: bool, found: &mut Found) {
        self.rejoin(shelf, slot, &done);
        let links = match &done {
            Done::Inserted { kept: links, .. } | Done::Updated { links, .. } => links,
            _ => &Vec::new(),
        };
        let outdated = self.outdated(shelf as usize, slot, links);
        found.outdated.extend(outdated.into_iter().map(|column| (shelf, slot, column)));
        let rows = &mut self.shelves[shelf as usize];
        match done {
            Done::Inserted { unset, mut kept } => {
                kept.retain(|(column, _)| !found.outdated.contains(&(shelf, slot, *column)));
                if !rows.reinsert(slot, &unset, kept, found.back.contains(&(shelf, slot))) {
                    found.gone.insert(RowRef { unit: self.number, shelf, slot });
                }
            }
            Done::Updated { before, mut links } => {
                links.retain(|(column, _)| !found.outdated.contains(&(shelf, slot, *column)));
                // Cannot fail: these were the row's own values.
                let _ = rows.rechange(slot, before, links, all);
            }
            Done::Deleted { asked } => {
                rows.restore(slot);
                if !all {
                    found.back.insert((shelf, slot));
                } else if asked {
                    rows.doom(slot);
                }
            }
            Done::Followed(before) | Done::Computed(before) => rows.unfollow(slot, before),
            Done::Vacated(column, before) => rows.occupy(slot, column, before),
            Done::Reread(before) => rows.unread(slot, before),
        }
    }

    /// Undoes everything since `mark` for good, flushed or not: rows are as they were then, and those added since are gone, as
    /// are hooks set since to run after the commit.
    pub(crate) fn revert(&mut self, mark: Mark) {
        self.under_way = None;
        self.hooks.forget_after_commits(mark.hooks);
        self.discard();
        for Undo { shelf, slot, done } in self.take_since(mark).into_iter().rev() {
            self.rejoin(shelf, slot, &done);
            let rows = &mut self.shelves[shelf as usize];
            match done {
                Done::Inserted { .. } => rows.vanish(slot),
                Done::Updated { before, .. } => {
                    let _ = rows.reset(slot, before);
                }
                Done::Deleted { .. } => rows.restore_as_stored(slot),
                Done::Followed(before) | Done::Computed(before) => rows.unfollow(slot, before),
                Done::Vacated(column, before) => rows.occupy(slot, column, before),
                Done::Reread(before) => rows.unread(slot, before),
            }
        }
        self.doubts.undo(mark.epoch.wrapping_add(1), self.epoch);
        self.epoch = self.epoch.wrapping_add(1);
        self.flushed();
    }

    /// Discards unflushed changes.
    pub(super) fn discard(&mut self) {
        self.joins.clear();
        self.collections.clear();
        self.forgotten.clear();
        for shelf in &mut self.shelves {
            shelf.tidy();
            for slot in std::mem::take(&mut shelf.drafts) {
                shelf.rows.drop_row(slot, Gone::RolledBack);
            }
            for slot in std::mem::take(&mut shelf.doomed) {
                shelf.restore_doomed(slot);
            }
            for slot in std::mem::take(&mut shelf.touched) {
                if let Some(stored) = shelf.rows.meta(slot).stored.clone() {
                    // Cannot fail: these were the row's own values.
                    let _ = shelf.reset(slot, stored);
                }
            }
            shelf.links.clear();
            shelf.aims.clear();
        }
        self.pending = false;
    }
}

/// Records whether the open transaction has written the rows that were inserted or updated.
fn mark_written(shelves: &mut [Shelf], journal: &[Undo], written: bool) {
    for Undo { shelf, slot, done } in journal {
        if matches!(done, Done::Inserted { .. } | Done::Updated { .. }) {
            shelves[*shelf as usize].rows.meta_mut(*slot).written = written;
        }
    }
}
