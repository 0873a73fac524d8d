// A required `one_of` relation has no value.
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
    #[orm(belongs_to = Post)]
    pub post_id: Option<u64>,
}

pub async fn case(db: Database) -> orm::Result<()> {
    Note::insert().id(1).execute(&db).await?;
    // right: Note::insert().id(1).user_id(1).execute(&db).await?;
    Ok(())
}

fn main() {}
