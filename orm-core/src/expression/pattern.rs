//! Patterns for LIKE.

use crate::expression::{Aggregate, Column, Condition, Expr};
use crate::mode::Mode;
use crate::syntax::{Function, Like, Node};
use crate::value::{Datum, Kind, Textual};

/// A text to match with: a Rust string, or a column or expression of text.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::Pattern;
///
/// fn with_email(start: impl Pattern) -> Query<User> {
///     User::query().filter(|u| u.email.starts_with(start))
/// }
/// assert_eq!(with_email("ann@").count(db).await?, 1);
/// assert_eq!(with_email(value("bob".to_owned()).concat("@")).count(db).await?, 1);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be searched for in a text",
    label = "expected a text, or a text column or expression",
    note = "convert a column with `.cast::<String>()`, a Rust value with `.to_string()`; for an `Option`, use `.filter_some(..)`"
)]
pub trait Pattern {
    /// Returns the expression.
    #[doc(hidden)]
    fn node(self) -> Node;
}

#[diagnostic::do_not_recommend]
impl<T: AsRef<str> + ?Sized> Pattern for &T {
    fn node(self) -> Node {
        text(self.as_ref().to_owned())
    }
}

#[diagnostic::do_not_recommend]
impl Pattern for String {
    fn node(self) -> Node {
        text(self)
    }
}

macro_rules! expressions {
    ($($ty:ident)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<V: Textual, N: Mode> Pattern for $ty<V, N> {
            fn node(self) -> Node {
                self.into_node()
            }
        }
        #[diagnostic::do_not_recommend]
        impl<V: Textual, N: Mode> Pattern for &$ty<V, N> {
            fn node(self) -> Node {
                self.clone().into_node()
            }
        }
    )* };
}
expressions!(Column Expr Aggregate);

/// Returns `text LIKE pattern`, with the escape character `!`.
pub(super) fn like(text: Node, pattern: Node, negated: bool) -> Condition {
    Condition(Node::Like(Box::new(Like { text, pattern, negated })))
}

/// Returns a pattern in which `part` is taken literally, between `before` and `after`.
pub(super) fn around(before: &str, part: Node, after: &str) -> Node {
    if let Node::Value(Datum::Text(part)) = part {
        return text(escaped(before, &part, after));
    }
    let call = |function, arguments| Node::call(function, Kind::Text, arguments);
    let mut pattern = call(Function::EscapePattern, vec![part]);
    if !before.is_empty() {
        pattern = call(Function::Concat, vec![text(before.to_owned()), pattern]);
    }
    if !after.is_empty() {
        pattern = call(Function::Concat, vec![pattern, text(after.to_owned())]);
    }
    pattern
}

fn text(text: String) -> Node {
    Node::Value(Datum::Text(text.into()))
}

/// Does the same for a Rust string. See [`Function::EscapePattern`].
fn escaped(before: &str, part: &str, after: &str) -> String {
    let mut pattern = String::with_capacity(part.len() + 4);
    pattern.push_str(before);
    for letter in part.chars() {
        if matches!(letter, '!' | '%' | '_') {
            pattern.push('!');
        }
        pattern.push(letter);
    }
    pattern.push_str(after);
    pattern
}
