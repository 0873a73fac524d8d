// A generic function that changes rows needs the bound `Writable`.
use orm::prelude::*;

pub async fn clear<T: Model>(db: &Database) -> orm::Result<u64> {
    // right: pub async fn clear<T: orm::Writable>(db: &Database) -> orm::Result<u64> {
    T::delete().all_rows().execute(db).await
}

fn main() {}
