// 5 errors: a JSON column cannot be a key or a number, or have a limit.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(json, index)]
    // right: #[orm(json)]
    pub a: Vec<String>,
    #[orm(json, length = 9)]
    // right: #[orm(json)]
    pub b: Vec<String>,
    #[orm(json, precision = (9, 2))]
    // right: #[orm(json)]
    pub c: Vec<String>,
    #[orm(json, version)]
    // right: #[orm(json)]
    pub d: Vec<String>,
    #[orm(json, belongs_to = Thing)]
    // right: #[orm(json)]
    pub e_id: Vec<u64>,
}

fn main() {}
