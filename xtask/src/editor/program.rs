//! The program open in the editor.

use anyhow::{Context, Result};
use serde_json::{Value, json};

/// The program text.
pub(super) const TEXT: &str = r#"use orm::prelude::*;

/// Somebody who writes posts.
#[derive(Model, Debug, Clone)]
#[orm(table = "users", has_many(posts: Post))]
pub struct User {
    #[orm(primary_key, auto)]
    pub id: u64,
    /// What people call them.
    pub name: String,
    pub age: Option<i32>,
}

#[derive(Model, Debug, Clone)]
#[orm(table = "posts")]
pub struct Post {
    #[orm(primary_key, auto)]
    pub id: u64,
    /// Who wrote it.
    #[orm(belongs_to = User)]
    pub author_id: u64,
    pub title: String,
}

pub async fn called(db: &Database, wanted: &str) -> orm::Result<Vec<User>> {
    User::query().filter(|u| u.name.eq(wanted)).order_by(|u| u.age.desc()).all(db).await
}

pub async fn written_by(db: &Database, wanted: &str) -> orm::Result<Vec<Post>> {
    Post::query().filter(|p| p.author().name.eq(wanted)).all(db).await
}

pub async fn add(db: &Database) -> orm::Result<u64> {
    User::insert().name("Ann").execute(db).await
}

pub async fn shout(db: &Database) -> orm::Result<u64> {
    User::update().set(|u| u.name.to(u.name.upper())).all_rows().execute(db).await
}
"#;

/// Returns the position of `what` after `before`, at the first match in the text.
pub(super) fn place(text: &str, before: &str, what: &str) -> Result<Value> {
    let found = text.find(&format!("{before}{what}"));
    let at = found.with_context(|| format!("the program has no `{before}{what}`"))? + before.len();
    let line = text[..at].matches('\n').count();
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    Ok(json!({"line": line, "character": at - start}))
}

/// Returns the number of the line that contains `what`, from 0.
pub(super) fn line(text: &str, what: &str) -> Result<u64> {
    let found = text.lines().position(|line| line.contains(what));
    Ok(found.with_context(|| format!("the program has no `{what}`"))? as u64)
}
