// 14 errors: attributes of the struct have values of the wrong kind.
use orm::prelude::*;

#[derive(Model)]
#[orm(table = things)]
// right: #[orm(table = "things")]
#[orm(schema = 'a')]
// right: #[orm(schema = "a")]
#[orm(comment("what there is"))]
// right: #[orm(comment = "what there is")]
#[orm(primary_key = id)]
// right: #[orm(primary_key(id))]
#[orm(unique("part"))]
// right: #[orm(unique(part))]
#[orm(index = "number")]
// right: #[orm(index(number))]
#[orm(check(number > 0))]
// right: #[orm(check = "number > 0")]
#[orm(belongs_to = Thing)]
// right: #[orm(belongs_to(whole: Thing, by = part))]
#[orm(has_many = Thing)]
// right: #[orm(has_many(parts: Thing.whole))]
#[orm(has_one(Thing))]
// right: #[orm(has_one(first: Thing.whole))]
#[orm(soft_delete(deleted_at))]
// right: #[orm(soft_delete = deleted_at)]
#[orm(hooks = true)]
// right:
#[orm(fields = "ThingColumns")]
// right: #[orm(fields = ThingColumns)]
#[orm(crate = "orm")]
// right: #[orm(crate = ::orm)]
pub struct Thing {
    pub id: u64,
    pub part: u64,
    pub number: u64,
    pub deleted_at: Option<DateTime<Utc>>,
}

fn main() {}
