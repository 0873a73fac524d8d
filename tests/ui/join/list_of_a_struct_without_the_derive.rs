// A struct in a list needs `#[derive(Row)]`.
use orm::prelude::*;

struct NewAge {
// right: #[derive(Row)]
// right: struct NewAge {
    id: u64,
    age: i32,
}

pub async fn case(db: &Database) -> orm::Result<()> {
    let ages = values([NewAge { id: 1, age: 42 }]);
    assert_eq!(ages.count(db).await?, 1);
    Ok(())
}

fn main() {}
