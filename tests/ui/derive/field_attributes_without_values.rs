// 11 errors: attributes of a field have no value.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(column)]
    // right: #[orm(column = "no")]
    #[orm(comment)]
    // right: #[orm(comment = "how many")]
    #[orm(server_default)]
    // right: #[orm(server_default = "0")]
    pub number: u64,
    #[orm(length)]
    // right: #[orm(length = 190)]
    pub name: String,
    #[orm(precision)]
    // right: #[orm(precision = (12, 2))]
    pub price: Decimal,
    #[orm(sql_type)]
    // right: #[orm(sql_type = "MEDIUMTEXT")]
    pub text: String,
    #[orm(on_update)]
    // right: #[orm(on_update = now)]
    pub changed_at: DateTime<Utc>,
    #[orm(generated)]
    // right: #[orm(generated = "number + 1")]
    pub next: u64,
    #[orm(belongs_to)]
    // right: #[orm(belongs_to = Thing)]
    pub whole_id: u64,
    #[orm(belongs_to = Thing, relation)]
    // right: #[orm(belongs_to = Thing, relation = part)]
    pub part: u64,
    // right: pub part_no: u64,
    #[orm(belongs_to = Thing, on_delete)]
    // right: #[orm(belongs_to = Thing, on_delete = cascade)]
    pub owner_id: u64,
}

fn main() {}
