// An optional foreign key is an `Option` in the field's type, not in the attribute.
use orm::prelude::*;

#[derive(Model)]
pub struct User {
    #[orm(primary_key, auto)]
    pub id: u64,
}

#[derive(Model)]
pub struct Note {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Option<User>)]
    // right: #[orm(belongs_to = User)]
    pub user_id: Option<u64>,
}

fn main() {}
