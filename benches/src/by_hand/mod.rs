//! The work by hand, as somebody would write it who knows the driver well.

mod mysql;
mod sqlite;

pub(crate) use mysql::Mysql;
pub(crate) use sqlite::Sqlite;

use std::collections::HashMap;

use anyhow::Result;
use orm::dialect::Dialect;

use crate::models::{Comment, Feed, Post, Tables, User};

/// What makes the tables anew: the same text that `orm` sends.
fn new_table(dialect: &Dialect) -> Result<Vec<String>> {
    let tables = ["comments", "posts", "users", "accounts"];
    let mut statements: Vec<String> = tables.map(|table| format!("DROP TABLE IF EXISTS {table}")).into();
    statements.extend(orm::Schema::of::<Tables>(dialect)?.ddl(dialect));
    Ok(statements)
}

/// One statement for so many rows.
fn insert(rows: usize) -> String {
    format!("INSERT INTO users (name, hair_color) VALUES {}", vec!["(?, ?)"; rows].join(", "))
}

const LOAD: &str = "SELECT id, name, hair_color FROM users";
const FIND: &str = "SELECT id, name, hair_color FROM users WHERE id = ?";
const RENAME: &str = "UPDATE users SET name = ? WHERE id = ?";
const PAIRS: &str = "SELECT users.id, users.name, users.hair_color, posts.id, posts.user_id, posts.title, posts.body \
     FROM users LEFT JOIN posts ON posts.user_id = users.id WHERE users.id > ? ORDER BY users.id, posts.id";
const ACCOUNTS: &str = "SELECT id, balance, version FROM accounts WHERE id <= ?";
const CHANGE: &str = "UPDATE accounts SET balance = ?, version = version + 1 WHERE id = ? AND version = ?";

/// What belongs to any of so many rows.
fn posts_of(users: usize) -> String {
    format!("SELECT id, user_id, title, body FROM posts WHERE user_id IN ({})", placeholders(users))
}

/// What belongs to any of so many rows.
fn comments_of(posts: usize) -> String {
    format!("SELECT id, post_id, text FROM comments WHERE post_id IN ({})", placeholders(posts))
}

fn placeholders(count: usize) -> String {
    vec!["?"; count].join(", ")
}

/// Puts rows together that were loaded level by level.
fn feed(users: Vec<User>, posts: Vec<Post>, comments: Vec<Comment>) -> Feed {
    let mut of_post: HashMap<u64, Vec<Comment>> = HashMap::with_capacity(posts.len());
    for comment in comments {
        of_post.entry(comment.post_id).or_default().push(comment);
    }
    let mut of_user: HashMap<u64, Vec<(Post, Vec<Comment>)>> = HashMap::with_capacity(users.len());
    for post in posts {
        let comments = of_post.remove(&post.id).unwrap_or_default();
        of_user.entry(post.user_id).or_default().push((post, comments));
    }
    let with_posts = |user: User| {
        let posts = of_user.remove(&user.id).unwrap_or_default();
        (user, posts)
    };
    users.into_iter().map(with_posts).collect()
}
