//! The steps of random sessions, each applied to a session and to the expected state.

use std::collections::{BTreeMap, BTreeSet};

use orm::prelude::*;

use super::BADGES;
use super::models::*;
use super::run::Run;
use super::world::{Life, World};

/// A row of a session: with a key, or without one yet.
pub struct Held<T: Model> {
    pub new: Option<New<T>>,
    pub row: Option<Handle<T>>,
}

impl<T: Model> Clone for Held<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Model> Copy for Held<T> {}

impl<T: Model> Held<T> {
    pub fn new(new: New<T>) -> Self {
        Held { new: Some(new), row: None }
    }

    pub fn stored(row: Handle<T>) -> Self {
        Held { new: None, row: Some(row) }
    }

    /// A flush has given it its key.
    pub fn is_saved(&mut self, tx: &Transaction) {
        self.row = self.new.map_or(self.row, |new| Some(tx.saved(new).unwrap()));
    }
}

/// Rows that are not in the database are new again.
pub fn are_new<T: Model, V>(rows: &mut BTreeMap<u32, Held<T>>, stored: &BTreeMap<u32, V>) {
    rows.iter_mut().filter(|(mark, _)| !stored.contains_key(mark)).for_each(|(_, held)| held.row = None);
}

/// Deletes a row: one that is not stored is removed at once.
pub fn goes<V>(
    mark: u32,
    flushed: &BTreeMap<u32, V>,
    doomed: &mut BTreeSet<u32>,
    now: &mut BTreeMap<u32, V>,
) {
    match flushed.contains_key(&mark) {
        true => drop(doomed.insert(mark)),
        false => drop(now.remove(&mark)),
    }
}

/// Evaluates an expression with the handle of a row, stored or new.
macro_rules! with {
    ($held:expr, $row:ident => $body:expr) => {
        match $held {
            Held { row: Some($row), .. } => $body,
            Held { new: Some($row), .. } => $body,
            _ => unreachable!("a row has a handle, or is new"),
        }
    };
}

pub(super) use with;

