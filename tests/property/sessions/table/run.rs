//! The run of a session, and the expected state.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use orm::prelude::*;

use super::super::steps::Held;
use super::{Item, Row, World, fits, read};
use crate::support::Random;

pub(super) struct Run {
    seed: u64,
    pub(super) random: Random,
    pub(super) committed: World,
    pub(super) flushed: World,
    pub(super) now: World,
    pub(super) doomed: BTreeSet<u32>,
    pub(super) held: BTreeMap<u32, Held<Item>>,
    /// The number of rows ever created.
    pub(super) marks: u32,
    /// The offset by which a statement moved keys the last time.
    pub(super) moves: u32,
    /// Whether this transaction has changed something that a rollback reverts.
    pub(super) has_changed: bool,
    steps: Vec<String>,
}

/// The state to which a savepoint is rolled back.
struct Before {
    now: World,
    held: BTreeMap<u32, Held<Item>>,
    has_changed: bool,
}

impl Run {
    pub(super) fn new(seed: u64) -> Self {
        Run {
            seed,
            random: Random::new(seed),
            committed: World::new(),
            flushed: World::new(),
            now: World::new(),
            doomed: BTreeSet::new(),
            held: BTreeMap::new(),
            marks: 0,
            moves: 0,
            has_changed: false,
            steps: Vec::new(),
        }
    }

