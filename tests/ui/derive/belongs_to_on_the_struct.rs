// A foreign key of one column belongs on its field.
use orm::prelude::*;

#[derive(Model)]
pub struct User {
    #[orm(primary_key, auto)]
    pub id: u64,
}

#[derive(Model)]
#[orm(belongs_to = User)]
// right: #[orm(table = "notes")]
pub struct Note {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub user_id: u64,
}

fn main() {}
