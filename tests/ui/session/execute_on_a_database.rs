// A statement takes the database.
use orm::prelude::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    db.execute("DELETE FROM users").await?;
    // right: sql!("DELETE FROM users").execute(db).await?;
    Ok(())
}

fn main() {}
