// A step is run in the transaction in which it is noted, which it is given.
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
