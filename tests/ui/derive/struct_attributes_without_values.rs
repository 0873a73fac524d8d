// 14 errors: attributes of the struct have no value.
use orm::prelude::*;

#[derive(Model)]
#[orm(schema)]
// right: #[orm(schema = "shop")]
#[orm(bind)]
// right: #[orm(bind = "audit")]
#[orm(comment)]
// right: #[orm(comment = "what there is")]
#[orm(primary_key)]
// right: #[orm(primary_key(id))]
#[orm(unique)]
// right: #[orm(unique(part, number))]
#[orm(index)]
// right: #[orm(index(number))]
#[orm(check)]
// right: #[orm(check = "number > 0")]
#[orm(belongs_to)]
// right: #[orm(belongs_to(whole: Thing, by = part))]
#[orm(has_many)]
// right: #[orm(has_many(parts: Thing.whole))]
#[orm(has_one)]
// right: #[orm(has_one(first: Thing.whole))]
#[orm(many_to_many)]
// right: #[orm(many_to_many(others: Thing, through = Thing, from = whole, to = owner))]
#[orm(soft_delete)]
// right: #[orm(soft_delete = deleted_at)]
#[orm(fields)]
// right: #[orm(fields = ThingColumns)]
#[orm(crate)]
// right: #[orm(crate = ::orm)]
pub struct Thing {
    pub id: u64,
    pub part: u64,
    pub number: u64,
    #[orm(belongs_to = Thing)]
    pub owner_id: u64,
    pub deleted_at: Option<DateTime<Utc>>,
}

fn main() {}
