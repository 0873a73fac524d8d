// `many_to_many` does not name its join model.
use orm::prelude::*;

#[derive(Model)]
pub struct Tag {
    #[orm(primary_key)]
    pub id: u64,
}

#[derive(Model)]
#[orm(table = "post_tags", primary_key(post_id, tag_id))]
pub struct PostTag {
    #[orm(belongs_to = Post)]
    pub post_id: u64,
    #[orm(belongs_to = Tag)]
    pub tag_id: u64,
}

#[derive(Model)]
#[orm(many_to_many(tags: Tag))]
// right: #[orm(many_to_many(tags: Tag, through = PostTag))]
pub struct Post {
    #[orm(primary_key)]
    pub id: u64,
}

fn main() {}
