// A step into a JSON document must be a key or an index.
use orm::prelude::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let document = value(serde_json::json!([1, 2]));
    let _ = document.at(1.5).int();
    // right: let _ = document.at(1).int();
    let _ = db;
    Ok(())
}

fn main() {}
