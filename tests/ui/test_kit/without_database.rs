// A test that gets no database has no use for the attribute.
#[orm::test]
// right: #[tokio::test]
async fn case() {}

fn main() {}