    /// Performs some steps, also in savepoints. Returns whether all succeeded.
    pub(super) async fn walk(&mut self, tx: &mut Transaction, depth: usize) -> orm::Result<bool> {
        for _ in 0..3 + self.random.below(14) {
            let is_well = match self.random.below(20) {
                0 | 1 if depth < 2 => self.savepoint(tx, depth).await?,
                2 | 3 => self.flush(tx).await?,
                4 => self.flush(tx).await? && self.beside(tx).await?,
                5 => self.read_again(tx).await?,
                6 => self.refresh(tx).await?,
                7 => self.look(tx).await?,
                _ => {
                    self.step(tx)?;
                    true
                }
            };
            if !is_well {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Returns the result of a call that flushes, if it succeeds. It must fail if it violates a key, and only then.
    pub(super) async fn attempt<T>(
        &mut self,
        what: &str,
        call: impl Future<Output = orm::Result<T>>,
    ) -> Option<T> {
        let (fits, result) = (fits(&self.after()), call.await);
        self.note(format!("{what}: {:?}", result.as_ref().err()));
        match &result {
            Ok(_) => assert!(fits, "it should have failed\n{self}"),
            // Keys that are not nullable may be swapped in a cycle.
            Err(error) if error.is_invalid_query() => assert!(error.to_string().contains("cycle"), "{self}"),
            Err(error) => assert!(!fits && error.is_unique_violation(), "{error:?}\n{self}"),
        }
        result.ok()
    }

    /// Returns the state after a flush, which increments the version of each row that it changes.
    fn after(&self) -> World {
        let mut after = self.now.clone();
        for (mark, row) in &mut after {
            let Some(before) = self.flushed.get(mark) else { continue };
            if self.doomed.contains(mark) {
                *row = Row { is_hidden: true, version: before.version + 1, ..before.clone() };
            } else if row != before {
                row.version = before.version + 1;
            }
        }
        after
    }

    pub(super) fn is_flushed(&mut self, tx: &Transaction) {
        let after = self.after();
        self.has_changed |= after != self.flushed;
        for mark in std::mem::take(&mut self.doomed) {
            self.held.remove(&mark);
        }
        self.held.values_mut().for_each(|held| held.is_saved(tx));
        (self.now, self.flushed) = (after.clone(), after);
    }

    pub(super) fn is_committed(&mut self) {
        self.committed = self.now.clone();
        self.has_changed = false;
    }

    /// All failed changes are pending again. If some had succeeded before, all changes are discarded here.
    pub(super) async fn is_rolled_back(&mut self, s: &mut Session) -> orm::Result<()> {
        self.note("rolled back");
        self.flushed = self.committed.clone();
        if self.has_changed || self.random.once_in(3) || !fits(&self.after()) {
            s.discard_changes();
            self.note("discarded");
            (self.now, self.doomed) = (self.committed.clone(), BTreeSet::new());
            self.track_anew(s).await?;
            self.has_changed = false;
            return self.check(s).await;
        }
        for (mark, held) in self.held.iter().filter(|(mark, _)| !self.doomed.contains(mark)) {
            if let Some(row) = held.row {
                assert_eq!(Row::of(&s[row]), self.now[mark], "{self}");
            }
        }
        Ok(())
    }

    async fn flush(&mut self, tx: &mut Transaction) -> orm::Result<bool> {
        if self.attempt("flush", tx.flush()).await.is_none() {
            return Ok(false);
        }
        self.is_flushed(tx);
        self.check(tx).await?;
        Ok(true)
    }

    /// Checks the rows in the database and in the session.
    pub(super) async fn check(&mut self, tx: &mut Transaction) -> orm::Result<()> {
        assert_eq!(read(&mut *tx).await?, self.flushed, "{self}");
        for item in Item::query().with_deleted().all(&mut *tx).await? {
            let Some(row) = self.held.get(&item.mark).and_then(|held| held.row) else { continue };
            assert_eq!((&tx[row], item.twice), (&item, 2 * item.count), "{self}");
            assert_eq!(tx.find::<Item>(item.id).await?, Some(row), "{self}");
        }
        assert!(tx.changes().is_empty(), "{}\n{self}", tx.changes());
        if self.random.once_in(2) { self.track(tx).await } else { Ok(()) }
    }

    /// Tracks all items, soft-deleted or not.
    pub(super) async fn track(&mut self, tx: &mut Transaction) -> orm::Result<()> {
        let all = Item::query().with_deleted();
        let all = if self.random.once_in(3) { all.for_update() } else { all };
        for row in all.track(&mut *tx).await? {
            let mark = tx[row].mark;
            let known = self.held.insert(mark, Held::stored(row));
            assert!(known.is_none_or(|known| known.row == Some(row)), "two handles of {mark}\n{self}");
            assert_eq!(Row::of(&tx[row]), self.flushed[&mark], "{self}");
        }
        self.note("tracked");
        Ok(())
    }

    /// Tracks all items again. Handles may differ: a row that was deleted, and is back, has its first handle again.
    pub(super) async fn track_anew(&mut self, tx: &mut Transaction) -> orm::Result<()> {
        self.held.clear();
        self.track(tx).await
    }

    async fn savepoint(&mut self, tx: &mut Transaction, depth: usize) -> orm::Result<bool> {
        let Some(mut savepoint) = self.attempt("savepoint", tx.begin_savepoint()).await else {
            return Ok(false);
        };
        self.is_flushed(&savepoint);
        let before = Before { now: self.now.clone(), held: self.held.clone(), has_changed: self.has_changed };
        let is_well = Box::pin(self.walk(&mut savepoint, depth + 1)).await?;
        if is_well && self.random.once_in(2) && self.flush(&mut savepoint).await? {
            savepoint.release().await?;
            return Ok(true);
        }
        if self.random.once_in(2) {
            drop(savepoint)
        } else {
            savepoint.rollback().await?
        }
        self.note("back to the savepoint");
        (self.now, self.flushed, self.doomed) = (before.now.clone(), before.now, BTreeSet::new());
        (self.held, self.has_changed) = (before.held, before.has_changed);
        self.track_anew(tx).await?;
        self.check(tx).await?;
        Ok(true)
    }

    pub(super) fn note(&mut self, step: impl Into<String>) {
        self.steps.push(step.into());
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\nORM_PROPERTY_SEED={}", self.steps.join("\n"), self.seed)?;
        write!(
            f,
            "committed {:?}\nflushed {:?}\nnow {:?}\nto be deleted {:?}",
            self.committed, self.flushed, self.now, self.doomed
        )
    }
}
