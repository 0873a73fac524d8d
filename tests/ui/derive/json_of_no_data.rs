// What is stored as JSON is written and read by serde.
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
