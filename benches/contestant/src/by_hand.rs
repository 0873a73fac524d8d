//! The code shared by handwritten contestants: SQL, and the nesting of related rows.

use crate::{Comment, Post, User, nest};

/// S1.
pub const LOAD: &str = "SELECT id, name, hair_color FROM users";
/// S2, for users above a key.
pub const PAIRS: &str = "SELECT users.id, users.name, users.hair_color, posts.id, posts.user_id, posts.title, posts.body \
     FROM users LEFT JOIN posts ON posts.user_id = users.id WHERE users.id > ? ORDER BY users.id, posts.id";
/// S5.
pub const FIND: &str = "SELECT id, name, hair_color FROM users WHERE id = ?";
/// S7 and S8.
pub const RENAME: &str = "UPDATE users SET name = ? WHERE id = ?";
/// The rows of S12b, up to a key.
pub const ACCOUNTS: &str = "SELECT id, balance, version FROM accounts WHERE id <= ?";
/// The UPDATE of S12b.
pub const CHANGE: &str =
    "UPDATE accounts SET balance = ?, version = version + 1 WHERE id = ? AND version = ?";

/// The number of rows per INSERT, where there are too many for one.
pub const PART: usize = 10_000;

/// S3: returns one INSERT of this many rows.
pub fn insert(rows: usize) -> String {
    format!("INSERT INTO users (name, hair_color) VALUES {}", vec!["(?, ?)"; rows].join(", "))
}

/// S9: returns an upsert of this many rows, up to the clause for existing rows.
pub fn upsert(rows: usize) -> String {
    format!("INSERT INTO accounts (id, balance, version) VALUES {}", vec!["(?, ?, 1)"; rows].join(", "))
}

/// Pads the keys of S10 to a power of two with the last one: so there are only a few different statements, which stay
/// prepared. There must be at least one key.
pub fn filled(keys: &[u64]) -> impl ExactSizeIterator<Item = u64> {
    let last = keys.len().saturating_sub(1);
    (0..keys.len().next_power_of_two()).map(move |at| keys[at.min(last)])
}

/// S10: returns the SELECT of users by this many keys.
pub fn listed(keys: usize) -> String {
    format!("{LOAD} WHERE id IN ({})", placeholders(keys))
}

/// Returns the SELECT of the posts of this many users.
pub fn posts_of(users: usize) -> String {
    format!("SELECT id, user_id, title, body FROM posts WHERE user_id IN ({})", placeholders(users))
}

/// Returns the SELECT of the comments of this many posts.
pub fn comments_of(posts: usize) -> String {
    format!("SELECT id, post_id, text FROM comments WHERE post_id IN ({})", placeholders(posts))
}

fn placeholders(count: usize) -> String {
    vec!["?"; count].join(", ")
}

/// Users with their posts, and the posts with their comments.
pub type Feed = Vec<(User, Vec<(Post, Vec<Comment>)>)>;

/// S4: nests rows that were loaded level by level.
pub fn feed(users: Vec<User>, posts: Vec<Post>, comments: Vec<Comment>) -> Feed {
    let posts = nest(posts, |post| post.id, comments, |comment| comment.post_id);
    nest(users, |user| user.id, posts, |(post, _)| post.user_id)
}
