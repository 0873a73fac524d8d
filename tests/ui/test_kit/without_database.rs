// A database test must take the database.
#[orm::test]
// right: #[tokio::test]
async fn case() {}

fn main() {}
