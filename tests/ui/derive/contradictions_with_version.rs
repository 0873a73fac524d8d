// 5 errors: a version column starts at 1, counts changes, and cannot be anything else.
use orm::prelude::*;

#[derive(Model)]
pub struct One {
    #[orm(primary_key, version)]
    // right: #[orm(primary_key)]
    pub id: u64,
}

#[derive(Model)]
pub struct Two {
    #[orm(primary_key)]
    pub id: u64,
    #[orm(version, default = 5)]
    // right: #[orm(version)]
    pub version: u32,
}

#[derive(Model)]
pub struct Three {
    #[orm(primary_key)]
    pub id: u64,
    #[orm(server_default = "5", version)]
    // right: #[orm(version)]
    pub version: u32,
}

#[derive(Model)]
pub struct Four {
    #[orm(primary_key)]
    pub id: u64,
    #[orm(version, on_update = now)]
    // right: #[orm(version)]
    pub version: u32,
}

#[derive(Model)]
pub struct Five {
    #[orm(primary_key)]
    pub id: u64,
    #[orm(version, scoped)]
    // right: #[orm(version)]
    pub version: u32,
}

fn main() {}
