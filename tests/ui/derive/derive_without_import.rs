// 2 errors: a derive must be imported (rustc reports the derive and its attributes).
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
