// 6 errors: an `auto` column cannot also be computed, scoped, a version or have a default.
use orm::prelude::*;

#[derive(Model)]
pub struct One {
    #[orm(primary_key, auto, generated = "1")]
    // right: #[orm(primary_key, auto)]
    pub id: u64,
}

#[derive(Model)]
pub struct Two {
    #[orm(primary_key, auto, server_default = "1")]
    // right: #[orm(primary_key, auto)]
    pub id: u64,
}

#[derive(Model)]
pub struct Three {
    #[orm(primary_key, auto, scoped)]
    // right: #[orm(primary_key, auto)]
    pub id: u64,
}

#[derive(Model)]
pub struct Four {
    #[orm(primary_key, auto, version)]
    // right: #[orm(primary_key, auto)]
    pub id: u64,
}

#[derive(Model)]
pub struct Five {
    #[orm(primary_key, auto, on_update = now)]
    // right: #[orm(primary_key, auto)]
    pub id: u64,
}

fn main() {}
