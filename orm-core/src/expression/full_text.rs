//! Full-text search.

use crate::expression::{Condition, Expr};
use crate::syntax::{Function, Node};
use crate::value::{Datum, Kind, Textual};

/// Text columns that a full-text search looks through: one, or a tuple of them.
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
    message = "`{Self}` is no text to search",
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

/// Some of the words are in these columns: just those of one `#[orm(full_text(title, body))]`, the index that MySQL and MariaDB look
/// through. SQLite has none, where this is an error before it is sent.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let found = Post::query().filter(|p| has_words((p.title, p.body), "hello world"));
/// assert!(found.all(db).await.unwrap_err().is_unsupported()); // here on SQLite
/// # Ok(()) }) }
/// ```
///
/// The words may be what a client has typed: all that is special in them is a pair of quotes, around words that stand side by side. Which
/// words there are is up to the server: InnoDB leaves out those of less than three letters and those such as `the`, and finds rows once
/// they are committed.
pub fn has_words(columns: impl Searched, words: &str) -> Condition {
    Condition(search(Function::MatchWords, columns, words))
}

/// As [`has_words`], but `+word` must be there, `-word` must not, and `word*` is a beginning: the boolean mode of
/// <https://dev.mysql.com/doc/refman/8.4/en/fulltext-boolean.html>. What a client has typed may be a mistake in that language, which is
/// an error of the server.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let found = Post::query().filter(|p| has_words_boolean(p.title, "+hello -world"));
/// assert!(found.all(db).await.unwrap_err().is_unsupported()); // here on SQLite
/// # Ok(()) }) }
/// ```
pub fn has_words_boolean(columns: impl Searched, words: &str) -> Condition {
    Condition(search(Function::MatchBoolean, columns, words))
}

/// How much these columns have of the words that [`has_words`] looks for: 0 if nothing, and the more the better, of no certain scale.
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

/// How much these columns have of what [`has_words_boolean`] looks for: 0 if that does not hold.
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

/// What a server says of the words: a number, which is a condition, too.
fn search(function: Function, columns: impl Searched, words: &str) -> Node {
    let mut nodes = vec![Node::Value(Datum::Text(words.to_owned()))];
    columns.push(&mut nodes);
    Node::call(function, Kind::DoublePrecision, nodes)
}
