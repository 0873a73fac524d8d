// 13 errors: attributes of a field have values of the wrong kind.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key(id), auto)]
    // right: #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(column = no)]
    // right: #[orm(column = "no")]
    #[orm(comment = 5)]
    // right: #[orm(comment = "how many")]
    #[orm(server_default = 0)]
    // right: #[orm(server_default = "0")]
    pub number: u64,
    #[orm(length = -1)]
    // right: #[orm(length = 190)]
    pub name: String,
    #[orm(precision = (12, 2, 1))]
    // right: #[orm(precision = (12, 2))]
    pub price: Decimal,
    #[orm(sql_type = TEXT)]
    // right: #[orm(sql_type = "MEDIUMTEXT")]
    pub text: String,
    #[orm(on_update = later)]
    // right: #[orm(on_update = now)]
    pub changed_at: DateTime<Utc>,
    #[orm(default("x"))]
    // right: #[orm(default = "x")]
    pub word: String,
    #[orm(generated = number + 1)]
    // right: #[orm(generated = "number + 1")]
    pub next: u64,
    #[orm(belongs_to = "Thing")]
    // right: #[orm(belongs_to = Thing)]
    pub whole_id: u64,
    #[orm(belongs_to = Thing, relation = "part")]
    // right: #[orm(belongs_to = Thing, relation = part)]
    pub part_no: u64,
    #[orm(belongs_to = Thing, on_delete = "cascade")]
    // right: #[orm(belongs_to = Thing, on_delete = cascade)]
    pub owner_id: u64,
}

fn main() {}
