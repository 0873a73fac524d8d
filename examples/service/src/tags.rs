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
    // Unused tags are kept for reuse, but not shown.
    let used = Tag::query().filter(|t| t.posts().count().gt(0)).order_by(|t| t.word.asc());
    let tags = used.select(|t| (t.word, t.posts().count())).all(&mut *tx).await?;
    Ok(Json(tags.into_iter().map(|(word, posts)| Counted { word, posts }).collect()))
}

/// How often inserting tags is retried if others insert the same ones.
const RETRIES: u32 = 10;

/// The words in the form in which they are stored; those that have no tag yet get one.
///
/// This runs in a separate transaction, before that of the request begins: a tag belongs to nobody, and does no harm without
/// posts. Inside the request's transaction, everybody who writes the same new word would wait until the first one has finished
/// everything else, or be the victim of a deadlock; and a transaction that has already read would not see a tag that somebody
/// else has inserted since.
pub(crate) async fn made(db: &Database, words: &[String]) -> Result<Vec<String>, AppError> {
    let mut words: Vec<String> = words.iter().map(|word| word.trim().to_lowercase()).collect();
    words.sort();
    words.dedup();
    if words.iter().any(String::is_empty) {
        return Err(AppError::field("tags", "have an empty word"));
    }
    if words.is_empty() {
        return Ok(words);
    }
    let known: Vec<String> = Tag::query().filter(|t| t.word.is_in(&words)).select(|t| t.word).all(db).await?;
    let new: Vec<_> =
        words.iter().filter(|word| !known.contains(word)).map(|word| Tag::insert().word(word)).collect();
    if !new.is_empty() {
        let insert = Tag::insert_all(new).on_conflict(|t| t.word).ignore();
        let made =
            db.transaction().retry(RETRIES).run(async move |mut tx| insert.execute(&mut tx).await).await;
        made.map_err(|error| {
            let fields = [("tags", error.violates::<Tag>(|t| t.word))];
            AppError::of_form(error, &fields)
        })?;
    }
    Ok(words)
}

/// The tags of words that were [`made`], tracked.
pub(crate) async fn called(tx: &mut Transaction, words: Vec<String>) -> orm::Result<Vec<Handle<Tag>>> {
    if words.is_empty() {
        return Ok(Vec::new());
    }
    Tag::query().filter(|t| t.word.is_in(words)).track(tx).await
}

#[cfg(test)]
mod tests {
    use orm::assert_statements;
    use orm::prelude::*;

    use super::{PostTag, Tag, called, made};
    use crate::errors::AppError;
    use crate::posts::Post;
    use crate::users::User;

    /// On a test database: what is written here is rolled back when the test ends.
    #[orm::test(models = (User, Post, Tag, PostTag), url = "sqlite::memory:")]
    async fn words_become_tags_once(db: Database) -> Result<(), AppError> {
        let words = ["Rust", " sql ", "rust"].map(str::to_owned);
        assert_eq!(assert_statements!(db, 2, made(&db, &words).await?), ["rust", "sql"]);
        let again = assert_statements!(db, 1, made(&db, &words[1..]).await?);
        assert!(assert_statements!(db, 0, made(&db, &[]).await?).is_empty());
        let empty = made(&db, &[" ".to_owned()]).await;
        assert!(matches!(empty, Err(AppError::Fields(fields)) if fields[0].field == "tags"));

        let mut s = db.session();
        let tags = called(&mut s, again).await?;
        assert_eq!(tags.iter().map(|&tag| s[tag].word.as_str()).collect::<Vec<_>>(), ["rust", "sql"]);
        assert_eq!(assert_statements!(db, 0, called(&mut s, Vec::new()).await?).len(), 0);
        Ok(())
    }
}
