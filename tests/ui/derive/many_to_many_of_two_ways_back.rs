// The join model has two foreign keys to one end, and `many_to_many` does not choose one.
use orm::prelude::*;

#[derive(Model)]
pub struct Role {
    #[orm(primary_key)]
    pub id: u64,
}

#[derive(Model)]
#[orm(table = "grants", primary_key(user_id, role_id))]
pub struct Grant {
    #[orm(belongs_to = User)]
    pub user_id: u64,
    #[orm(belongs_to = Role)]
    pub role_id: u64,
    #[orm(belongs_to = User)]
    pub granter_id: u64,
}

#[derive(Model)]
#[orm(many_to_many(roles: Role, through = Grant))]
// right: #[orm(many_to_many(roles: Role, through = Grant, from = user))]
pub struct User {
    #[orm(primary_key)]
    pub id: u64,
}

fn main() {}
