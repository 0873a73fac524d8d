// 7 errors: attributes with their names from other libraries.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;

#[derive(Model)]
#[orm(table_name = "notes")]
// right: #[orm(table = "notes")]
#[orm(unique_together(id, author_id))]
// right: #[orm(unique(id, author_id))]
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
    #[orm(auto_now_add)]
    // right: #[orm(default = now)]
    pub written_at: DateTime<Utc>,
}

fn main() {}
