// 5 errors: a full-text index needs stored text columns.
use orm::prelude::*;

#[derive(Model)]
#[orm(full_text(title, pages))]
// right: #[orm(full_text(title))]
#[orm(full_text(notes))]
// right: #[orm(index(pages))]
pub struct Book {
    #[orm(primary_key)]
    pub id: u64,
    pub title: String,
    pub pages: u32,
    #[orm(json)]
    pub notes: Vec<String>,
    #[orm(full_text)]
    // right: #[orm(length = 64)]
    pub cover: Option<Vec<u8>>,
    #[orm(full_text, json)]
    // right: #[orm(json)]
    pub tags: Vec<String>,
    #[orm(full_text, generated = "lower(title)", virtual)]
    // right: #[orm(full_text, generated = "lower(title)")]
    pub lower_title: String,
}

fn main() {}
