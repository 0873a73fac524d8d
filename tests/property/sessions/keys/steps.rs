//! The steps of random sessions, each applied to a session and to the expected state.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use orm::prelude::*;

use super::super::faults::{Faults, Says};
use super::super::steps::{Held, are_new, goes, with};
use super::world::{Doomed, World};
use super::{Club, Land, Town};
use crate::support::Random;

/// The run of a session, and the expected state.
pub struct Keys<'f> {
    seed: u64,
    pub random: Random,
    committed: World,
    flushed: World,
    now: World,
    doomed: Doomed,
    lands: BTreeMap<u32, Held<Land>>,
    towns: BTreeMap<u32, Held<Town>>,
    clubs: BTreeMap<u32, Held<Club>>,
    /// Lands that the session has forgotten, until it flushes.
    left: BTreeSet<u32>,
    /// Whether this transaction has deleted rows or changed keys, which a rollback reverts.
    has_rekeyed: bool,
    /// Whether a statement of this transaction has changed towns.
    has_grown: bool,
    steps: Vec<String>,
    pub faults: Option<Faults<'f>>,
}

impl<'f> Keys<'f> {
    pub fn new(seed: u64, faults: Option<Faults<'f>>) -> Self {
        Keys {
            seed,
            random: Random::new(seed),
            committed: World::default(),
            flushed: World::default(),
            now: World::default(),
            doomed: Doomed::default(),
            lands: BTreeMap::new(),
            towns: BTreeMap::new(),
            clubs: BTreeMap::new(),
            left: BTreeSet::new(),
            has_rekeyed: false,
            has_grown: false,
            steps: Vec::new(),
            faults,
        }
    }

    /// Performs a step, if there are rows for it.
    pub fn step(&mut self, tx: &mut Transaction) -> orm::Result<()> {
        let after = self.now.flushed(&self.doomed).unwrap_or_else(|| self.now.clone());
        let is_here = |mark: &u32| !self.doomed.lands.contains(mark) && !self.left.contains(mark);
        let lands: Vec<u32> = after.lands.into_keys().filter(is_here).collect();
        let towns: Vec<u32> = after.towns.into_keys().filter(|mark| self.stays(*mark)).collect();
        let clubs: Vec<u32> =
            after.clubs.into_keys().filter(|mark| !self.doomed.clubs.contains(mark)).collect();
        let (land, town, club) = (self.one_of(&lands), self.one_of(&towns), self.one_of(&clubs));
        match (self.random.below(15), land, town, club) {
            (0, ..) | (_, None, ..) => self.add_land(tx),
            (1 | 2, Some(land), ..) | (_, Some(land), None, _) => self.add_town(tx, land),
            (3, _, town, _) | (_, _, town, None) => self.add_club(tx, town),
            (4, Some(land), ..) => self.rename(tx, land),
            (5 | 6, _, Some(town), _) => self.number(tx, town),
            (7 | 8, Some(land), Some(town), _) => self.move_town(tx, town, land)?,
            (9, _, Some(town), _) => self.grow(tx, town),
            (10, _, town, Some(club)) => self.move_club(tx, club, town)?,
            (11, .., Some(club)) => self.name(tx, club),
            (12, Some(land), _, club) => self.delete(tx, land, club)?,
            (13, Some(land), ..) => self.forget(tx, land)?,
            (_, _, Some(town), _) => self.delete_town(tx, town)?,
        }
        Ok(())
    }

    fn stays(&self, town: u32) -> bool {
        let land = self.now.towns[&town].0;
        !self.doomed.towns.contains(&town) && !self.doomed.lands.contains(&land)
    }

    fn one_of(&mut self, marks: &[u32]) -> Option<u32> {
        (!marks.is_empty()).then(|| self.random.pick(marks))
    }

    /// Returns one of few codes, so that some are taken.
    fn code(&mut self) -> String {
        self.random.pick(&["A", "B", "C", "D", "E", "F", "G"]).to_owned()
    }

    fn add_land(&mut self, tx: &mut Transaction) {
        let (mark, code) = (self.lands.len() as u32, self.code());
        self.lands.insert(mark, Held::new(tx.add(Land { code: code.clone(), mark })));
        self.note(format!("add land {mark}, code {code}"));
        self.now.lands.insert(mark, code);
    }

    fn add_town(&mut self, tx: &mut Transaction, land: u32) {
        let (mark, number) = (self.towns.len() as u32, self.random.between(1, 4) as i32);
        let new = Town::insert().number(number).mark(mark).people(0);
        let new = with!(self.lands[&land], land => tx.add(new.land(land)));
        self.towns.insert(mark, Held::new(new));
        self.now.towns.insert(mark, (land, number, 0));
        self.note(format!("add town {mark}: {number} of land {land}"));
    }

