// An embedded struct has no foreign keys, so `on_update` can only be `now`.
use orm::prelude::*;

#[derive(Embed, Clone)]
pub struct Times {
    #[orm(default = now)]
    pub created_at: DateTime<Utc>,
    #[orm(on_update = cascade)]
    // right: #[orm(on_update = now)]
    pub updated_at: DateTime<Utc>,
}

fn main() {}
