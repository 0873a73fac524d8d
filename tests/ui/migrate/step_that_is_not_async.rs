// A migration step must be an `async fn`.
use orm::prelude::*;
use orm_migrate::Migrations;

pub fn fill(_: &mut Transaction) -> orm::Result<()> {
    // right: pub async fn fill(_: &mut Transaction) -> orm::Result<()> {
    Ok(())
}

pub fn case(migrations: Migrations) -> Migrations {
    migrations.with_step("fill", fill)
}

fn main() {}
