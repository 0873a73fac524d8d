// `renamed_from` names the table's current name.
use orm::prelude::*;

#[derive(Model)]
#[orm(table = "things", renamed_from = "things")]
// right: #[orm(table = "things", renamed_from = "objects")]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
}

fn main() {}
