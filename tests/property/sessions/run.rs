//! A session on its way, and the world that should come of it.

use std::collections::BTreeMap;
use std::fmt;

use orm::prelude::*;

use super::models::*;
use super::steps::Held;
use super::world::{Doomed, Life, World};
use crate::support::Random;

/// How a walk came to its end.
#[derive(Debug, PartialEq)]
pub enum Ended {
    Well,
    /// With a flush that failed, as it should.
    Refused,
}

/// A session's way so far, and what should have come of it.
pub struct Run {
    seed: u64,
    pub random: Random,
    pub committed: World,
    pub flushed: World,
    pub now: World,
    pub doomed: Doomed,
    /// All that there ever were, by their marks.
    pub guilds: BTreeMap<u32, Held<Guild>>,
    pub members: BTreeMap<u32, Held<Member>>,
    pub notes: BTreeMap<u32, Held<Note>>,
    pub badges: Vec<Handle<Badge>>,
    /// Whether this transaction has deleted rows: those are not deleted any more once it is rolled back.
    has_deleted: bool,
    /// Whether this transaction has changed rows: what is read behind that is not so any more once it is rolled back.
    has_changed: bool,
    steps: Vec<String>,
}

/// What a savepoint that is undone goes back to.
struct Before {
    now: World,
    guilds: BTreeMap<u32, Held<Guild>>,
    members: BTreeMap<u32, Held<Member>>,
    notes: BTreeMap<u32, Held<Note>>,
    has_deleted: bool,
}

impl Run {
    pub fn new(seed: u64) -> Self {
        Run {
            seed,
            random: Random::new(seed),
            committed: World::default(),
            flushed: World::default(),
            now: World::default(),
            doomed: Doomed::default(),
            guilds: BTreeMap::new(),
            members: BTreeMap::new(),
            notes: BTreeMap::new(),
            badges: Vec::new(),
            has_deleted: false,
            has_changed: false,
            steps: Vec::new(),
        }
    }

    /// Tracks all that is committed.
    pub async fn track(&mut self, tx: &mut Transaction) -> orm::Result<()> {
        self.badges = Badge::query().order_by(|b| b.id.asc()).track(&mut *tx).await?;
        for row in Guild::query().track(&mut *tx).await? {
            self.guilds.insert(tx[row].mark, Held::stored(row));
        }
        for row in Member::query().track(&mut *tx).await? {
            self.members.insert(tx[row].mark, Held::stored(row));
        }
        for row in Note::query().track(&mut *tx).await? {
            self.notes.insert(tx[row].mark, Held::stored(row));
        }
        self.note("tracked anew");
        Ok(())
    }

    /// Some steps, in savepoints as well.
    pub async fn walk(&mut self, tx: &mut Transaction, depth: usize) -> orm::Result<Ended> {
        for _ in 0..4 + self.random.below(16) {
            let ended = match self.random.below(20) {
                0 if depth < 2 => self.savepoint(tx, depth).await?,
                1 | 2 => self.flush(tx).await?,
                3 if depth == 0 => self.read_again(tx).await?,
                _ => {
                    self.step(tx)?;
                    Ended::Well
                }
            };
            if ended == Ended::Refused {
                return Ok(ended);
            }
        }
        Ok(Ended::Well)
    }

    /// Whether no key says no to what is to be flushed.
    pub fn fits(&self) -> bool {
        self.now.flushed(&self.doomed).is_some()
    }

    /// A flush must fail when a key says no, and only then.
    pub fn judge<T>(&mut self, what: &str, fits: bool, result: &orm::Result<T>) {
        match result {
            Ok(_) => assert!(fits, "it should have failed: {what}\n{self}"),
            Err(error) => assert!(!fits && is_refusal(error), "{what}: {error:?}\n{self}"),
        }
        self.note(format!("{what}: {}", if fits { "well" } else { "refused" }));
    }

    /// By hand, or by a query, which must see what was changed.
    async fn flush(&mut self, tx: &mut Transaction) -> orm::Result<Ended> {
        let fits = self.fits();
        let by_query = self.random.once_in(2);
        let flushed =
            if by_query { Member::query().count(&mut *tx).await.map(drop) } else { tx.flush().await };
        self.judge(if by_query { "query" } else { "flush" }, fits, &flushed);
        if flushed.is_err() {
            return Ok(Ended::Refused);
        }
        self.is_flushed(tx);
        assert_eq!(World::read(&mut *tx).await?, self.now, "{self}");
        for row in Note::query().all(&mut *tx).await? {
            let held = self.notes[&row.mark].row.expect("it is flushed");
            assert_eq!(tx[held], row, "{self}");
        }
        for row in Member::query().all(&mut *tx).await? {
            let held = self.members[&row.mark].row.expect("it is flushed");
            assert_eq!(tx[held], row, "{self}");
        }
        Ok(Ended::Well)
    }

    /// Forgets a row while nothing waits, and gets it again. What is read behind changes is not so any more once they are
    /// rolled back: then nothing is forgotten.
    async fn read_again(&mut self, tx: &mut Transaction) -> orm::Result<Ended> {
        let marks: Vec<u32> = self.committed.members.keys().copied().collect();
        // What is attached is not among the changes.
        let waits = !tx.changes().is_empty() || self.now != self.committed;
        let Some(mark) = self.one_of(&marks).filter(|_| !waits && !self.has_changed) else {
            return Ok(Ended::Well);
        };
        let row = self.members[&mark].row.expect("it is committed");
        let id = tx[row].id;
        tx.forget(row)?;
        let again = tx.get::<Member>(id).await?;
        self.members.insert(mark, Held::stored(again));
        self.note(format!("forgot {mark}, and got it again"));
        self.is_flushed(tx);
        assert!(again != row && tx[again].mark == mark, "{self}");
        Ok(Ended::Well)
    }