    fn add_club(&mut self, tx: &mut Transaction, town: Option<u32>) {
        let (mark, name) = (self.clubs.len() as u32, self.code());
        let new = Club::insert().name(&name).mark(mark);
        let new = match town {
            Some(town) => with!(self.towns[&town], town => tx.add(new.town(town))),
            None => tx.add(new),
        };
        self.clubs.insert(mark, Held::new(new));
        self.note(format!("add club {mark} of town {town:?}, name {name}"));
        self.now.clubs.insert(mark, (name, town));
    }

    fn rename(&mut self, tx: &mut Transaction, land: u32) {
        let Some(row) = self.lands[&land].row else { return };
        let code = self.code();
        tx[row].code.clone_from(&code);
        self.note(format!("code of land {land}: {code}"));
        self.now.lands.insert(land, code);
    }

    fn number(&mut self, tx: &mut Transaction, town: u32) {
        let Some(row) = self.towns[&town].row else { return };
        let number = self.random.between(1, 4) as i32;
        tx[row].number = number;
        self.now.towns.get_mut(&town).unwrap().1 = number;
        self.note(format!("number of town {town}: {number}"));
    }

    fn move_town(&mut self, tx: &mut Transaction, town: u32, land: u32) -> orm::Result<()> {
        with!(self.lands[&land], land => with!(self.towns[&town], row => tx.link(row, |t| t.land(), land)))?;
        self.now.towns.get_mut(&town).unwrap().0 = land;
        self.note(format!("town {town} is in land {land}"));
        Ok(())
    }

    fn grow(&mut self, tx: &mut Transaction, town: u32) {
        let Some(row) = self.towns[&town].row else { return };
        let people = self.random.between(0, 9) as i32;
        tx[row].people = people;
        self.now.towns.get_mut(&town).unwrap().2 = people;
        self.note(format!("people of town {town}: {people}"));
    }

    fn move_club(&mut self, tx: &mut Transaction, club: u32, town: Option<u32>) -> orm::Result<()> {
        let town = town.filter(|_| !self.random.once_in(3));
        match town {
            Some(town) => with!(self.towns[&town], town => with!(self.clubs[&club], row => {
                tx.link(row, |c| c.town(), town)
            }))?,
            None => with!(self.clubs[&club], row => tx.link(row, |c| c.town(), None))?,
        }
        self.now.clubs.get_mut(&club).unwrap().1 = town;
        self.note(format!("club {club} is in town {town:?}"));
        Ok(())
    }

    fn name(&mut self, tx: &mut Transaction, club: u32) {
        let Some(row) = self.clubs[&club].row else { return };
        let name = self.code();
        tx[row].name.clone_from(&name);
        self.note(format!("name of club {club}: {name}"));
        self.now.clubs.get_mut(&club).unwrap().0 = name;
    }

    /// Deletes a club or a land. Skipped for a land that rows have just been linked to, which would be an error.
    fn delete(&mut self, tx: &mut Transaction, land: u32, club: Option<u32>) -> orm::Result<()> {
        if let Some(club) = club.filter(|_| self.random.once_in(2)) {
            with!(self.clubs[&club], row => tx.delete(row))?;
            goes(club, &self.flushed.clubs, &mut self.doomed.clubs, &mut self.now.clubs);
            self.note(format!("delete club {club}"));
            return Ok(());
        }
        if !self.is_land_settled(land) {
            return Ok(());
        }
        with!(self.lands[&land], row => tx.delete(row))?;
        goes(land, &self.flushed.lands, &mut self.doomed.lands, &mut self.now.lands);
        self.note(format!("delete land {land}"));
        Ok(())
    }

    /// Forgets a land that is as it was committed. Rows that were linked to it still are.
    fn forget(&mut self, tx: &mut Transaction, land: u32) -> orm::Result<()> {
        let is_so =
            [&self.flushed, &self.now].map(|world| world.lands.get(&land) == self.committed.lands.get(&land));
        let Some(row) = self.lands[&land].row.filter(|_| is_so == [true; 2]) else { return Ok(()) };
        tx.forget(row)?;
        self.left.insert(land);
        self.lands.insert(land, Held::stored(row));
        self.note(format!("forget land {land}"));
        Ok(())
    }

