// 9 errors: attributes of the struct are on fields.
use orm::prelude::*;

impl orm::Hooks for Thing {}

#[derive(Model)]
// right: #[derive(Model)]
// right: #[orm(schema = "shop", check = "number > 0", hooks, fields = ThingColumns, crate = ::orm)]
// right: #[orm(has_many(parts: Thing.whole), has_one(first: Thing.whole))]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(schema = "shop")]
    // right:
    #[orm(check = "number > 0")]
    // right:
    #[orm(has_many(parts: Thing.whole))]
    // right:
    #[orm(has_one(first: Thing.whole))]
    // right:
    #[orm(many_to_many(things: Thing, through = Thing))]
    // right:
    #[orm(hooks)]
    // right:
    #[orm(fields = ThingColumns)]
    // right:
    #[orm(crate = ::orm)]
    // right:
    pub number: u64,
    #[orm(belongs_to(whole: Thing, by = whole_id))]
    // right: #[orm(belongs_to = Thing)]
    pub whole_id: Option<u64>,
}

fn main() {}
