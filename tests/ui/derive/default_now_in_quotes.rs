// 2 errors: `now` is a keyword of the attribute, not a string.
use orm::prelude::*;

#[derive(Model)]
pub struct Note {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(default = "now")]
    // right: #[orm(default = now)]
    pub written_at: DateTime<Utc>,
    #[orm(default = "CURRENT_TIMESTAMP")]
    // right: #[orm(default = now)]
    pub read_at: Option<NaiveDateTime>,
}

fn main() {}
