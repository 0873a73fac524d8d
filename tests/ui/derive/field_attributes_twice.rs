// 12 errors: attributes of a field are given twice.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto, primary_key, auto)]
    // right: #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(column = "no", comment = "how many", default = 0)]
    #[orm(column = "number")]
    // right:
    #[orm(comment = "the number")]
    // right:
    #[orm(default = 1)]
    // right:
    pub number: u64,
    #[orm(length = 190, length = 191)]
    // right: #[orm(length = 190)]
    pub name: String,
    #[orm(precision = (12, 2), precision = (9, 2))]
    // right: #[orm(precision = (12, 2))]
    pub price: Decimal,
    #[orm(on_update = now, on_update = now)]
    // right: #[orm(on_update = now)]
    pub changed_at: DateTime<Utc>,
    #[orm(belongs_to = Thing, relation = whole, on_delete = cascade)]
    #[orm(belongs_to = Thing)]
    // right:
    #[orm(relation = all)]
    // right:
    #[orm(on_delete = restrict)]
    // right:
    pub whole_id: u64,
    #[orm(version, version)]
    // right: #[orm(version)]
    pub version: u32,
}

fn main() {}
