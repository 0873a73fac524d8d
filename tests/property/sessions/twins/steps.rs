//! The steps of a session, which depend on nothing but a seed.

use std::collections::BTreeMap;
use std::fmt::Debug;

use orm::prelude::*;

use super::models::*;
use crate::support::Random;

/// A session, and its rows.
pub struct Twin {
    pub s: Session,
    pub random: Random,
    pub log: Vec<String>,
    orgs: Rows<Org>,
    people: Rows<Person>,
    cards: Rows<Card>,
    tags: Vec<Handle<Tag>>,
    /// The number of rows so far.
    marks: u32,
}

/// The rows of a model: new ones, and those that are stored.
struct Rows<T: Model> {
    new: Vec<New<T>>,
    stored: BTreeMap<u32, Handle<T>>,
}

impl<T: Model> Default for Rows<T> {
    fn default() -> Self {
        Rows { new: Vec::new(), stored: BTreeMap::new() }
    }
}

impl<T: Model> Rows<T> {
    /// Takes over what is saved; `mark` identifies a row.
    fn settle(&mut self, s: &Session, mark: impl Fn(&T) -> u32) {
        for new in std::mem::take(&mut self.new) {
            if let Ok(row) = s.saved(new) {
                self.stored.insert(mark(&s[row]), row);
            }
        }
        self.forget_gone(s);
    }

    fn forget_gone(&mut self, s: &Session) {
        self.stored.retain(|_, row| s.try_ref(*row).is_ok());
    }

    fn are_in(&self, s: &Session, found: &[T], mark: impl Fn(&T) -> u32)
    where
        T: PartialEq + Debug,
    {
        for row in self.stored.values().map(|&row| &s[row]) {
            assert_eq!(Some(row), found.iter().find(|other| mark(other) == mark(row)));
        }
    }
}

fn pick<T: Model>(random: &mut Random, rows: &Rows<T>) -> Option<Row<T>> {
    let count = rows.new.len() + rows.stored.len();
    if count == 0 {
        return None;
    }
    let at = random.below(count);
    Some(match rows.new.get(at) {
        Some(&new) => Row::New(new),
        None => Row::Stored(*rows.stored.values().nth(at - rows.new.len()).unwrap()),
    })
}

/// A row with a key, or without one yet.
enum Row<T: Model> {
    New(New<T>),
    Stored(Handle<T>),
}

impl<T: Model> Clone for Row<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: Model> Copy for Row<T> {}

macro_rules! with {
    ($row:expr, $name:ident => $body:expr) => {
        match $row {
            Row::New($name) => $body,
            Row::Stored($name) => $body,
        }
    };
}

impl<T: Model> Row<T> {
    fn stored(self) -> Option<Handle<T>> {
        match self {
            Row::Stored(row) => Some(row),
            Row::New(_) => None,
        }
    }
}

impl Twin {
    pub async fn new(mut s: Session, seed: u64) -> orm::Result<Self> {
        s.set_autoflush(false);
        s.before_flush(|tx| {
            let deleted = tx.changes().deleted.len();
            if deleted > 0 {
                tx.add(Log::insert().text(format!("deletes {deleted}")));
            }
            Ok(())
        });
        s.after_flush(|tx, changes| {
            let people = changes.all().filter(|row| row.is::<Person>()).count();
            if people > 0 {
                tx.add(Log::insert().text(format!("changed {people}")));
            }
            Ok(())
        });
        let tags = Tag::query().order_by(|t| t.id.asc()).track(&mut s).await?;
        s.commit().await?;
        let (random, log) = (Random::new(seed), Vec::new());
        let (orgs, people, cards) = (Rows::default(), Rows::default(), Rows::default());
        Ok(Twin { s, random, log, orgs, people, cards, tags, marks: 0 })
    }

    fn said(&mut self, what: &str, result: &orm::Result<()>) {
        self.log.push(match result {
            Ok(()) => what.to_owned(),
            Err(error) => format!("{what}: {:?}", error.kind()),
        });
    }

