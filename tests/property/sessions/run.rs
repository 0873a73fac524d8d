//! The run of a session, and the expected state.

use std::collections::BTreeMap;
use std::fmt;

use orm::prelude::*;

use super::faults::Faults;
use super::models::*;
use super::steps::{Held, are_new};
use super::world::{Doomed, Life, World};
use crate::support::Random;

/// How a walk ended.
#[derive(Debug, PartialEq)]
pub enum Ended {
    Well,
    /// With a flush that failed, as expected.
    Refused,
    /// With an interrupted call.
    Cut,
}

/// The result of an operation of a session.
pub enum Went<T> {
    Well(T),
    /// It failed, as expected.
    Refused,
    /// It was interrupted.
    Cut,
}

/// The run of a session, and the expected state.
pub struct Run<'f> {
    seed: u64,
    pub random: Random,
    pub committed: World,
    pub flushed: World,
    pub now: World,
    pub doomed: Doomed,
    /// All rows ever created, by their marks.
    pub guilds: BTreeMap<u32, Held<Guild>>,
    pub members: BTreeMap<u32, Held<Member>>,
    pub notes: BTreeMap<u32, Held<Note>>,
    pub badges: Vec<Handle<Badge>>,
    /// Whether this transaction has deleted rows, which a rollback restores.
    has_deleted: bool,
    /// Whether this transaction has changed rows: rows read after that become invalid with a rollback.
    has_changed: bool,
    steps: Vec<String>,
    /// The possible faults, if any.
    pub faults: Option<Faults<'f>>,
}

/// The state to which a savepoint is rolled back.
struct Before {
    now: World,
    guilds: BTreeMap<u32, Held<Guild>>,
    members: BTreeMap<u32, Held<Member>>,
    notes: BTreeMap<u32, Held<Note>>,
    has_deleted: bool,
}

