//! The steps of random sessions, each applied to a session and to the expected state.

use std::collections::BTreeSet;

use orm::prelude::*;

use super::super::steps::{Held, goes, with};
use super::run::Run;
use super::{Club, Locker, Passport, Person};

impl Run {
    /// Performs a step, if there are rows for it.
    pub(super) fn step(&mut self, tx: &mut Transaction) -> orm::Result<()> {
        let person = self.person();
        let other = self.person();
        let lockers = self.now.lockers.keys().filter(|mark| !self.doomed.lockers.contains(mark));
        let lockers: Vec<u32> = lockers.copied().collect();
        let (locker, other_locker) = (self.one_of(&lockers), self.one_of(&lockers));
        let passport = self.passport();
        let clubs: Vec<u32> = self.clubs_that_stay();
        let club = self.one_of(&clubs);
        match (self.random.below(24), person, other) {
            (0 | 1, ..) | (_, None, _) => self.add_person(tx, other),
            (2, ..) => self.add_locker(tx, person),
            (3 | 4, Some(person), _) => self.add_passport(tx, person),
            (5, ..) => self.add_club(tx),
            (6, Some(person), other) => self.obey(tx, person, other)?,
            (7 | 8, ..) => self.give_locker(tx, locker, person)?,
            (9, ..) => self.swap_lockers(tx, locker, other_locker)?,
            (10 | 11, Some(person), _) => self.change_passport(tx, passport, person)?,
            (12, ..) => self.replace_passport(tx, passport)?,
            (13 | 14, Some(person), _) => self.enter(tx, person, club)?,
            (15, Some(person), _) => self.leave(tx, person, club)?,
            (16, Some(person), _) => self.choose(tx, person, &clubs)?,
            (17 | 18, ..) => self.rename(tx, club),
            (19 | 20, Some(person), _) => self.delete_person(tx, person)?,
            (21, ..) => self.delete_locker(tx, locker)?,
            (22, ..) => self.delete_passport(tx, passport)?,
            _ => self.delete_club(tx, club)?,
        }
        Ok(())
    }

    fn one_of(&mut self, marks: &[u32]) -> Option<u32> {
        (!marks.is_empty()).then(|| self.random.pick(marks))
    }

    fn person(&mut self) -> Option<u32> {
        let there = self.now.persons.keys().filter(|mark| !self.doomed.persons.contains(mark));
        let there: Vec<u32> = there.copied().collect();
        self.one_of(&there)
    }

    fn passport(&mut self) -> Option<u32> {
        let goes =
            |mark, person| self.doomed.passports.contains(mark) || self.doomed.persons.contains(person);
        let there = self.now.passports.iter().filter(|(mark, (person, _))| !goes(*mark, person));
        let there: Vec<u32> = there.map(|(mark, _)| *mark).collect();
        self.one_of(&there)
    }

    fn clubs_that_stay(&self) -> Vec<u32> {
        self.now.clubs.keys().filter(|mark| !self.doomed.clubs.contains(mark)).copied().collect()
    }

    fn mark(&mut self) -> u32 {
        self.marks += 1;
        self.marks
    }

    /// Returns one of few codes, so that some are taken.
    fn code(&mut self) -> String {
        self.random.pick(&["A", "B", "C", "D", "E", "F"]).to_owned()
    }

    fn number(&mut self) -> i32 {
        self.random.between(1, 9) as i32
    }

    fn add_person(&mut self, tx: &mut Transaction, boss: Option<u32>) {
        let (mark, boss) = (self.mark(), boss.filter(|_| self.random.once_in(2)));
        let new = Person::insert().mark(mark);
        let new = match boss {
            Some(boss) => with!(self.persons[&boss], boss => tx.add(new.boss(boss))),
            None => tx.add(new),
        };
        self.persons.insert(mark, Held::new(new));
        self.now.persons.insert(mark, boss);
        self.note(format!("add person {mark} with boss {boss:?}"));
    }

    fn add_locker(&mut self, tx: &mut Transaction, owner: Option<u32>) {
        let (mark, owner) = (self.mark(), owner.filter(|_| !self.random.once_in(3)));
        let new = Locker::insert().mark(mark);
        let new = match owner {
            Some(owner) => with!(self.persons[&owner], owner => tx.add(new.owner(owner))),
            None => tx.add(new),
        };
        self.lockers.insert(mark, Held::new(new));
        self.now.lockers.insert(mark, owner);
        self.note(format!("add locker {mark} of {owner:?}"));
    }

