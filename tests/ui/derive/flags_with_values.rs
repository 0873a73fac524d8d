// 8 errors: attributes that take no value are given one.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto = 1)]
    // right: #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(unique(number))]
    // right: #[orm(unique)]
    pub number: u64,
    #[orm(index = "by_part")]
    // right: #[orm(index)]
    pub part: u64,
    #[orm(version = 1)]
    // right: #[orm(version)]
    pub version: u32,
    #[orm(scoped = true)]
    // right: #[orm(scoped)]
    pub tenant_id: u64,
    #[orm(json = "tags")]
    // right: #[orm(json)]
    pub tags: Vec<String>,
    #[orm(skip(true))]
    // right: #[orm(skip)]
    pub seen: u64,
    #[orm(sensitive = true)]
    // right: #[orm(sensitive)]
    pub password: String,
}

fn main() {}