    async fn savepoint(&mut self, tx: &mut Transaction, depth: usize) -> orm::Result<Ended> {
        let fits = self.fits();
        let begun = tx.begin_savepoint().await;
        self.judge("savepoint", fits, &begun);
        let Ok(mut savepoint) = begun else { return Ok(Ended::Refused) };
        self.is_flushed(&savepoint);
        let before = Before {
            now: self.now.clone(),
            guilds: self.guilds.clone(),
            members: self.members.clone(),
            notes: self.notes.clone(),
            has_deleted: self.has_deleted,
        };
        let mut ended = Box::pin(self.walk(&mut savepoint, depth + 1)).await?;
        if ended == Ended::Well && self.random.once_in(2) {
            ended = self.flush(&mut savepoint).await?;
            if ended == Ended::Well {
                savepoint.release().await?;
                self.note("released");
                return Ok(ended);
            }
        }
        savepoint.rollback().await?;
        self.note("back to the savepoint");
        self.flushed = before.now.clone();
        (self.now, self.guilds) = (before.now, before.guilds);
        (self.members, self.notes) = (before.members, before.notes);
        (self.has_deleted, self.doomed) = (before.has_deleted, Doomed::default());
        Ok(Ended::Well)
    }

    /// What a flush that went well has done.
    pub fn is_flushed(&mut self, tx: &Transaction) {
        self.has_changed |= !self.doomed.is_empty() || self.now != self.flushed;
        self.has_deleted |= !self.doomed.is_empty();
        // Links that are gone are not gone any more after a rollback, either.
        self.has_deleted |= self.now.members.iter().any(|(mark, life)| {
            self.flushed.members.get(mark).is_some_and(|before| !before.badges.is_subset(&life.badges))
        });
        self.now = self.now.flushed(&self.doomed).unwrap_or_else(|| panic!("keys said no\n{self}"));
        self.flushed = self.now.clone();
        self.doomed = Doomed::default();
        for mark in self.now.guilds.keys() {
            self.guilds.get_mut(mark).into_iter().for_each(|held| held.is_saved(tx));
        }
        for mark in self.now.members.keys() {
            self.members.get_mut(mark).into_iter().for_each(|held| held.is_saved(tx));
        }
        for mark in self.now.notes.keys() {
            self.notes.get_mut(mark).into_iter().for_each(|held| held.is_saved(tx));
        }
    }

    /// Whether a row that waits is to point at one that is to be deleted: nobody has said what becomes of it.
    fn is_moved_to_doomed(&self) -> bool {
        let World { members, notes, .. } = &self.committed;
        let doomed = |member: u32| self.doomed.members.contains(&member);
        let note = |(mark, (member, _)): (&u32, &(u32, i32))| {
            doomed(*member) && !members.contains_key(member) && notes.contains_key(mark)
        };
        let pupil = |(mark, life): (&u32, &Life)| {
            let before = members.get(mark).and_then(|life| life.mentor);
            life.mentor.is_some_and(|mentor| doomed(mentor) && before != Some(mentor))
        };
        self.now.notes.iter().any(note) || self.now.members.iter().any(pupil)
    }

    /// For a test that fails.
    pub fn note(&mut self, step: impl Into<String>) {
        self.steps.push(step.into());
    }

    pub fn is_committed(&mut self) {
        self.committed = self.now.clone();
        (self.has_deleted, self.has_changed) = (false, false);
    }

    /// Work is pending again; what was deleted by a flush that went well is there again, so that all is given up then.
    pub fn is_rolled_back(&mut self, tx: &mut Transaction) {
        self.note("rolled back");
        if self.has_deleted || !self.fits() || self.is_moved_to_doomed() || self.random.once_in(3) {
            tx.discard_changes();
            self.note("discarded");
            self.now = self.committed.clone();
            self.doomed = Doomed::default();
        }
        let World { guilds, members, notes } = &self.committed;
        self.flushed = self.committed.clone();
        are_new(&mut self.guilds, guilds);
        are_new(&mut self.members, members);
        are_new(&mut self.notes, notes);
        (self.has_deleted, self.has_changed) = (false, false);
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\nORM_PROPERTY_SEED={}", self.steps.join("\n"), self.seed)?;
        write!(
            f,
            "committed {:?}\nflushed {:?}\nnow {:?}\n{:?}",
            self.committed, self.flushed, self.now, self.doomed
        )
    }
}

/// Rows that are not in the database are new again.
fn are_new<T: Model, V>(rows: &mut BTreeMap<u32, Held<T>>, stored: &BTreeMap<u32, V>) {
    rows.iter_mut().filter(|(mark, _)| !stored.contains_key(mark)).for_each(|(_, held)| held.row = None);
}

/// What a database says, or the session before it asks: of a new row that points at one that is to be deleted.
fn is_refusal(error: &orm::Error) -> bool {
    error.is_unique_violation() || error.is_foreign_key_violation() || error.is_not_tracked()
}