    /// Tracks forgotten rows again.
    async fn come_back(&mut self, s: &mut Session) -> orm::Result<()> {
        s.set_autoflush(false);
        for land in std::mem::take(&mut self.left) {
            let row = s.get::<Land>(&self.now.lands[&land]).await?;
            self.lands.insert(land, Held::stored(row));
        }
        s.set_autoflush(true);
        Ok(())
    }

    /// Returns whether no town has just been linked to a land, and no club to one of its towns. They would reference it
    /// by its current key, which may belong to another row after the flush.
    fn is_land_settled(&self, land: u32) -> bool {
        let was_here = |mark| self.flushed.towns.get(mark).is_some_and(|before| before.0 == land);
        let mut towns = self.now.towns.iter().filter(|(_, (of, ..))| *of == land);
        towns.all(|(town, _)| was_here(town) && !self.has_guests(*town))
    }

    /// Returns whether clubs have just been linked to a town.
    fn has_guests(&self, town: u32) -> bool {
        let was_here = |mark| self.flushed.clubs.get(mark).is_some_and(|before| before.1 == Some(town));
        self.now.clubs.iter().any(|(mark, (_, of))| *of == Some(town) && !was_here(mark))
    }

    fn delete_town(&mut self, tx: &mut Transaction, town: u32) -> orm::Result<()> {
        if self.has_guests(town) {
            return Ok(());
        }
        with!(self.towns[&town], row => tx.delete(row))?;
        goes(town, &self.flushed.towns, &mut self.doomed.towns, &mut self.now.towns);
        self.note(format!("delete town {town}"));
        Ok(())
    }

    /// Returns `None` if a call was interrupted, and whether it succeeded otherwise.
    async fn attempt(
        &mut self,
        what: &str,
        flushes: bool,
        call: impl Future<Output = orm::Result<()>>,
    ) -> Option<bool> {
        let result = match &mut self.faults {
            None => Some(call.await),
            Some(faults) => faults.meet(false, call).await,
        };
        let explained = |error: &orm::Error| self.faults.as_ref().is_some_and(|faults| faults.explain(error));
        let Some(result) = result.filter(|result| !result.as_ref().is_err_and(explained)) else {
            self.note(format!("{what}: cut off"));
            return None;
        };
        let fits = !flushes || self.now.flushed(&self.doomed).is_some();
        self.note(format!("{what}: {result:?}"));
        match &result {
            Ok(()) => assert!(fits, "it should have failed\n{self}"),
            // Keys that are not nullable may be swapped in a cycle.
            Err(error) if error.is_invalid_query() && error.to_string().contains("cycle") => {
                assert!(self.now.hands_over(&self.flushed) || !self.doomed.is_empty(), "{error:?}\n{self}");
            }
            Err(error) => assert!(!fits && error.is_unique_violation(), "{error:?}\n{self}"),
        }
        Some(result.is_ok())
    }

    /// Flushes, and checks the result. Returns whether it succeeded.
    pub async fn flush(&mut self, s: &mut Session) -> orm::Result<bool> {
        if self.attempt("flush", true, s.flush()).await != Some(true) {
            return Ok(false);
        }
        self.is_flushed(s);
        assert_eq!(World::read(&mut *s).await?, self.now, "{self}");
        if self.random.once_in(3) {
            Town::update().set(|t| t.people.to(t.people + 10)).all_rows().execute(&mut *s).await?;
            self.has_grown = true;
            self.now.towns.values_mut().for_each(|town| town.2 += 10);
            self.flushed = self.now.clone();
            self.note("10 people more in each town");
            Town::query().track(&mut *s).await?;
        }
        self.come_back(s).await?;
        for row in Town::query().all(&mut *s).await? {
            let held = self.towns[&row.mark].row.expect("it is flushed");
            let found = s.find::<Town>((&row.land_code, row.number)).await?;
            assert_eq!((&s[held], found), (&row, Some(held)), "{self}");
        }
        for row in Club::query().all(&mut *s).await? {
            let held = self.clubs[&row.mark].row.expect("it is flushed");
            let found = s.find::<Club>(&row.name).await?;
            assert_eq!((&s[held], found), (&row, Some(held)), "{self}");
        }
        Ok(true)
    }

    /// Commits. Returns whether it succeeded.
    pub async fn commit(&mut self, s: &mut Session, db: &Database) -> orm::Result<bool> {
        if self.attempt("commit", true, s.commit()).await != Some(true) {
            return Ok(false);
        }
        self.is_flushed(s);
        self.is_committed();
        assert_eq!(World::read(db).await?, self.now, "{self}");
        self.come_back(s).await?;
        Ok(true)
    }

