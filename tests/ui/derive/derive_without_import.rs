// 2 errors: rustc says it of the derive and of its attributes. A derive is imported, as other names are.
#[derive(Model)]
// right: use orm::prelude::*;
// right:
// right: #[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    // right: #[orm(primary_key, auto)]
    pub id: u64,
}

fn main() {}
