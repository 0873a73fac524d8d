// A function that changes rows of any model says that it is none that is only read.
use orm::prelude::*;

pub async fn clear<T: Model>(db: &Database) -> orm::Result<u64> {
    // right: pub async fn clear<T: orm::Writable>(db: &Database) -> orm::Result<u64> {
    T::delete().all_rows().execute(db).await
}

fn main() {}
