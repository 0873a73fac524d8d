// The enum lacks a variant for one of the relations.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub enum Subject {
    User(User),
    // right: Writer(User),
    Post(Post),
}

#[derive(Model)]
#[orm(one_of(subject: Subject, by = (writer, post)))]
pub struct Note {
    #[orm(primary_key)]
    pub id: u64,
    #[orm(belongs_to = User, relation = writer)]
    pub user_id: Option<u64>,
    #[orm(belongs_to = Post)]
    pub post_id: Option<u64>,
}

fn main() {}
