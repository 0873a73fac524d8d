//! Models for edge cases that the shop does not have.

use orm::prelude::*;

/// A tree with auto-increment keys.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "nodes", has_many(children: Node))]
pub struct Node {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub name: String,
    #[orm(belongs_to = Node)]
    pub parent_id: Option<u64>,
}

/// With columns that only the server knows.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "articles")]
pub struct Article {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(precision = (12, 2))]
    pub price: Decimal,
    pub quantity: i32,
    #[orm(generated = "quantity * 2", sql_type = "INTEGER")]
    pub double: i32,
    #[orm(server_default = "7")]
    pub weight: i32,
    #[orm(default = now)]
    pub created_at: DateTime<Utc>,
    #[orm(on_update = now)]
    pub updated_at: DateTime<Utc>,
}

/// A composite key, partly text, and a nullable unique column.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "seats", primary_key(hall, number), unique(hall, guest))]
pub struct Seat {
    #[orm(length = 20)]
    pub hall: String,
    pub number: i32,
    #[orm(length = 40)]
    pub guest: Option<String>,
    #[orm(version)]
    pub version: u32,
}

/// A child of a seat.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "orders", belongs_to(seat: Seat, by = (hall, number)))]
pub struct SeatOrder {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(length = 20)]
    pub hall: String,
    pub number: i32,
    pub drink: String,
}

/// Two tables that reference each other: created as [`TeamTable`] and [`PlayerTable`].
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "teams")]
pub struct Team {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub name: String,
    #[orm(belongs_to = Player)]
    pub captain_id: Option<u64>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "players")]
pub struct Player {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Team)]
    pub team_id: u64,
}

#[derive(Model)]
#[orm(table = "teams")]
pub struct TeamTable {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub name: String,
    pub captain_id: Option<u64>,
}

#[derive(Model)]
#[orm(table = "players")]
pub struct PlayerTable {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = TeamTable)]
    pub team_id: u64,
}

/// A nullable unique column, and one that is not.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "badges")]
pub struct Badge {
    #[orm(primary_key)]
    pub id: u32,
    #[orm(unique, length = 40)]
    pub code: String,
    #[orm(unique, length = 40)]
    pub nick: Option<String>,
}

/// All kinds of values.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "samples")]
pub struct Sample {
    #[orm(primary_key)]
    pub id: Uuid,
    pub truth: bool,
    pub tiny: i8,
    pub big: u64,
    pub real: f32,
    pub double: f64,
    #[orm(precision = (20, 6))]
    pub exact: Decimal,
    pub text: String,
    pub bytes: Vec<u8>,
    pub day: NaiveDate,
    pub clock: NaiveTime,
    pub at: DateTime<Utc>,
    pub json: serde_json::Value,
    pub nothing: Option<String>,
}

/// Text with an explicit SQL type.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "labels")]
pub struct Label {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(sql_type = "VARCHAR(5)")]
    pub text: String,
    #[orm(sql_type = "VARCHAR(5)")]
    pub note: Option<String>,
}