impl<'f> Run<'f> {
    pub fn new(seed: u64, faults: Option<Faults<'f>>) -> Self {
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
            faults,
        }
    }

    /// Tracks all committed rows.
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

    /// Performs some steps, also in savepoints.
    pub async fn walk(&mut self, tx: &mut Transaction, depth: usize) -> orm::Result<Ended> {
        for _ in 0..4 + self.random.below(16) {
            let ended = match self.random.below(22) {
                0 if depth < 2 => self.savepoint(tx, depth).await?,
                1 | 2 => self.flush(tx).await?,
                3 if depth == 0 => self.read_again(tx).await?,
                4 => self.leave_a_stream(tx).await?,
                5 => self.look(tx).await?,
                _ => {
                    self.step(tx)?;
                    Ended::Well
                }
            };
            if ended != Ended::Well {
                return Ok(ended);
            }
        }
        Ok(Ended::Well)
    }

    /// Performs an operation that sends a command, or may. It must succeed if it `fits`, and only then.
    pub async fn attempt<T>(
        &mut self,
        what: &str,
        fits: bool,
        sends: bool,
        call: impl Future<Output = orm::Result<T>>,
    ) -> Went<T> {
        let result = match &mut self.faults {
            None => Some(call.await),
            Some(faults) => faults.meet(sends, call).await,
        };
        let result = result.filter(|result| match (result, &self.faults) {
            (Err(error), Some(faults)) => !faults.explain(error),
            _ => true,
        });
        let Some(result) = result else {
            self.note(format!("{what}: cut off"));
            return Went::Cut;
        };
        self.judge(what, fits, &result);
        result.map_or(Went::Refused, Went::Well)
    }

    /// Returns whether a flush would violate no key.
    pub fn fits(&self) -> bool {
        self.now.flushed(&self.doomed).is_some()
    }

    /// A flush must fail if it violates a key, and only then.
    fn judge<T>(&mut self, what: &str, fits: bool, result: &orm::Result<T>) {
        match result {
            Ok(_) => assert!(fits, "it should have failed: {what}\n{self}"),
            Err(error) => assert!(!fits && is_refusal(error), "{what}: {error:?}\n{self}"),
        }
        self.note(format!("{what}: {}", if fits { "well" } else { "refused" }));
    }

    /// Flushes, explicitly or by a query, which must see the changes.
    async fn flush(&mut self, tx: &mut Transaction) -> orm::Result<Ended> {
        let (fits, is_active) = (self.fits(), tx.is_active());
        let by_query = self.random.once_in(2);
        let went = if by_query {
            let count = async { Member::query().count(&mut *tx).await.map(drop) };
            self.attempt("query", fits, is_active, count).await
        } else {
            self.attempt("flush", fits, false, tx.flush()).await
        };
        match went {
            Went::Well(()) => {}
            Went::Refused => return Ok(Ended::Refused),
            Went::Cut => {
                // The flush before the query may have succeeded.
                self.has_deleted |= by_query && self.deletes();
                if self.faults.as_ref().is_some_and(|faults| faults.has_stopped("COUNT")) {
                    self.is_flushed(tx);
                }
                return Ok(Ended::Cut);
            }
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

    /// Forgets a row while nothing is pending, and reads it again. Rows read after changes become invalid with a
    /// rollback, so then nothing is forgotten.
    async fn read_again(&mut self, tx: &mut Transaction) -> orm::Result<Ended> {
        let marks: Vec<u32> = self.committed.members.keys().copied().collect();
        // Attached rows are not among the changes.
        let waits = !tx.changes().is_empty() || self.now != self.committed || !self.doomed.is_empty();
        let Some(mark) = self.one_of(&marks).filter(|_| !waits && !self.has_changed) else {
            return Ok(Ended::Well);
        };
        // A pending entry may attach this row to a collection; forgetting the row would drop the entry.
        tx.flush().await?;
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

    /// Reads without a flush: the state of the last flush.
    async fn look(&mut self, tx: &mut Transaction) -> orm::Result<Ended> {
        tx.set_autoflush(false);
        assert_eq!(World::read(&mut *tx).await?, self.flushed, "{self}");
        for row in Note::query().all(&mut *tx).await? {
            let found = tx.find::<Note>(row.id).await?;
            let expected = self.notes[&row.mark].row;
            assert!(found.is_none() || found == expected, "{self}");
        }
        tx.set_autoflush(true);
        self.note("looked");
        Ok(Ended::Well)
    }

    /// Reads some rows of a stream, without a flush.
    async fn leave_a_stream(&mut self, tx: &mut Transaction) -> orm::Result<Ended> {
        tx.set_autoflush(false);
        let mut stream = Member::query().stream(&mut *tx);
        for _ in 0..self.random.below(4) {
            stream.next().await?;
        }
        drop(stream);
        tx.set_autoflush(true);
        self.note("left a stream");
        Ok(Ended::Well)
    }

    async fn savepoint(&mut self, tx: &mut Transaction, depth: usize) -> orm::Result<Ended> {
        let fits = self.fits();
        let mut savepoint = match self.attempt("savepoint", fits, false, tx.begin_savepoint()).await {
            Went::Well(savepoint) => savepoint,
            Went::Refused => return Ok(Ended::Refused),
            Went::Cut => return Ok(Ended::Cut),
        };
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
                if let Went::Well(()) = self.attempt("release", true, false, savepoint.release()).await {
                    return Ok(ended);
                }
                self.is_back_at(before);
                return Ok(Ended::Cut);
            }
        }
        if ended == Ended::Cut || self.random.once_in(3) {
            drop(savepoint);
        } else if let Went::Cut = self.attempt("back", true, false, savepoint.rollback()).await {
            ended = Ended::Cut;
        }
        self.is_back_at(before);
        Ok(if ended == Ended::Cut { ended } else { Ended::Well })
    }

    /// Returns to the state before a savepoint.
    fn is_back_at(&mut self, before: Before) {
        self.note("back to the savepoint");
        self.flushed = before.now.clone();
        (self.now, self.guilds) = (before.now, before.guilds);
        (self.members, self.notes) = (before.members, before.notes);
        (self.has_deleted, self.doomed) = (before.has_deleted, Doomed::default());
    }

    /// Returns whether a flush would delete rows or links.
    fn deletes(&self) -> bool {
        let loses = |(mark, life): (&u32, &Life)| {
            self.flushed.members.get(mark).is_some_and(|before| !before.badges.is_subset(&life.badges))
        };
        !self.doomed.is_empty() || self.now.members.iter().any(loses)
    }

    /// Applies a successful flush to the expected state.
    pub fn is_flushed(&mut self, tx: &Transaction) {
        self.has_changed |= !self.doomed.is_empty() || self.now != self.flushed;
        // Deleted rows are back after a rollback.
        self.has_deleted |= self.deletes();
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

    /// Returns whether a pending row is to reference one that is to be deleted: the outcome is undefined.
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

    /// Records a step, for the output of a failing test.
    pub fn note(&mut self, step: impl Into<String>) {
        self.steps.push(step.into());
    }

    pub fn is_committed(&mut self) {
        self.committed = self.now.clone();
        (self.has_deleted, self.has_changed) = (false, false);
    }

    /// Changes are pending again; rows deleted by a successful flush are back, in which case all changes are discarded.
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

impl fmt::Display for Run<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\nORM_PROPERTY_SEED={}", self.steps.join("\n"), self.seed)?;
        write!(
            f,
            "committed {:?}\nflushed {:?}\nnow {:?}\n{:?}",
            self.committed, self.flushed, self.now, self.doomed
        )
    }
}

/// Returns whether the database rejected a flush, or the session did in advance, because a new row references one that
/// is to be deleted.
fn is_refusal(error: &orm::Error) -> bool {
    error.is_unique_violation() || error.is_foreign_key_violation() || error.is_not_tracked()
}
