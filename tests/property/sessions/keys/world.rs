//! The expected contents of a database.

use std::collections::{BTreeMap, BTreeSet};

use orm::prelude::*;

use super::{Club, Land, Town};

/// Rows by their marks.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct World {
    /// With their codes.
    pub lands: BTreeMap<u32, String>,
    /// With their lands, numbers and populations.
    pub towns: BTreeMap<u32, (u32, i32, i32)>,
    /// With their names and towns.
    pub clubs: BTreeMap<u32, (String, Option<u32>)>,
}

/// The rows to be deleted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Doomed {
    pub lands: BTreeSet<u32>,
    pub towns: BTreeSet<u32>,
    pub clubs: BTreeSet<u32>,
}

impl Doomed {
    pub fn is_empty(&self) -> bool {
        self.lands.is_empty() && self.towns.is_empty() && self.clubs.is_empty()
    }
}

impl World {
    /// Returns the state after a flush, unless it violates a key.
    pub fn flushed(&self, doomed: &Doomed) -> Option<World> {
        let mut after = self.clone();
        after.lands.retain(|mark, _| !doomed.lands.contains(mark));
        after.towns.retain(|mark, _| !doomed.towns.contains(mark));
        after.clubs.retain(|mark, _| !doomed.clubs.contains(mark));
        let World { lands, towns, clubs } = &mut after;
        // Towns are deleted with their lands, after all updates: until then their keys are taken.
        let differ = differ(lands.values())
            && differ(towns.values().map(|(land, number, _)| (land, number)))
            && differ(clubs.values().map(|(name, _)| name));
        towns.retain(|_, (land, ..)| !doomed.lands.contains(land));
        for (_, town) in clubs.values_mut() {
            *town = town.filter(|town| towns.contains_key(town));
        }
        differ.then_some(after)
    }

    /// Returns the keys of lands, towns and clubs.
    fn keys(&self) -> BTreeMap<(u8, u32), String> {
        let lands = self.lands.iter().map(|(mark, code)| ((0, *mark), code.clone()));
        let towns =
            self.towns.iter().map(|(mark, (land, number, _))| ((1, *mark), format!("{land} {number}")));
        let clubs = self.clubs.iter().map(|(mark, (name, _))| ((2, *mark), name.clone()));
        lands.chain(towns).chain(clubs).collect()
    }

    /// Returns whether the key of a row has changed.
    pub fn has_other_keys(&self, before: &World) -> bool {
        let keys = self.keys();
        before.keys().iter().any(|(row, key)| keys.get(row).is_some_and(|now| now != key))
    }

    /// Returns whether an existing row takes a key that another one had.
    pub fn hands_over(&self, before: &World) -> bool {
        let before = before.keys();
        self.keys().iter().any(|(row, key)| {
            let is_other =
                |(other, had): (&(u8, u32), &String)| other != row && other.0 == row.0 && had == key;
            before.contains_key(row) && before.iter().any(is_other)
        })
    }

    /// Reads the contents of a database.
    pub async fn read(on: impl Executor<'_>) -> orm::Result<World> {
        let mut on = on.on();
        let lands = Land::query().select(|l| (l.mark, l.code)).all(&mut on).await?.into_iter().collect();
        let towns = Town::query().select(|t| (t.mark, (t.land().mark, t.number, t.people)));
        let towns = towns.all(&mut on).await?.into_iter().collect();
        let clubs = Club::query().left_join(|c| c.town()).select(|(c, t)| (c.mark, (c.name, t.mark)));
        let clubs = clubs.all(&mut on).await?.into_iter().collect();
        Ok(World { lands, towns, clubs })
    }
}

fn differ<V: Ord>(values: impl IntoIterator<Item = V>) -> bool {
    let mut seen = BTreeSet::new();
    values.into_iter().all(|value| seen.insert(value))
}
