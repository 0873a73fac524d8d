// 7 errors: a view is read-only and created by hand, so it has no attributes of a table.
use orm::prelude::*;

#[derive(Model)]
#[orm(view, table = "sales", engine = "InnoDB", hooks)]
// right: #[orm(view, table = "sales")]
pub struct Sales {
    #[orm(primary_key, auto)]
    // right: #[orm(primary_key)]
    pub id: u64,
    #[orm(unique, full_text, length = 20)]
    // right:
    pub genre: String,
    #[orm(version)]
    // right:
    pub version: u32,
}

fn main() {}
