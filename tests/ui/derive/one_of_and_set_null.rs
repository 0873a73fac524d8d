// `set_null` would leave a row with none of its relations.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub enum Subject {
    User(User),
    Post(Post),
}

#[derive(Model)]
#[orm(one_of(subject: Subject, by = (user, post)))]
pub struct Note {
    #[orm(primary_key)]
    pub id: u64,
    #[orm(belongs_to = User)]
    pub user_id: Option<u64>,
    #[orm(belongs_to = Post, on_delete = set_null)]
    // right: #[orm(belongs_to = Post, on_delete = cascade)]
    pub post_id: Option<u64>,
}

fn main() {}
