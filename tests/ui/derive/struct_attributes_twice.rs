// 9 errors: attributes of the struct are given twice.
use orm::prelude::*;

impl orm::Hooks for Thing {}

#[derive(Model)]
#[orm(table = "things", schema = "shop", bind = "audit", comment = "all of them", primary_key(id))]
#[orm(soft_delete = deleted_at, hooks, fields = ThingColumns, crate = ::orm)]
#[orm(table = "thing")]
// right:
#[orm(schema = "stock")]
// right:
#[orm(bind = "stock")]
// right:
#[orm(comment = "some of them")]
// right:
#[orm(primary_key(number))]
// right:
#[orm(soft_delete = number)]
// right:
#[orm(hooks)]
// right:
#[orm(fields = ColumnsOfThings)]
// right:
#[orm(crate = ::orm)]
// right:
pub struct Thing {
    pub id: u64,
    pub number: u64,
    pub deleted_at: Option<DateTime<Utc>>,
}

fn main() {}
