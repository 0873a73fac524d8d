//! The run of a session, and the expected state.

use std::collections::BTreeMap;
use std::fmt;

use orm::prelude::*;

use super::super::steps::{Held, are_new, goes};
use super::world::{Doomed, World};
use super::{Club, Locker, Membership, Passport, Person};
use crate::support::Random;

pub(super) struct Run {
    seed: u64,
    pub(super) random: Random,
    pub(super) committed: World,
    pub(super) flushed: World,
    pub(super) now: World,
    pub(super) doomed: Doomed,
    pub(super) persons: BTreeMap<u32, Held<Person>>,
    pub(super) lockers: BTreeMap<u32, Held<Locker>>,
    pub(super) passports: BTreeMap<u32, Held<Passport>>,
    pub(super) clubs: BTreeMap<u32, Held<Club>>,
    /// The levels of memberships in the session, including those to be deleted.
    pub(super) last_levels: BTreeMap<(u32, u32), i32>,
    /// The number of rows ever created.
    pub(super) marks: u32,
    /// Whether this transaction has deleted rows or changed keys, which a rollback reverts.
    has_rekeyed: bool,
    /// Whether it has changed anything.
    has_changed: bool,
    steps: Vec<String>,
}

/// The state to which a savepoint is rolled back.
struct Before {
    now: World,
    persons: BTreeMap<u32, Held<Person>>,
    lockers: BTreeMap<u32, Held<Locker>>,
    passports: BTreeMap<u32, Held<Passport>>,
    clubs: BTreeMap<u32, Held<Club>>,
    has_rekeyed: bool,
    has_changed: bool,
}

impl Run {
    pub(super) fn new(seed: u64) -> Self {
        Run {
            seed,
            random: Random::new(seed),
            committed: World::default(),
            flushed: World::default(),
            now: World::default(),
            doomed: Doomed::default(),
            persons: BTreeMap::new(),
            lockers: BTreeMap::new(),
            passports: BTreeMap::new(),
            clubs: BTreeMap::new(),
            last_levels: BTreeMap::new(),
            marks: 0,
            has_rekeyed: false,
            has_changed: false,
            steps: Vec::new(),
        }
    }

