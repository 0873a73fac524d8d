//! The expected contents of a database.

use std::collections::{BTreeMap, BTreeSet};

use orm::prelude::*;

use super::models::*;

/// Rows by their marks.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct World {
    /// With their codes.
    pub guilds: BTreeMap<u32, Option<i32>>,
    pub members: BTreeMap<u32, Life>,
    /// With their members and words.
    pub notes: BTreeMap<u32, (u32, i32)>,
}

/// A member.
#[derive(Debug, Clone, PartialEq)]
pub struct Life {
    pub guild: u32,
    pub mentor: Option<u32>,
    pub seat: Option<i32>,
    pub score: i32,
    pub badges: BTreeSet<u32>,
}

/// The rows to be deleted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Doomed {
    pub guilds: BTreeSet<u32>,
    pub members: BTreeSet<u32>,
    pub notes: BTreeSet<u32>,
}

impl Doomed {
    pub fn is_empty(&self) -> bool {
        self.guilds.is_empty() && self.members.is_empty() && self.notes.is_empty()
    }
}

impl World {
    /// Returns the state after a flush, unless it violates a key.
    pub fn flushed(&self, doomed: &Doomed) -> Option<World> {
        let mut after = self.clone();
        after.guilds.retain(|mark, _| !doomed.guilds.contains(mark));
        after.members.retain(|mark, _| !doomed.members.contains(mark));
        after
            .notes
            .retain(|mark, (member, _)| !doomed.notes.contains(mark) && !doomed.members.contains(member));
        for life in after.members.values_mut() {
            life.mentor = life.mentor.filter(|mentor| !doomed.members.contains(mentor));
        }
        let housed = after.members.values().all(|life| after.guilds.contains_key(&life.guild));
        let codes = after.guilds.values().flatten();
        let seats = after.members.values().filter_map(|life| life.seat.as_ref());
        (housed && differ(codes) && differ(seats)).then_some(after)
    }

    /// Returns the marks of guilds that are not to be deleted.
    pub fn guilds_that_stay(&self, doomed: &Doomed) -> Vec<u32> {
        self.guilds.keys().filter(|mark| !doomed.guilds.contains(mark)).copied().collect()
    }

    /// Returns the marks of members that are not to be deleted.
    pub fn members_that_stay(&self, doomed: &Doomed) -> Vec<u32> {
        self.members.keys().filter(|mark| !doomed.members.contains(mark)).copied().collect()
    }

    /// Returns the marks of notes that are neither to be deleted nor deleted with their members.
    pub fn notes_that_stay(&self, doomed: &Doomed) -> Vec<u32> {
        let stays = |(mark, (member, _)): &(&u32, &(u32, i32))| {
            !doomed.notes.contains(mark) && !doomed.members.contains(member)
        };
        self.notes.iter().filter(stays).map(|(mark, _)| *mark).collect()
    }

    /// Reads the contents of a database.
    pub async fn read(on: impl Executor<'_>) -> orm::Result<World> {
        let mut on = on.on();
        let guilds = Guild::query().select(|g| (g.mark, g.code)).all(&mut on).await?.into_iter().collect();
        let rows = Member::query().all(&mut on).await?;
        let codes: BTreeMap<u64, u32> =
            Guild::query().select(|g| (g.id, g.mark)).all(&mut on).await?.into_iter().collect();
        let marks: BTreeMap<u64, u32> = rows.iter().map(|row| (row.id, row.mark)).collect();
        let awards = Award::query().all(&mut on).await?;
        let badges =
            |id| awards.iter().filter(|award| award.member_id == id).map(|award| award.badge_id).collect();
        let notes = Note::query().select(|n| (n.mark, (n.member().mark, n.words))).all(&mut on).await?;
        let members = rows.iter().map(|row| {
            let life = Life {
                guild: codes[&row.guild_id],
                mentor: row.mentor_id.map(|id| marks[&id]),
                seat: row.seat,
                score: row.score,
                badges: badges(row.id),
            };
            (row.mark, life)
        });
        Ok(World { guilds, members: members.collect(), notes: notes.into_iter().collect() })
    }
}

fn differ<'v>(values: impl Iterator<Item = &'v i32>) -> bool {
    let mut seen = BTreeSet::new();
    values.into_iter().all(|value| seen.insert(value))
}
