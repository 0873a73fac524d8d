// A JSON column needs a type that serde can serialize.
use orm::prelude::*;

pub struct Settings {
// right: #[derive(serde::Serialize, serde::Deserialize)]
// right: pub struct Settings {
    pub theme: String,
}

#[derive(Model)]
pub struct Account {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(json)]
    pub settings: Settings,
}

fn main() {}
