//! The tables, and the people in them.

use orm::prelude::*;

/// A user: what is loaded, by hand too.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "users", has_many(posts: Post))]
pub(crate) struct User {
    #[orm(primary_key, auto)]
    pub(crate) id: u64,
    // Not by `length`, which is a CHECK on SQLite: it would add the same to both sides, and so hide what differs.
    #[orm(sql_type = "VARCHAR(100)")]
    pub(crate) name: String,
    #[orm(sql_type = "VARCHAR(100)")]
    pub(crate) hair_color: Option<String>,
}

/// What a user writes.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "posts", has_many(comments: Comment))]
pub(crate) struct Post {
    #[orm(primary_key, auto)]
    pub(crate) id: u64,
    #[orm(belongs_to = User)]
    pub(crate) user_id: u64,
    pub(crate) title: String,
    pub(crate) body: Option<String>,
}

/// What is said to it.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "comments")]
pub(crate) struct Comment {
    #[orm(primary_key, auto)]
    pub(crate) id: u64,
    #[orm(belongs_to = Post)]
    pub(crate) post_id: u64,
    pub(crate) text: String,
}

/// A row that counts its changes.
#[derive(Model, Debug)]
#[orm(table = "accounts")]
pub(crate) struct Account {
    #[orm(primary_key)]
    pub(crate) id: u64,
    pub(crate) balance: i64,
    #[orm(version)]
    pub(crate) version: u32,
}

/// All tables.
pub(crate) type Tables = (User, Post, Comment, Account);

/// Users with their posts, and these with their comments.
pub(crate) type Feed = Vec<(User, Vec<(Post, Vec<Comment>)>)>;

/// A user who is not in the table yet.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) hair_color: Option<String>,
}

/// So many people, the same ones each time; one in three says nothing of their hair.
pub(crate) fn people(count: usize) -> Vec<Person> {
    let colors = ["black", "brown", "red", "blond"];
    (0..count)
        .map(|number| Person {
            name: format!("User number {number}"),
            hair_color: (number % 3 > 0).then(|| colors[number % colors.len()].to_owned()),
        })
        .collect()
}