impl Run<'_> {
    /// Performs a step, if there are rows for it.
    pub fn step(&mut self, tx: &mut Transaction) -> orm::Result<()> {
        let guild = self.one_of(&self.now.guilds_that_stay(&self.doomed));
        let member = self.one_of(&self.now.members_that_stay(&self.doomed));
        let note = self.one_of(&self.now.notes_that_stay(&self.doomed));
        match (self.random.below(23), guild, member) {
            (0 | 1, ..) | (_, None, _) => self.add_guild(tx),
            (2..=4, Some(guild), _) | (_, Some(guild), None) => self.add_member(tx, guild, member)?,
            (5, _, Some(member)) => self.score(tx, member),
            (6, _, Some(member)) => self.sit(tx, member),
            (7, _, Some(member)) => self.swap(tx, member),
            (8 | 9, Some(guild), Some(member)) => self.join(tx, member, guild)?,
            (10, _, Some(member)) => self.learn(tx, member)?,
            (11, _, Some(member)) => self.award(tx, member)?,
            (12, _, Some(member)) => self.take_away(tx, member)?,
            (13, Some(guild), _) => self.code(tx, guild),
            (14, _, Some(member)) => self.delete_member(tx, member)?,
            (15 | 16, _, Some(member)) => self.add_note(tx, member),
            (17 | 18, _, Some(member)) => self.change_note(tx, note, member)?,
            (19, ..) => self.delete_note(tx, note)?,
            (20, _, Some(member)) => self.replace_badges(tx, member)?,
            (21, _, Some(member)) => self.replace_notes(tx, member)?,
            (22, _, Some(member)) => self.replace_pupils(tx, member)?,
            (_, Some(guild), _) => self.delete_guild(tx, guild)?,
        }
        Ok(())
    }

    pub fn one_of(&mut self, marks: &[u32]) -> Option<u32> {
        (!marks.is_empty()).then(|| self.random.pick(marks))
    }

    /// Returns one of few numbers, so that some are taken.
    fn number(&mut self) -> Option<i32> {
        (!self.random.once_in(3)).then(|| self.random.between(1, 12) as i32)
    }

    fn add_guild(&mut self, tx: &mut Transaction) {
        let (mark, code) = (self.guilds.len() as u32, self.number());
        let new = tx.add(Guild::insert().mark(mark).code(code));
        self.guilds.insert(mark, Held::new(new));
        self.now.guilds.insert(mark, code);
        self.note(format!("add guild {mark}, code {code:?}"));
    }

    fn add_member(&mut self, tx: &mut Transaction, guild: u32, mentor: Option<u32>) -> orm::Result<()> {
        let (mark, seat, score) =
            (self.members.len() as u32, self.number(), self.random.between(0, 9) as i32);
        let mentor = mentor.filter(|_| self.random.once_in(2));
        let new = Member::insert().mark(mark).seat(seat).score(score);
        let new = with!(self.guilds[&guild], guild => tx.add(new.guild(guild)));
        self.members.insert(mark, Held::new(new));
        let life = Life { guild, mentor: None, seat, score, badges: [].into() };
        self.now.members.insert(mark, life);
        self.note(format!("add member {mark} of guild {guild}, seat {seat:?}"));
        mentor.map_or(Ok(()), |mentor| self.teach(tx, mark, mentor))
    }

    fn score(&mut self, tx: &mut Transaction, member: u32) {
        let Some(row) = self.members[&member].row else { return };
        let score = self.random.between(0, 9) as i32;
        tx[row].score = score;
        self.life(member).score = score;
        self.note(format!("score of {member}: {score}"));
    }

    fn sit(&mut self, tx: &mut Transaction, member: u32) {
        let Some(row) = self.members[&member].row else { return };
        let seat = self.number();
        tx[row].seat = seat;
        self.life(member).seat = seat;
        self.note(format!("seat of {member}: {seat:?}"));
    }

    /// Swaps the seats of two members.
    fn swap(&mut self, tx: &mut Transaction, member: u32) {
        let others: Vec<u32> = self.now.members_that_stay(&self.doomed);
        let Some(other) = self.one_of(&others).filter(|other| *other != member) else { return };
        let (Some(a), Some(b)) = (self.members[&member].row, self.members[&other].row) else { return };
        (tx[a].seat, tx[b].seat) = (tx[b].seat, tx[a].seat);
        (self.life(member).seat, self.life(other).seat) = (tx[a].seat, tx[b].seat);
        self.note(format!("seats of {member} and {other} swapped"));
    }

    fn join(&mut self, tx: &mut Transaction, member: u32, guild: u32) -> orm::Result<()> {
        let before = self.flushed.members.get(&member).map(|life| life.guild);
        let is_as_flushed = before == Some(self.now.members[&member].guild);
        match (self.members[&member].row, self.guilds[&guild].row) {
            (Some(row), Some(guild)) if is_as_flushed && self.random.once_in(2) => {
                tx[row].guild_id = tx[guild].id
            }
            _ if self.random.once_in(2) => {
                with!(self.guilds[&guild], guild => with!(self.members[&member], row => {
                    tx.attach(guild, |g| g.members(), row)
                }))?;
            }
            _ => with!(self.guilds[&guild], guild => with!(self.members[&member], row => {
                tx.link(row, |m| m.guild(), guild)
            }))?,
        }
        self.life(member).guild = guild;
        self.note(format!("{member} joins guild {guild}"));
        Ok(())
    }

    /// Sets a member's mentor, possibly to the member itself, or to none.
    fn learn(&mut self, tx: &mut Transaction, member: u32) -> orm::Result<()> {
        let others = self.now.members_that_stay(&self.doomed);
        if let Some(mentor) = self.one_of(&others).filter(|_| !self.random.once_in(3)) {
            return self.teach(tx, member, mentor);
        }
        with!(self.members[&member], row => tx.link(row, |m| m.mentor(), None))?;
        self.life(member).mentor = None;
        self.note(format!("{member} has no mentor"));
        Ok(())
    }

    fn teach(&mut self, tx: &mut Transaction, member: u32, mentor: u32) -> orm::Result<()> {
        with!(self.members[&mentor], mentor => with!(self.members[&member], row => {
            tx.link(row, |m| m.mentor(), mentor)
        }))?;
        self.life(member).mentor = Some(mentor);
        self.note(format!("{mentor} teaches {member}"));
        Ok(())
    }

    fn award(&mut self, tx: &mut Transaction, member: u32) -> orm::Result<()> {
        let badge = self.random.below(BADGES as usize) as u32;
        let row = self.badges[badge as usize];
        with!(self.members[&member], member => tx.attach(member, |m| m.badges(), row))?;
        self.life(member).badges.insert(badge);
        self.note(format!("{member} gets badge {badge}"));
        Ok(())
    }

    /// Removes one badge, or all.
    fn take_away(&mut self, tx: &mut Transaction, member: u32) -> orm::Result<()> {
        if self.random.once_in(3) {
            with!(self.members[&member], member => tx.detach_all(member, |m| m.badges()))?;
            self.life(member).badges.clear();
            self.note(format!("{member} loses all badges"));
            return Ok(());
        }
        let badge = self.random.below(BADGES as usize) as u32;
        let row = self.badges[badge as usize];
        with!(self.members[&member], member => tx.detach(member, |m| m.badges(), row))?;
        self.life(member).badges.remove(&badge);
        self.note(format!("{member} loses badge {badge}"));
        Ok(())
    }

    fn replace_badges(&mut self, tx: &mut Transaction, member: u32) -> orm::Result<()> {
        let chosen: Vec<u32> = (0..BADGES).filter(|_| self.random.once_in(2)).collect();
        let rows: Vec<_> = chosen.iter().map(|&badge| self.badges[badge as usize]).collect();
        with!(self.members[&member], member => tx.replace(member, |m| m.badges(), rows))?;
        self.life(member).badges = chosen.iter().copied().collect();
        self.note(format!("{member} has badges {chosen:?}"));
        Ok(())
    }

    /// The member's other notes are deleted, since they require a member.
    fn replace_notes(&mut self, tx: &mut Transaction, member: u32) -> orm::Result<()> {
        let mut stay = self.now.notes_that_stay(&self.doomed);
        let mut gone: Vec<u32> = stay.clone();
        stay.retain(|note| self.notes[note].row.is_some() && self.random.once_in(3));
        gone.retain(|note| self.now.notes[note].0 == member && !stay.contains(note));
        let rows: Vec<_> = stay.iter().filter_map(|note| self.notes[note].row).collect();
        with!(self.members[&member], member => tx.replace(member, |m| m.notes(), rows))?;
        for note in &stay {
            self.now.notes.get_mut(note).unwrap().0 = member;
        }
        for note in gone {
            goes(note, &self.flushed.notes, &mut self.doomed.notes, &mut self.now.notes);
        }
        self.note(format!("{member} has notes {stay:?}"));
        Ok(())
    }

    /// The member's other pupils lose their mentor.
    fn replace_pupils(&mut self, tx: &mut Transaction, member: u32) -> orm::Result<()> {
        let mut stay = self.now.members_that_stay(&self.doomed);
        stay.retain(|pupil| self.members[pupil].row.is_some() && self.random.once_in(3));
        let rows: Vec<_> = stay.iter().filter_map(|pupil| self.members[pupil].row).collect();
        with!(self.members[&member], member => tx.replace(member, |m| m.pupils(), rows))?;
        for (mark, life) in &mut self.now.members {
            if stay.contains(mark) {
                life.mentor = Some(member);
            } else if life.mentor == Some(member) {
                life.mentor = None;
            }
        }
        self.note(format!("{member} teaches {stay:?}, and no others"));
        Ok(())
    }

    fn code(&mut self, tx: &mut Transaction, guild: u32) {
        let Some(row) = self.guilds[&guild].row else { return };
        let code = self.number();
        tx[row].code = code;
        self.now.guilds.insert(guild, code);
        self.note(format!("code of guild {guild}: {code:?}"));
    }

    fn add_note(&mut self, tx: &mut Transaction, member: u32) {
        let (mark, words) = (self.notes.len() as u32, self.random.between(0, 9) as i32);
        let new = Note::insert().mark(mark).words(words);
        let new = with!(self.members[&member], member => tx.add(new.member(member)));
        self.notes.insert(mark, Held::new(new));
        self.now.notes.insert(mark, (member, words));
        self.note(format!("add note {mark} of {member}"));
    }

    /// Moves a note to another member, or changes its words.
    fn change_note(&mut self, tx: &mut Transaction, note: Option<u32>, member: u32) -> orm::Result<()> {
        let Some(note) = note else { return Ok(()) };
        let mut now = self.now.notes[&note];
        match self.notes[&note].row {
            Some(row) if self.random.once_in(2) => {
                now.1 = self.random.between(0, 9) as i32;
                tx[row].words = now.1;
                self.note(format!("words of note {note}: {}", now.1));
            }
            _ => {
                with!(self.members[&member], member => with!(self.notes[&note], row => {
                    tx.link(row, |n| n.member(), member)
                }))?;
                now.0 = member;
                self.note(format!("note {note} is of {member}"));
            }
        }
        self.now.notes.insert(note, now);
        Ok(())
    }

    fn delete_note(&mut self, tx: &mut Transaction, note: Option<u32>) -> orm::Result<()> {
        let Some(note) = note else { return Ok(()) };
        with!(self.notes[&note], row => tx.delete(row))?;
        goes(note, &self.flushed.notes, &mut self.doomed.notes, &mut self.now.notes);
        self.note(format!("delete note {note}"));
        Ok(())
    }

    /// Deletes a member. Skipped if a stored row is about to reference it, or a new row while it is stored, which would be
    /// an error.
    fn delete_member(&mut self, tx: &mut Transaction, member: u32) -> orm::Result<()> {
        let is_stored = self.flushed.members.contains_key(&member);
        let taught =
            |world: &World, mark| world.members.get(mark).is_some_and(|life| life.mentor == Some(member));
        let owned =
            |world: &World, mark: &u32| world.notes.get(mark).is_some_and(|(owner, _)| *owner == member);
        let comes =
            self.now.members.keys().any(|mark| taught(&self.now, mark) && !taught(&self.flushed, mark));
        let note_comes = |mark: &&u32| owned(&self.now, mark) && !owned(&self.flushed, mark);
        let notes: Vec<u32> = self.now.notes.keys().filter(note_comes).copied().collect();
        let is_of_stored = notes.iter().any(|mark| self.flushed.notes.contains_key(mark));
        if is_of_stored || (is_stored && (comes || !notes.is_empty())) {
            return Ok(());
        }
        with!(self.members[&member], row => tx.delete(row))?;
        if is_stored {
            self.doomed.members.insert(member);
        } else {
            self.now.members.remove(&member);
            self.now.notes.retain(|_, (owner, _)| *owner != member);
            let lives = self.now.members.values_mut();
            lives.filter(|life| life.mentor == Some(member)).for_each(|life| life.mentor = None);
        }
        self.note(format!("delete member {member}"));
        Ok(())
    }

    fn delete_guild(&mut self, tx: &mut Transaction, guild: u32) -> orm::Result<()> {
        let is_flushed = self.flushed.guilds.contains_key(&guild);
        if !is_flushed && self.now.members.values().any(|life| life.guild == guild) {
            return Ok(());
        }
        with!(self.guilds[&guild], row => tx.delete(row))?;
        goes(guild, &self.flushed.guilds, &mut self.doomed.guilds, &mut self.now.guilds);
        self.note(format!("delete guild {guild}"));
        Ok(())
    }

    fn life(&mut self, member: u32) -> &mut Life {
        self.now.members.get_mut(&member).unwrap()
    }
}