    fn is_flushed(&mut self, tx: &Transaction) {
        let after = self.now.flushed(&self.doomed).expect("it fits");
        self.has_rekeyed |= !self.doomed.is_empty() || after.has_other_keys(&self.flushed);
        (self.now, self.doomed) = (after.clone(), Doomed::default());
        for mark in after.lands.keys() {
            self.lands.get_mut(mark).into_iter().for_each(|held| held.is_saved(tx));
        }
        for mark in after.towns.keys() {
            self.towns.get_mut(mark).into_iter().for_each(|held| held.is_saved(tx));
        }
        for mark in after.clubs.keys() {
            self.clubs.get_mut(mark).into_iter().for_each(|held| held.is_saved(tx));
        }
        self.flushed = after;
    }

    fn is_committed(&mut self) {
        self.committed = self.now.clone();
        self.flushed = self.now.clone();
        (self.has_rekeyed, self.has_grown) = (false, false);
    }

    /// Rolls back. Returns the status of the session before.
    pub async fn roll_back(&mut self, s: &mut Session) -> orm::Result<Says> {
        s.set_autoflush(false);
        let answer = sql!("SELECT 1").scalar::<i64>(&mut *s).await;
        s.set_autoflush(true);
        let says = match answer {
            Ok(_) => Says::Active,
            Err(error) if error.is_commit_in_doubt() => Says::InDoubt,
            Err(error) => {
                assert!(error.is_transaction_dead(), "{error:?}\n{self}");
                assert!(s.commit().await.unwrap_err().is_transaction_dead(), "{self}");
                Says::Dead
            }
        };
        while self.attempt("rollback", false, s.rollback()).await.is_none() {}
        Ok(says)
    }

    /// Finds out the outcome of a commit in doubt.
    pub async fn find_out(&mut self, s: &mut Session, db: &Database) -> orm::Result<()> {
        self.rest().await;
        let there = World::read(db).await?;
        let is_committed = Some(&there) == self.now.flushed(&self.doomed).as_ref();
        assert!(is_committed || there == self.committed, "{there:?}\n{self}");
        assert!(s.changes().is_empty(), "{}\n{self}", s.changes());
        (self.now, self.doomed) = (there, Doomed::default());
        self.is_committed();
        self.note(if is_committed { "committed after all" } else { "not committed" });
        self.track(s).await
    }

    /// Changes are pending again, except those of keys that already have their value.
    pub async fn is_rolled_back(&mut self, s: &mut Session, db: &Database) -> orm::Result<()> {
        assert_eq!(World::read(db).await?, self.committed, "{self}");
        let fits = self.now.flushed(&self.doomed).is_some();
        let hands_over = self.now.hands_over(&self.committed);
        if self.has_rekeyed || self.has_grown || !fits || hands_over || self.random.once_in(3) {
            s.discard_changes();
            (self.now, self.doomed) = (self.committed.clone(), Doomed::default());
            self.note("discarded");
        }
        let World { lands, towns, clubs } = &self.committed;
        are_new(&mut self.lands, lands);
        are_new(&mut self.towns, towns);
        are_new(&mut self.clubs, clubs);
        if self.has_grown {
            // What was read after the statement is no longer in any database.
            for mark in self.committed.towns.keys() {
                s.refresh(self.towns[mark].row.expect("it is committed")).await?;
            }
        }
        self.flushed = self.committed.clone();
        (self.has_rekeyed, self.has_grown) = (false, false);
        self.come_back(s).await
    }

    /// Tracks all committed rows.
    async fn track(&mut self, tx: &mut Transaction) -> orm::Result<()> {
        if self.random.once_in(2) {
            tx.clear();
        }
        self.left.clear();
        for row in Land::query().track(&mut *tx).await? {
            self.lands.insert(tx[row].mark, Held::stored(row));
        }
        for row in Town::query().track(&mut *tx).await? {
            self.towns.insert(tx[row].mark, Held::stored(row));
        }
        for row in Club::query().track(&mut *tx).await? {
            self.clubs.insert(tx[row].mark, Held::stored(row));
        }
        Ok(())
    }

    /// Waits until everything that was interrupted is over.
    pub async fn rest(&self) {
        if let Some(faults) = &self.faults {
            faults.rest().await;
        }
    }

    fn note(&mut self, step: impl Into<String>) {
        self.steps.push(step.into());
    }
}

impl fmt::Display for Keys<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\nORM_PROPERTY_SEED={}", self.steps.join("\n"), self.seed)?;
        write!(
            f,
            "committed {:?}\nflushed {:?}\nnow {:?}\n{:?}",
            self.committed, self.flushed, self.now, self.doomed
        )
    }
}