    fn add_passport(&mut self, tx: &mut Transaction, person: u32) {
        let (mark, number) = (self.mark(), self.number());
        let new = Passport::insert().mark(mark).number(number);
        let new = with!(self.persons[&person], person => tx.add(new.person(person)));
        self.passports.insert(mark, Held::new(new));
        self.now.passports.insert(mark, (person, number));
        self.note(format!("add passport {mark} of {person}, number {number}"));
    }

    fn add_club(&mut self, tx: &mut Transaction) {
        let (mark, code) = (self.mark(), self.code());
        self.clubs.insert(mark, Held::new(tx.add(Club { code: code.clone(), mark })));
        self.note(format!("add club {mark}, code {code}"));
        self.now.clubs.insert(mark, code);
    }

    /// Sets a person's boss, possibly to the person itself, or to none.
    fn obey(&mut self, tx: &mut Transaction, person: u32, boss: Option<u32>) -> orm::Result<()> {
        let boss = boss.filter(|_| !self.random.once_in(4));
        let by_boss = self.random.once_in(2);
        with!(self.persons[&person], row => match boss {
            None => tx.link(row, |p| p.boss(), None),
            Some(boss) => with!(self.persons[&boss], boss => match by_boss {
                true => tx.attach(boss, |p| p.staff(), row),
                false => tx.link(row, |p| p.boss(), boss),
            }),
        })?;
        self.now.persons.insert(person, boss);
        self.note(format!("{person} has boss {boss:?}"));
        Ok(())
    }

    fn give_locker(
        &mut self,
        tx: &mut Transaction,
        locker: Option<u32>,
        owner: Option<u32>,
    ) -> orm::Result<()> {
        let Some(locker) = locker else { return Ok(()) };
        let owner = owner.filter(|_| !self.random.once_in(4));
        self.own(tx, locker, owner)
    }

    fn own(&mut self, tx: &mut Transaction, locker: u32, owner: Option<u32>) -> orm::Result<()> {
        with!(self.lockers[&locker], row => match owner {
            None => tx.link(row, |l| l.owner(), None),
            Some(owner) => with!(self.persons[&owner], owner => tx.link(row, |l| l.owner(), owner)),
        })?;
        self.now.lockers.insert(locker, owner);
        self.note(format!("locker {locker} is of {owner:?}"));
        Ok(())
    }

    /// Skipped if an owner is to be deleted.
    fn swap_lockers(
        &mut self,
        tx: &mut Transaction,
        one: Option<u32>,
        other: Option<u32>,
    ) -> orm::Result<()> {
        let (Some(one), Some(other)) = (one, other) else { return Ok(()) };
        let owners = [self.now.lockers[&one], self.now.lockers[&other]];
        if owners.iter().flatten().any(|owner| self.doomed.persons.contains(owner)) {
            return Ok(());
        }
        self.own(tx, one, owners[1])?;
        self.own(tx, other, owners[0])
    }

    fn change_passport(
        &mut self,
        tx: &mut Transaction,
        passport: Option<u32>,
        person: u32,
    ) -> orm::Result<()> {
        let Some(passport) = passport else { return Ok(()) };
        let mut now = self.now.passports[&passport];
        match self.passports[&passport].row {
            Some(row) if self.random.once_in(2) => {
                now.1 = self.number();
                tx[row].number = now.1;
            }
            _ => {
                now.0 = person;
                with!(self.passports[&passport], row => with!(self.persons[&person], person => {
                    tx.link(row, |p| p.person(), person)
                }))?;
            }
        }
        self.note(format!("passport {passport} is {now:?}"));
        self.now.passports.insert(passport, now);
        Ok(())
    }

    /// Replaces a person's passport with another one of the same number.
    fn replace_passport(&mut self, tx: &mut Transaction, passport: Option<u32>) -> orm::Result<()> {
        let Some(passport) = passport else { return Ok(()) };
        let (person, number) = self.now.passports[&passport];
        self.delete_passport(tx, Some(passport))?;
        let mark = self.mark();
        let new = Passport::insert().mark(mark).number(number);
        let new = with!(self.persons[&person], person => tx.add(new.person(person)));
        self.passports.insert(mark, Held::new(new));
        self.now.passports.insert(mark, (person, number));
        self.note(format!("passport {mark} takes its place"));
        Ok(())
    }

    /// A person who was in the club before this flush keeps the level.
    fn enter(&mut self, tx: &mut Transaction, person: u32, club: Option<u32>) -> orm::Result<()> {
        let Some(club) = club else { return Ok(()) };
        let by_club = self.random.once_in(2);
        with!(self.persons[&person], row => with!(self.clubs[&club], club => match by_club {
            true => tx.attach(club, |c| c.persons(), row),
            false => tx.attach(row, |p| p.clubs(), club),
        }))?;
        let level = self.last_levels.get(&(person, club)).copied().unwrap_or(0);
        self.now.levels.entry((person, club)).or_insert(level);
        self.note(format!("{person} is in club {club}"));
        Ok(())
    }

