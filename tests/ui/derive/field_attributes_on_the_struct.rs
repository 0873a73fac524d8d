// 15 errors: attributes of a field are on the struct.
use orm::prelude::*;

#[derive(Model)]
#[orm(version)]
// right:
#[orm(column = "no")]
// right:
#[orm(length = 9)]
// right:
#[orm(precision = (9, 2))]
// right:
#[orm(sql_type = "TEXT")]
// right:
#[orm(default = 0)]
// right:
#[orm(on_update = now)]
// right:
#[orm(server_default = "0")]
// right:
#[orm(generated = "id + 1")]
// right:
#[orm(relation = owner)]
// right:
#[orm(on_delete = cascade)]
// right:
#[orm(scoped)]
// right:
#[orm(json)]
// right:
#[orm(skip)]
// right:
#[orm(sensitive)]
// right:
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub number: u64,
    // right: #[orm(column = "no", default = 0, sensitive)]
    // right: pub number: u64,
}

fn main() {}
