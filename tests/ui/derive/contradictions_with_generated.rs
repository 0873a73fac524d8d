// 5 errors: a generated column cannot be set, counted or given a default.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(generated = "id + 1", server_default = "1")]
    // right: #[orm(generated = "id + 1")]
    pub a: u64,
    #[orm(generated = "id + 1", version)]
    // right: #[orm(generated = "id + 1")]
    pub b: u64,
    #[orm(generated = "id + 1", scoped)]
    // right: #[orm(generated = "id + 1")]
    pub c: u64,
    #[orm(generated = "now()", on_update = now)]
    // right: #[orm(on_update = now)]
    pub d: DateTime<Utc>,
    #[orm(default = 2, generated = "id + 1")]
    // right: #[orm(generated = "id + 1")]
    pub e: u64,
}

fn main() {}
