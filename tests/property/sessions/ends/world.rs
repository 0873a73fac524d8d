//! The expected contents of a database.

use std::collections::{BTreeMap, BTreeSet};

use orm::prelude::*;

use super::{Club, Locker, Membership, Passport, Person};

/// Rows by their marks.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct World {
    /// With their bosses.
    pub(super) persons: BTreeMap<u32, Option<u32>>,
    /// With their owners.
    pub(super) lockers: BTreeMap<u32, Option<u32>>,
    /// With their persons and numbers.
    pub(super) passports: BTreeMap<u32, (u32, i32)>,
    /// With their codes.
    pub(super) clubs: BTreeMap<u32, String>,
    /// The levels of persons in clubs.
    pub(super) levels: BTreeMap<(u32, u32), i32>,
}

/// The rows to be deleted.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Doomed {
    pub(super) persons: BTreeSet<u32>,
    pub(super) lockers: BTreeSet<u32>,
    pub(super) passports: BTreeSet<u32>,
    pub(super) clubs: BTreeSet<u32>,
}

impl World {
    /// Returns the state after a flush, unless it violates a key.
    pub(super) fn flushed(&self, doomed: &Doomed) -> Option<World> {
        let mut after = self.clone();
        after.persons.retain(|mark, _| !doomed.persons.contains(mark));
        after.lockers.retain(|mark, _| !doomed.lockers.contains(mark));
        after.passports.retain(|mark, _| !doomed.passports.contains(mark));
        after.clubs.retain(|mark, _| !doomed.clubs.contains(mark));
        // Passports are deleted with their persons, after all updates: until then their numbers are taken.
        let fits = differ(after.lockers.values().flatten())
            && differ(after.passports.values().map(|(person, _)| person))
            && differ(after.passports.values().map(|(_, number)| number))
            && differ(after.clubs.values())
            && after.persons.values().flatten().all(|boss| after.persons.contains_key(boss));
        for person in &doomed.persons {
            after.lose(*person);
        }
        after.levels.retain(|(_, club), _| !doomed.clubs.contains(club));
        fits.then_some(after)
    }

    /// Removes what is deleted with a person.
    pub(super) fn lose(&mut self, person: u32) {
        self.passports.retain(|_, (of, _)| *of != person);
        self.levels.retain(|(of, _), _| *of != person);
        self.lockers.values_mut().filter(|of| **of == Some(person)).for_each(|of| *of = None);
    }

    /// Returns whether the key of a row has changed.
    pub(super) fn has_other_keys(&self, before: &World) -> bool {
        let is_other = |(mark, code)| before.clubs.get(mark).is_some_and(|before| before != code);
        let is_of_other = |(mark, (of, _)): (&u32, &(u32, i32))| {
            before.passports.get(mark).is_some_and(|(had, _)| had != of)
        };
        self.clubs.iter().any(is_other) || self.passports.iter().any(is_of_other)
    }

    /// Reads the contents of a database.
    pub(super) async fn read(on: impl Executor<'_>) -> orm::Result<World> {
        let mut on = on.on();
        let persons = Person::query().left_join(|p| p.boss()).select(|(p, b)| (p.mark, b.mark));
        let lockers = Locker::query().left_join(|l| l.owner()).select(|(l, o)| (l.mark, o.mark));
        let passports = Passport::query().select(|p| (p.mark, (p.person().mark, p.number)));
        let clubs = Club::query().select(|c| (c.mark, c.code));
        let levels = Membership::query().select(|m| ((m.person().mark, m.club().mark), m.level));
        Ok(World {
            persons: persons.all(&mut on).await?.into_iter().collect(),
            lockers: lockers.all(&mut on).await?.into_iter().collect(),
            passports: passports.all(&mut on).await?.into_iter().collect(),
            clubs: clubs.all(&mut on).await?.into_iter().collect(),
            levels: levels.all(&mut on).await?.into_iter().collect(),
        })
    }
}

fn differ<V: Ord>(values: impl IntoIterator<Item = V>) -> bool {
    let mut seen = BTreeSet::new();
    values.into_iter().all(|value| seen.insert(value))
}