    fn leave(&mut self, tx: &mut Transaction, person: u32, club: Option<u32>) -> orm::Result<()> {
        let Some(club) = club else { return Ok(()) };
        with!(self.persons[&person], row => with!(self.clubs[&club], club => tx.detach(row, |p| p.clubs(), club)))?;
        self.now.levels.remove(&(person, club));
        self.note(format!("{person} is not in club {club}"));
        Ok(())
    }

    fn choose(&mut self, tx: &mut Transaction, person: u32, clubs: &[u32]) -> orm::Result<()> {
        let stored = clubs.iter().filter_map(|club| Some((*club, self.clubs[club].row?)));
        let stored: Vec<(u32, Handle<Club>)> = stored.collect();
        let chosen: Vec<_> = stored.into_iter().filter(|_| self.random.once_in(2)).collect();
        let rows = chosen.iter().map(|(_, row)| *row);
        with!(self.persons[&person], row => tx.replace(row, |p| p.clubs(), rows))?;
        let chosen: BTreeSet<u32> = chosen.iter().map(|(club, _)| *club).collect();
        self.now.levels.retain(|(of, club), _| {
            *of != person || chosen.contains(club) || self.doomed.clubs.contains(club)
        });
        for club in &chosen {
            let level = self.last_levels.get(&(person, *club)).copied().unwrap_or(0);
            self.now.levels.entry((person, *club)).or_insert(level);
        }
        self.note(format!("{person} is in clubs {chosen:?}"));
        Ok(())
    }

    fn rename(&mut self, tx: &mut Transaction, club: Option<u32>) {
        let Some((club, row)) = club.and_then(|club| Some((club, self.clubs[&club].row?))) else { return };
        let code = self.code();
        tx[row].code.clone_from(&code);
        self.note(format!("club {club} has code {code}"));
        self.now.clubs.insert(club, code);
    }

    /// Skipped for a person whom others have just been linked to, which would be an error.
    fn delete_person(&mut self, tx: &mut Transaction, person: u32) -> orm::Result<()> {
        let (now, flushed) = (&self.now, &self.flushed);
        let of = |boss: Option<&Option<u32>>| boss == Some(&Some(person));
        let obeys = now
            .persons
            .iter()
            .any(|(mark, boss)| *mark != person && of(Some(boss)) && !of(flushed.persons.get(mark)));
        let owns = now.lockers.iter().any(|(mark, owner)| of(Some(owner)) && !of(flushed.lockers.get(mark)));
        let shows = now.passports.iter().any(|(mark, (of, _))| {
            *of == person && flushed.passports.get(mark).is_none_or(|(had, _)| *had != person)
        });
        if obeys || owns || shows {
            return Ok(());
        }
        with!(self.persons[&person], row => tx.delete(row))?;
        if self.flushed.persons.contains_key(&person) {
            self.doomed.persons.insert(person);
        } else {
            self.now.persons.remove(&person);
            self.now.lose(person);
        }
        self.note(format!("delete person {person}"));
        Ok(())
    }

    fn delete_locker(&mut self, tx: &mut Transaction, locker: Option<u32>) -> orm::Result<()> {
        let Some(locker) = locker else { return Ok(()) };
        with!(self.lockers[&locker], row => tx.delete(row))?;
        goes(locker, &self.flushed.lockers, &mut self.doomed.lockers, &mut self.now.lockers);
        self.note(format!("delete locker {locker}"));
        Ok(())
    }

    fn delete_passport(&mut self, tx: &mut Transaction, passport: Option<u32>) -> orm::Result<()> {
        let Some(passport) = passport else { return Ok(()) };
        with!(self.passports[&passport], row => tx.delete(row))?;
        goes(passport, &self.flushed.passports, &mut self.doomed.passports, &mut self.now.passports);
        self.note(format!("delete passport {passport}"));
        Ok(())
    }

    fn delete_club(&mut self, tx: &mut Transaction, club: Option<u32>) -> orm::Result<()> {
        let Some(club) = club else { return Ok(()) };
        with!(self.clubs[&club], row => tx.delete(row))?;
        goes(club, &self.flushed.clubs, &mut self.doomed.clubs, &mut self.now.clubs);
        if !self.now.clubs.contains_key(&club) {
            self.now.levels.retain(|(_, of), _| *of != club);
        }
        self.note(format!("delete club {club}"));
        Ok(())
    }
}
