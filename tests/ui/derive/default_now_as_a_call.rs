// `now` is a keyword of the attribute, not a function call.
use orm::prelude::*;

#[derive(Model)]
pub struct Note {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(default = now())]
    // right: #[orm(default = now)]
    pub written_at: DateTime<Utc>,
}

fn main() {}