    /// Performs some steps, also in savepoints. Returns whether all succeeded.
    pub(super) async fn walk(&mut self, tx: &mut Transaction, depth: usize) -> orm::Result<bool> {
        for _ in 0..3 + self.random.below(14) {
            let is_well = match self.random.below(14) {
                0 if depth < 2 => self.savepoint(tx, depth).await?,
                1 | 2 => self.flush(tx).await?,
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
        let (fits, result) = (self.now.flushed(&self.doomed).is_some(), call.await);
        let error = result.as_ref().err();
        self.note(format!("{what}: {error:?}"));
        let is_refusal = |error: &orm::Error| {
            error.is_unique_violation() || error.is_foreign_key_violation() || error.is_not_tracked()
        };
        match error {
            None => assert!(fits, "it should have failed\n{self}"),
            // Keys that are not nullable may be swapped in a cycle.
            Some(error) if error.is_invalid_query() => {
                assert!(error.to_string().contains("cycle"), "{error:?}\n{self}");
            }
            Some(error) => assert!(!fits && is_refusal(error), "{error:?}\n{self}"),
        }
        result.ok()
    }

    pub(super) fn is_flushed(&mut self, tx: &Transaction) {
        let after = self.now.flushed(&self.doomed).expect("it fits");
        let has_left = self.flushed.levels.keys().any(|pair| !after.levels.contains_key(pair));
        self.has_rekeyed |=
            self.doomed != Doomed::default() || has_left || after.has_other_keys(&self.flushed);
        self.has_changed |= after != self.flushed;
        self.doomed = Doomed::default();
        are_saved(&mut self.persons, &after.persons, tx);
        are_saved(&mut self.lockers, &after.lockers, tx);
        are_saved(&mut self.passports, &after.passports, tx);
        are_saved(&mut self.clubs, &after.clubs, tx);
        self.last_levels = after.levels.clone();
        (self.now, self.flushed) = (after.clone(), after);
    }

    pub(super) fn is_committed(&mut self) {
        self.committed = self.now.clone();
        (self.has_rekeyed, self.has_changed) = (false, false);
    }

    /// Changes are pending again. If keys have changed, or are to change, all changes are discarded.
    pub(super) async fn is_rolled_back(&mut self, s: &mut Session) -> orm::Result<()> {
        self.note("rolled back");
        let is_moved = self.has_changed && self.now.has_other_keys(&self.committed);
        self.flushed = self.committed.clone();
        let fits = self.now.flushed(&self.doomed).is_some();
        if self.has_rekeyed || is_moved || !fits || self.random.once_in(3) {
            s.discard_changes();
            self.note("discarded");
            (self.now, self.doomed) = (self.committed.clone(), Doomed::default());
            self.track(s).await?;
            self.check(s).await?;
        } else {
            self.lose_new();
            are_new(&mut self.persons, &self.committed.persons);
            are_new(&mut self.lockers, &self.committed.lockers);
            are_new(&mut self.passports, &self.committed.passports);
            are_new(&mut self.clubs, &self.committed.clubs);
        }
        (self.has_rekeyed, self.has_changed) = (false, false);
        Ok(())
    }

    /// Removes rows that are new again, and were to be deleted.
    fn lose_new(&mut self) {
        let Doomed { persons, lockers, passports, clubs } = std::mem::take(&mut self.doomed);
        for mark in persons {
            if self.committed.persons.contains_key(&mark) {
                self.doomed.persons.insert(mark);
            } else {
                self.now.persons.remove(&mark);
                self.now.lose(mark);
            }
        }
        for mark in lockers {
            goes(mark, &self.committed.lockers, &mut self.doomed.lockers, &mut self.now.lockers);
        }
        for mark in passports {
            goes(mark, &self.committed.passports, &mut self.doomed.passports, &mut self.now.passports);
        }
        for mark in clubs {
            goes(mark, &self.committed.clubs, &mut self.doomed.clubs, &mut self.now.clubs);
            if !self.now.clubs.contains_key(&mark) {
                self.now.levels.retain(|(_, club), _| *club != mark);
            }
        }
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
    async fn check(&mut self, tx: &mut Transaction) -> orm::Result<()> {
        assert_eq!(World::read(&mut *tx).await?, self.flushed, "{self}");
        for row in Person::query().all(&mut *tx).await? {
            let found = tx.find::<Person>(row.id).await?;
            assert_eq!(
                (&tx[self.persons[&row.mark].row.unwrap()], found),
                (&row, self.persons[&row.mark].row),
                "{self}"
            );
        }
        for row in Locker::query().all(&mut *tx).await? {
            assert_eq!(tx[self.lockers[&row.mark].row.unwrap()], row, "{self}");
        }
        for row in Passport::query().all(&mut *tx).await? {
            let found = tx.find::<Passport>(row.person_id).await?;
            assert_eq!(
                (&tx[self.passports[&row.mark].row.unwrap()], found),
                (&row, self.passports[&row.mark].row),
                "{self}"
            );
        }
        for row in Club::query().all(&mut *tx).await? {
            let found = tx.find::<Club>(&row.code).await?;
            assert_eq!(
                (&tx[self.clubs[&row.mark].row.unwrap()], found),
                (&row, self.clubs[&row.mark].row),
                "{self}"
            );
        }
        for row in Membership::query().all(&mut *tx).await? {
            let held = tx.get::<Membership>((row.person_id, &row.club_code)).await?;
            assert_eq!(tx[held], row, "{self}");
        }
        assert!(tx.changes().is_empty(), "{}\n{self}", tx.changes());
        self.rise(tx).await
    }

    /// Changes a person's level in a club.
    async fn rise(&mut self, tx: &mut Transaction) -> orm::Result<()> {
        let pairs: Vec<(u32, u32)> = self.now.levels.keys().copied().collect();
        if pairs.is_empty() || self.random.once_in(2) {
            return Ok(());
        }
        let (person, club) = self.random.pick(&pairs);
        let id = tx[self.persons[&person].row.unwrap()].id;
        let code = tx[self.clubs[&club].row.unwrap()].code.clone();
        let row = tx.get::<Membership>((id, code)).await?;
        let level = self.random.between(1, 9) as i32;
        tx[row].level = level;
        self.now.levels.insert((person, club), level);
        self.last_levels.insert((person, club), level);
        self.note(format!("{person} has level {level} in club {club}"));
        Ok(())
    }

    async fn savepoint(&mut self, tx: &mut Transaction, depth: usize) -> orm::Result<bool> {
        let Some(mut savepoint) = self.attempt("savepoint", tx.begin_savepoint()).await else {
            return Ok(false);
        };
        self.is_flushed(&savepoint);
        let before = Before {
            now: self.now.clone(),
            persons: self.persons.clone(),
            lockers: self.lockers.clone(),
            passports: self.passports.clone(),
            clubs: self.clubs.clone(),
            has_rekeyed: self.has_rekeyed,
            has_changed: self.has_changed,
        };
        let is_well = Box::pin(self.walk(&mut savepoint, depth + 1)).await?;
        if is_well && self.random.once_in(2) && self.attempt("flush", savepoint.flush()).await.is_some() {
            self.is_flushed(&savepoint);
            savepoint.release().await?;
            return Ok(true);
        }
        if self.random.once_in(2) {
            drop(savepoint)
        } else {
            savepoint.rollback().await?
        }
        self.note("back to the savepoint");
        self.last_levels = before.now.levels.clone();
        (self.now, self.flushed, self.doomed) = (before.now.clone(), before.now, Doomed::default());
        (self.persons, self.lockers) = (before.persons, before.lockers);
        (self.passports, self.clubs) = (before.passports, before.clubs);
        (self.has_rekeyed, self.has_changed) = (before.has_rekeyed, before.has_changed);
        self.check(tx).await?;
        Ok(true)
    }

    /// Tracks all committed rows.
    pub(super) async fn track(&mut self, tx: &mut Transaction) -> orm::Result<()> {
        let rows = Person::query().track(&mut *tx).await?;
        self.persons = rows.into_iter().map(|row| (tx[row].mark, Held::stored(row))).collect();
        let rows = Locker::query().track(&mut *tx).await?;
        self.lockers = rows.into_iter().map(|row| (tx[row].mark, Held::stored(row))).collect();
        let rows = Passport::query().track(&mut *tx).await?;
        self.passports = rows.into_iter().map(|row| (tx[row].mark, Held::stored(row))).collect();
        let rows = Club::query().track(&mut *tx).await?;
        self.clubs = rows.into_iter().map(|row| (tx[row].mark, Held::stored(row))).collect();
        if self.random.once_in(2) {
            Membership::query().track(&mut *tx).await?;
        }
        self.last_levels = self.now.levels.clone();
        Ok(())
    }

    pub(super) fn note(&mut self, step: impl Into<String>) {
        self.steps.push(step.into());
    }
}

/// Rows that are stored have their keys now.
fn are_saved<T: Model, V>(rows: &mut BTreeMap<u32, Held<T>>, stored: &BTreeMap<u32, V>, tx: &Transaction) {
    rows.retain(|mark, _| stored.contains_key(mark));
    rows.values_mut().for_each(|held| held.is_saved(tx));
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
