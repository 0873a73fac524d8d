//! The tables, the rows in them, and how they read.

use anyhow::{Result, bail};
use serde::Serialize;

use crate::people::{people, person};
use crate::work::Work;

/// A user.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct User {
    /// The key; the database gives it.
    pub id: u64,
    /// The name.
    pub name: String,
    /// The color of the hair.
    pub hair_color: Option<String>,
}

/// What a user writes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Post {
    /// The key.
    pub id: u64,
    /// Whose it is.
    pub user_id: u64,
    /// What it is called.
    pub title: String,
    /// What it says.
    pub body: Option<String>,
}

/// What is said to a post.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comment {
    /// The key.
    pub id: u64,
    /// To which post.
    pub post_id: u64,
    /// What it says.
    pub text: String,
}

const MYSQL: [&str; 4] = [
    "CREATE TABLE users (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, name VARCHAR(100) NOT NULL, \
     hair_color VARCHAR(100)) CHARACTER SET utf8mb4",
    "CREATE TABLE posts (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, user_id BIGINT UNSIGNED NOT NULL, \
     title VARCHAR(255) NOT NULL, body VARCHAR(255), KEY (user_id), FOREIGN KEY (user_id) REFERENCES users (id)) CHARACTER SET utf8mb4",
    "CREATE TABLE comments (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, \
     post_id BIGINT UNSIGNED NOT NULL, text VARCHAR(255) NOT NULL, KEY (post_id), \
     FOREIGN KEY (post_id) REFERENCES posts (id)) CHARACTER SET utf8mb4",
    "CREATE TABLE accounts (id BIGINT UNSIGNED NOT NULL PRIMARY KEY, balance BIGINT NOT NULL, \
     version INT UNSIGNED NOT NULL) CHARACTER SET utf8mb4",
];

const SQLITE: [&str; 6] = [
    "CREATE TABLE users (id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, hair_color TEXT)",
    "CREATE TABLE posts (id INTEGER NOT NULL PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id), \
     title TEXT NOT NULL, body TEXT)",
    "CREATE TABLE comments (id INTEGER NOT NULL PRIMARY KEY, post_id INTEGER NOT NULL REFERENCES posts (id), \
     text TEXT NOT NULL)",
    "CREATE TABLE accounts (id INTEGER NOT NULL PRIMARY KEY, balance INTEGER NOT NULL, version INTEGER NOT NULL)",
    // The tables of a server index their foreign keys by themselves.
    "CREATE INDEX posts_user_id ON posts (user_id)",
    "CREATE INDEX comments_post_id ON comments (post_id)",
];

/// What makes the tables anew on a database of this URL, and fills them for a work.
///
/// # Errors
/// If the URL is neither of `mysql:` nor of `sqlite:`.
pub fn statements(url: &str, work: &Work) -> Result<Vec<String>> {
    let mut statements: Vec<String> =
        ["comments", "posts", "users", "accounts"].map(|it| format!("DROP TABLE IF EXISTS {it}")).into();
    match url.split_once(':') {
        Some((scheme, _)) if scheme.starts_with("mysql") => statements.extend(MYSQL.map(str::to_owned)),
        Some(("sqlite", _)) => statements.extend(SQLITE.map(str::to_owned)),
        _ => bail!("the programs of a race know `mysql:` and `sqlite:`"),
    }
    let users = if work.grows() || work.needs_nothing() { 0 } else { work.rows };
    let (posts, comments) = work.below();
    statements.extend(rows("INSERT INTO users (id, name, hair_color) VALUES ", &sql_users(users)));
    statements.extend(rows("INSERT INTO posts (id, user_id, title, body) VALUES ", &sql_posts(users, posts)));
    statements.extend(rows(
        "INSERT INTO comments (id, post_id, text) VALUES ",
        &sql_comments(users * posts, comments),
    ));
    let accounts: Vec<String> = (1..=work.accounts()).map(|id| format!("({id}, 100, 1)")).collect();
    statements.extend(rows("INSERT INTO accounts (id, balance, version) VALUES ", &accounts));
    Ok(statements)
}

fn sql_users(count: usize) -> Vec<String> {
    let row = |(at, person): (usize, crate::Person)| {
        let color = person.hair_color.map_or("NULL".to_owned(), |color| format!("'{color}'"));
        format!("({}, '{}', {color})", at + 1, person.name)
    };
    people(count).into_iter().enumerate().map(row).collect()
}

fn sql_posts(users: usize, each: usize) -> Vec<String> {
    posts(users, each)
        .iter()
        .map(|post| format!("({}, {}, '{}', NULL)", post.id, post.user_id, post.title))
        .collect()
}

fn sql_comments(posts: usize, each: usize) -> Vec<String> {
    comments(posts, each).iter().map(|it| format!("({}, {}, '{}')", it.id, it.post_id, it.text)).collect()
}

/// Statements of at most 500 rows: so what a contestant keeps of them in its cache is little beside the rows.
fn rows(insert: &str, rows: &[String]) -> Vec<String> {
    rows.chunks(500).map(|rows| format!("{insert}{}", rows.join(", "))).collect()
}

/// What puts the accounts into the place of the users, so that those can see them who read no accounts: the key, the balance
/// as the name, and the version, or what is given for it, as the color of the hair.
pub(crate) fn show_accounts(version: &str) -> [String; 2] {
    let columns = format!("SELECT id, balance, {version} FROM accounts");
    ["DELETE FROM users".to_owned(), format!("INSERT INTO users (id, name, hair_color) {columns}")]
}

/// An account as it is seen then.
pub(crate) fn account(id: usize, balance: i64, version: Option<u32>) -> User {
    User { id: id as u64, name: balance.to_string(), hair_color: version.map(|it| it.to_string()) }
}

/// The users that a table of so many has.
pub(crate) fn users(count: usize) -> Vec<User> {
    (0..count).map(user).collect()
}

/// One of them.
pub(crate) fn user(at: usize) -> User {
    let person = person(at);
    User { id: at as u64 + 1, name: person.name, hair_color: person.hair_color }
}

/// The posts of so many users.
pub(crate) fn posts(users: usize, each: usize) -> Vec<Post> {
    let post = |at: usize| Post {
        id: at as u64 + 1,
        user_id: (at / each) as u64 + 1,
        title: format!("Post number {}", at + 1),
        body: None,
    };
    (0..users * each).map(post).collect()
}

/// The comments of so many posts.
pub(crate) fn comments(posts: usize, each: usize) -> Vec<Comment> {
    let comment = |at: usize| Comment {
        id: at as u64 + 1,
        post_id: (at / each) as u64 + 1,
        text: format!("Comment number {}", at + 1),
    };
    (0..posts * each).map(comment).collect()
}
