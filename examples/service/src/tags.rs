//! Tags, and which posts have them.

use axum::routing::get;
use axum::{Json, Router};
use orm::prelude::*;
use serde::Serialize;

use crate::errors::AppError;
use crate::posts::Post;
use crate::state::AppState;
use crate::unit_of_work::Tx;

#[derive(Model, Serialize, Debug, Clone, PartialEq)]
#[orm(table = "tags", many_to_many(posts: Post, through = PostTag))]
pub struct Tag {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(unique, length = 40)]
    pub word: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "post_tags", primary_key(post_id, tag_id))]
pub struct PostTag {
    #[orm(belongs_to = Post, on_delete = cascade)]
    pub post_id: u64,
    #[orm(belongs_to = Tag, on_delete = cascade)]
    pub tag_id: u64,
}

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/tags", get(list))
}

#[derive(Serialize)]
struct Counted {
    word: String,
    posts: i64,
}

async fn list(mut tx: Tx) -> Result<Json<Vec<Counted>>, AppError> {
    let tags =
        Tag::query().order_by(|t| t.word.asc()).select(|t| (t.word, t.posts().count())).all(&mut *tx).await?;
    Ok(Json(tags.into_iter().map(|(word, posts)| Counted { word, posts }).collect()))
}

/// The tags of these words, tracked; those that are new are made.
///
/// Two editors may make the same one at the same time: the database lets one of them, and neither fails.
pub(crate) async fn called(tx: &mut Transaction, words: &[String]) -> Result<Vec<Handle<Tag>>, AppError> {
    let mut words: Vec<String> = words.iter().map(|word| word.trim().to_lowercase()).collect();
    words.sort();
    words.dedup();
    if words.iter().any(String::is_empty) {
        return Err(AppError::field("tags", "have an empty word"));
    }
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let new = words.iter().map(|word| Tag::insert().word(word));
    let made = Tag::insert_all(new).on_conflict(|t| t.word).ignore().execute(&mut *tx).await;
    made.map_err(|error| {
        let fields = [("tags", error.violates::<Tag>(|t| t.word))];
        AppError::of_form(error, &fields)
    })?;
    Ok(Tag::query().filter(|t| t.word.is_in(words)).track(tx).await?)
}

#[cfg(test)]
mod tests {
    use orm::assert_statements;
    use orm::prelude::*;

    use super::{PostTag, Tag, called};
    use crate::errors::AppError;
    use crate::posts::Post;
    use crate::users::User;

    /// On a database that forgets: what is written here is gone when the test ends.
    #[orm::test(models = (User, Post, Tag, PostTag), url = "sqlite::memory:")]
    async fn words_become_tags_once(db: Database) -> Result<(), AppError> {
        let mut s = db.session();
        let words = ["Rust", " sql ", "rust"].map(str::to_owned);
        assert_eq!(assert_statements!(db, 2, called(&mut s, &words).await?).len(), 2);
        assert_eq!(called(&mut s, &words[1..]).await?.len(), 2);
        assert_eq!(assert_statements!(db, 0, called(&mut s, &[]).await?).len(), 0);
        s.commit().await?;
        assert_eq!(
            Tag::query().order_by(|t| t.word.asc()).select(|t| t.word).all(&db).await?,
            ["rust", "sql"]
        );
        let empty = called(&mut s, &[" ".to_owned()]).await;
        assert!(matches!(empty, Err(AppError::Fields(fields)) if fields[0].field == "tags"));
        Ok(())
    }
}
