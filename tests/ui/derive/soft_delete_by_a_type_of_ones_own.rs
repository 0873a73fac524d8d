// The soft-delete column needs a type that `now` can fill.
use orm::prelude::*;

#[derive(Value, Debug, Clone, PartialEq)]
pub struct Reason(String);

#[derive(Model)]
#[orm(soft_delete = reason)]
// right: #[orm(soft_delete = deleted_at)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub reason: Option<Reason>,
    // right: pub deleted_at: Option<DateTime<Utc>>,
    // right: pub reason: Option<Reason>,
}

fn main() {}
