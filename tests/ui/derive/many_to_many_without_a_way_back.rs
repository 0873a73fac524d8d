// The join model lacks a foreign key to one end.
use orm::prelude::*;

#[derive(Model)]
pub struct Tag {
    #[orm(primary_key)]
    pub id: u64,
}

#[derive(Model)]
#[orm(table = "post_tags", primary_key(post_id, tag_id))]
pub struct PostTag {
    /// No key to `Post`.
    // right: #[orm(belongs_to = Post)]
    pub post_id: u64,
    #[orm(belongs_to = Tag)]
    pub tag_id: u64,
}

#[derive(Model)]
#[orm(many_to_many(tags: Tag, through = PostTag))]
pub struct Post {
    #[orm(primary_key)]
    pub id: u64,
}

fn main() {}
