// 5 errors: attributes are called otherwise in other libraries.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;

#[derive(Model)]
#[orm(table_name = "notes")]
// right: #[orm(table = "notes")]
pub struct Note {
    #[orm(primary_key, autoincrement)]
    // right: #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(column_name = "NOTE_TEXT")]
    // right: #[orm(column = "NOTE_TEXT")]
    pub text: String,
    #[orm(nullable)]
    // right:
    pub title: String,
    // right: pub title: Option<String>,
    #[orm(foreign_key = models::User)]
    // right: #[orm(belongs_to = models::User)]
    pub author_id: u64,
}

fn main() {}