    /// Performs a step, if there are rows for it.
    pub async fn step(&mut self) {
        let Twin { s, random, .. } = self;
        let org = pick(random, &self.orgs);
        let person = pick(random, &self.people);
        let other = pick(random, &self.people);
        let card = pick(random, &self.cards);
        let number = random.between(1, 6) as i32;
        let maybe = (!random.once_in(3)).then_some(number);
        let tags: Vec<_> = self.tags.iter().copied().filter(|_| random.once_in(2)).collect();
        let tag = random.pick(&self.tags);
        let at = random.below(30usize);
        let mark = self.marks;
        let (what, result): (String, orm::Result<()>) = match (at, org, person, card) {
            (0 | 1, ..) | (_, None, ..) => {
                self.marks += 1;
                self.orgs.new.push(s.add(Org::insert().mark(mark).code(maybe)));
                (format!("add org {mark}"), Ok(()))
            }
            (2..=4, Some(org), ..) | (_, Some(org), None, _) => {
                self.marks += 1;
                let row = Person::insert().number(mark as i32 + 10).mark(mark).nick(maybe);
                self.people.new.push(with!(org, org => s.add(row.org(org))));
                (format!("add person {mark}"), Ok(()))
            }
            (5 | 6, _, Some(person), _) | (_, _, Some(person), None) => {
                self.marks += 1;
                let contact = Contact::Phone { prefix: number, rest: None };
                let row = Card::insert().mark(mark).contact(contact).notes(vec![number]);
                self.cards.new.push(with!(person, person => s.add(row.person(person))));
                (format!("add card {mark}"), Ok(()))
            }
            (7, _, Some(person), _) => {
                let Some(row) = person.stored() else { return };
                s[row].nick = maybe;
                (format!("nick of {}: {maybe:?}", s[row].mark), Ok(()))
            }
            (8, _, Some(person), _) => {
                let Some(row) = person.stored() else { return };
                s[row].number += 100;
                (format!("number of {}", s[row].mark), Ok(()))
            }
            (9, _, Some(person), _) => {
                let (Some(one), Some(two)) = (person.stored(), other.and_then(Row::stored)) else {
                    return;
                };
                let nick = s[one].nick;
                s[one].nick = s[two].nick;
                s[two].nick = nick;
                (format!("nicks of {} and {} swapped", s[one].mark, s[two].mark), Ok(()))
            }
            (10 | 11, _, Some(person), _) => {
                let Some(other) = other else { return };
                let result =
                    with!(person, person => with!(other, other => s.link(person, |p| p.boss(), other)));
                ("boss".into(), result)
            }
            (12, _, Some(person), _) => {
                ("no boss".into(), with!(person, person => s.link(person, |p| p.boss(), None)))
            }
            (13 | 14, _, Some(person), Some(card)) => {
                let result =
                    with!(person, person => with!(card, card => s.link(card, |c| c.person(), person)));
                ("card of".into(), result)
            }
            (15, _, _, Some(card)) => {
                ("card of none".into(), with!(card, card => s.link(card, |c| c.person(), None)))
            }
            (16, _, _, Some(card)) => {
                let Some(row) = card.stored() else { return };
                s[row].contact = match maybe {
                    Some(prefix) => Contact::Phone { prefix, rest: Some(7) },
                    None => Contact::Mail { address: format!("{number}") },
                };
                (format!("contact of {}", s[row].mark), Ok(()))
            }
            (17, _, _, Some(card)) => {
                let Some(row) = card.stored() else { return };
                s[row].notes.push(number);
                (format!("notes of {}", s[row].mark), Ok(()))
            }
            (18, _, Some(person), _) => {
                ("attach".into(), with!(person, person => s.attach(person, |p| p.tags(), tag)))
            }
            (19, _, Some(person), _) => {
                ("detach".into(), with!(person, person => s.detach(person, |p| p.tags(), tag)))
            }
            (20, _, Some(person), _) => {
                (format!("replace {tags:?}"), with!(person, person => s.replace(person, |p| p.tags(), tags)))
            }
            (21, _, Some(person), _) => {
                ("detach all".into(), with!(person, person => s.detach_all(person, |p| p.tags())))
            }
            (22, _, Some(person), _) => ("delete person".into(), with!(person, person => s.delete(person))),
            (23, Some(org), ..) => ("delete org".into(), with!(org, org => s.delete(org))),
            (24, _, _, Some(card)) => ("delete card".into(), with!(card, card => s.delete(card))),
            (25, Some(org), ..) => {
                let Some(row) = org.stored() else { return };
                let parent = pick(random, &self.orgs);
                let Some(parent) = parent else { return };
                ("parent".into(), with!(parent, parent => s.link(row, |o| o.parent(), parent)))
            }
            (26, Some(org), ..) => {
                let chosen: Vec<_> =
                    self.people.stored.values().copied().filter(|_| random.once_in(3)).collect();
                (
                    format!("people {}", chosen.len()),
                    with!(org, org => s.replace(org, |o| o.people(), chosen)),
                )
            }
            (27, _, Some(person), _) => ("forget".into(), with!(person, person => s.forget(person))),
            (28, _, _, Some(card)) => {
                let Some(row) = card.stored() else { return };
                ("refresh".into(), s.refresh(row).discard_changes().await)
            }
            (_, Some(org), ..) => {
                let Some(row) = org.stored() else { return };
                s[row].code = maybe;
                (format!("code of {}: {maybe:?}", s[row].mark), Ok(()))
            }
        };
        self.said(&what, &result);
        self.orgs.forget_gone(&self.s);
        self.people.forget_gone(&self.s);
        self.cards.forget_gone(&self.s);
    }

    /// Takes over what a commit or a rollback did.
    pub fn settle(&mut self) {
        self.orgs.settle(&self.s, |org| org.mark);
        self.people.settle(&self.s, |person| person.mark);
        self.cards.settle(&self.s, |card| card.mark);
    }

    /// The rows in the session equal those in the database.
    pub async fn is_as(&self, db: &Database) -> orm::Result<()> {
        self.orgs.are_in(&self.s, &Org::query().with_deleted().all(db).await?, |org| org.mark);
        self.people.are_in(&self.s, &Person::query().all(db).await?, |person| person.mark);
        self.cards.are_in(&self.s, &Card::query().all(db).await?, |card| card.mark);
        assert!(self.s.changes().is_empty(), "{}\n{:#?}", self.s.changes(), self.log);
        Ok(())
    }
}
