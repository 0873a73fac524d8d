//! Models with every kind of relation that a session has to handle.

use orm::prelude::*;

/// Cannot be deleted while it has members.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "guilds", has_many(members: Member))]
pub struct Guild {
    #[orm(primary_key, auto)]
    pub id: u64,
    /// Identifies the row for the test, before it has a key.
    #[orm(unique)]
    pub mark: u32,
    #[orm(unique)]
    pub code: Option<i32>,
}

/// When a member is deleted, pupils lose their mentor, and its badges are removed.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(
    table = "members",
    has_many(pupils: Member.mentor, notes: Note),
    many_to_many(badges: Badge, through = Award)
)]
pub struct Member {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(unique)]
    pub mark: u32,
    #[orm(belongs_to = Guild)]
    pub guild_id: u64,
    #[orm(belongs_to = Member, relation = mentor, on_delete = set_null)]
    pub mentor_id: Option<u64>,
    #[orm(unique)]
    pub seat: Option<i32>,
    pub score: i32,
    #[orm(version)]
    pub version: u32,
}

/// Deleted with its member.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "notes")]
pub struct Note {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(unique)]
    pub mark: u32,
    #[orm(belongs_to = Member, on_delete = cascade)]
    pub member_id: u64,
    pub words: i32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "badges")]
pub struct Badge {
    #[orm(primary_key)]
    pub id: u32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "awards", primary_key(member_id, badge_id))]
pub struct Award {
    #[orm(belongs_to = Member, on_delete = cascade)]
    pub member_id: u64,
    #[orm(belongs_to = Badge)]
    pub badge_id: u32,
}
