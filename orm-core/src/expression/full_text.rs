//! Full-text search.

use crate::expression::{Condition, Expr};
use crate::syntax::{Function, Node};
use crate::value::{Datum, Kind, Textual};

/// The text columns of a full-text search: one, or a tuple of them.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |_| {
/// use orm::dialect::MYSQL;
/// let statement = Post::query().filter(|p| has_words((p.title, p.body), "hello")).to_sql(&MYSQL)?;
/// assert!(statement.sql.contains("MATCH (`posts`.`title`, `posts`.`body`)"), "{statement}");
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a text column to search",
    label = "expected a text column or a tuple of them"
)]
pub trait Searched {
    #[doc(hidden)]
    fn push(self, nodes: &mut Vec<Node>);
}

#[diagnostic::do_not_recommend]
impl<V: Textual, N> Searched for crate::Column<V, N> {
    fn push(self, nodes: &mut Vec<Node>) {
        nodes.push(self.into_node());
    }
}

macro_rules! searched {
    ($($name:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<$($name: Searched),*> Searched for ($($name,)*) {
            #[allow(non_snake_case, reason = "one variable per type")]
            fn push(self, nodes: &mut Vec<Node>) {
                let ($($name,)*) = self;
                $($name.push(nodes);)*
            }
        }
    };
}
crate::macros::for_tuples!(searched);

/// Full-text search: whether the columns contain any of the words (MATCH .. AGAINST). The columns must be exactly those of
/// one `#[orm(full_text(title, body))]`, the full-text index of MySQL and MariaDB. SQLite has none: there it is an error
/// before the statement is sent.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let found = Post::query().filter(|p| has_words((p.title, p.body), "hello world"));
/// assert!(found.all(db).await.unwrap_err().is_unsupported()); // not on SQLite
/// # Ok(()) }) }
/// ```
///
/// `words` may come from a client as typed: the only special characters are quotes around a phrase. The server decides what
/// counts as a word: InnoDB ignores words of fewer than three letters and stop words such as `the`, and finds rows only once
/// they are committed.
pub fn has_words(columns: impl Searched, words: &str) -> Condition {
    Condition(search(Function::MatchWords, columns, words))
}

/// Full-text search in boolean mode: like [`has_words`], but `+word` is required, `-word` is excluded, and `word*` is a
/// prefix. See
/// <https://dev.mysql.com/doc/refman/8.4/en/fulltext-boolean.html>. Text typed by a client may be invalid in this syntax,
/// which is an error of the server.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let found = Post::query().filter(|p| has_words_boolean(p.title, "+hello -world"));
/// assert!(found.all(db).await.unwrap_err().is_unsupported()); // not on SQLite
/// # Ok(()) }) }
/// ```
pub fn has_words_boolean(columns: impl Searched, words: &str) -> Condition {
    Condition(search(Function::MatchBoolean, columns, words))
}

/// Returns the relevance of the columns for the words that [`has_words`] looks for: 0 for no match, higher for better
/// matches, on no fixed scale.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |_| {
/// use orm::dialect::MYSQL;
/// let best_first = Post::query()
///     .filter(|p| has_words((p.title, p.body), "hello world"))
///     .order_by(|p| relevance((p.title, p.body), "hello world").desc())
///     .select(|p| (p.title, relevance((p.title, p.body), "hello world"))); // of type `(String, f64)`
/// assert!(best_first.to_sql(&MYSQL)?.sql.contains(" ORDER BY MATCH ("));
/// # Ok(()) }) }
/// ```
pub fn relevance(columns: impl Searched, words: &str) -> Expr<f64> {
    Expr::new(search(Function::MatchWords, columns, words))
}

/// Returns the relevance of the columns for what [`has_words_boolean`] looks for: 0 for no match.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |_| {
/// use orm::dialect::MYSQL;
/// let best_first = Post::query().order_by(|p| relevance_boolean(p.title, "+hello world*").desc());
/// assert!(best_first.to_sql(&MYSQL)?.sql.ends_with("IN BOOLEAN MODE) DESC"));
/// # Ok(()) }) }
/// ```
pub fn relevance_boolean(columns: impl Searched, words: &str) -> Expr<f64> {
    Expr::new(search(Function::MatchBoolean, columns, words))
}

/// Returns the server's relevance for the words: a number, which also serves as a condition.
fn search(function: Function, columns: impl Searched, words: &str) -> Node {
    let mut nodes = vec![Node::Value(Datum::Text(words.into()))];
    columns.push(&mut nodes);
    Node::call(function, Kind::DoublePrecision, nodes)
}
