// A migration step takes a transaction, not the database.
use orm::prelude::*;
use orm_migrate::Migrations;

pub async fn fill(db: &Database) -> orm::Result<()> {
    // right: pub async fn fill(mut tx: &mut Transaction) -> orm::Result<()> {
    sql!("UPDATE users SET age = 0").execute(db).await.map(drop)
    // right: sql!("UPDATE users SET age = 0").execute(&mut tx).await.map(drop)
}

pub fn case(migrations: Migrations) -> Migrations {
    migrations.with_step("fill", fill)
}

fn main() {}
