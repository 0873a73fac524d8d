//! Rows that are marked when they are deleted, rows with composite keys that contain the key of another row, at most one row of
//! another one, embedded enums, JSON and hooks.

use orm::prelude::*;

/// Marked when deleted: its people stay.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "orgs", soft_delete = gone, has_many(people: Person))]
pub struct Org {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub mark: u32,
    #[orm(unique)]
    pub code: Option<i32>,
    #[orm(belongs_to = Org, relation = parent)]
    pub parent_id: Option<u64>,
    pub gone: Option<DateTime<Utc>>,
}

/// Its boss is in the same organization.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(
    table = "people",
    primary_key(org_id, number),
    belongs_to(boss: Person, by = (org_id, boss_number)),
    has_one(card: Card),
    many_to_many(tags: Tag, through = Tagging)
)]
pub struct Person {
    #[orm(belongs_to = Org)]
    pub org_id: u64,
    pub number: i32,
    pub mark: u32,
    pub boss_number: Option<i32>,
    #[orm(unique)]
    pub nick: Option<i32>,
    #[orm(generated = "number * 2", sql_type = "INTEGER")]
    pub double: i32,
    #[orm(version)]
    pub version: u32,
}

#[derive(Embed, Debug, Clone, PartialEq)]
pub enum Contact {
    Mail {
        #[orm(length = 20)]
        address: String,
    },
    Phone {
        prefix: i32,
        rest: Option<i32>,
    },
}

/// Of one person at most, and a person has one at most.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(
    table = "cards",
    unique(org_id, number),
    belongs_to(person: Person, by = (org_id, number), on_delete = cascade, on_update = cascade)
)]
pub struct Card {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub mark: u32,
    pub org_id: Option<u64>,
    pub number: Option<i32>,
    #[orm(embed = "by_")]
    pub contact: Contact,
    #[orm(json)]
    pub notes: Vec<i32>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "tags")]
pub struct Tag {
    #[orm(primary_key)]
    pub id: u32,
}

/// A link that is marked when it is removed.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(
    table = "taggings",
    soft_delete = gone,
    belongs_to(person: Person, by = (org_id, number), on_delete = cascade, on_update = cascade)
)]
pub struct Tagging {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub org_id: u64,
    pub number: i32,
    #[orm(belongs_to = Tag)]
    pub tag_id: u32,
    pub gone: Option<DateTime<Utc>>,
}

/// Written by hooks.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "logs")]
pub struct Log {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub text: String,
}
