// A foreign key on the struct must name its fields.
use orm::prelude::*;

#[derive(Model)]
pub struct User {
    #[orm(primary_key, auto)]
    pub id: u64,
}

#[derive(Model)]
#[orm(belongs_to(user: User))]
// right: #[orm(belongs_to(user: User, by = user_id))]
pub struct Note {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub user_id: u64,
}

fn main() {}
