// 2 errors: attributes belong in parentheses.
use orm::prelude::*;

#[derive(Model)]
#[orm = "things"]
// right: #[orm(table = "things")]
pub struct Thing {
    #[orm]
    // right:
    #[orm(primary_key)]
    pub id: u64,
}

fn main() {}
