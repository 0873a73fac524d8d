// 7 errors: a full-text index covers all rows and whole columns, and has no order.
use orm::prelude::*;

#[derive(Model)]
#[orm(full_text(title desc))]
// right: #[orm(full_text(title))]
#[orm(full_text(title(20), body))]
// right: #[orm(full_text(title, body))]
#[orm(full_text(body, where = "title <> ''", name = "titled"))]
// right: #[orm(full_text(body, name = "titled"))]
#[orm(full_text(expr = "lower(title)", name = "lower_titles"))]
// right: #[orm(full_text(lower_title))]
#[orm(full_text(title, unique, name = "titles"))]
// right: #[orm(full_text(title, name = "titles"))]
#[orm(index(title, full_text))]
// right: #[orm(full_text(lower_title, title))]
#[orm(full_text(lower_title, with_parser = "ngram", name = "pairs"))]
// right: #[orm(full_text(lower_title, parser = "ngram", name = "pairs"))]
pub struct Post {
    #[orm(primary_key)]
    pub id: u64,
    #[orm(length = 80)]
    pub title: String,
    #[orm(generated = "lower(title)")]
    pub lower_title: String,
    pub body: String,
}

fn main() {}
