// The columns of a full-text index have different collations.
use orm::prelude::*;

#[derive(Model)]
#[orm(collation = "utf8mb4_general_ci", full_text(title, body))]
pub struct Book {
    #[orm(primary_key)]
    pub id: u64,
    #[orm(length = 80)]
    pub title: String,
    #[orm(collation = "utf8mb4_bin")]
    // right: #[orm(collation = "utf8mb4_general_ci")]
    pub body: String,
}

fn main() {}
