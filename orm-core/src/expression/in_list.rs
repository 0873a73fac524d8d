//! Membership in a list or in the rows of a query: IN.

use crate::expression::{Condition, Operand};
use crate::query::Rows;
use crate::syntax::{Comparison, InList, InQuery, Node, Operator};
use crate::value::Value;

/// The argument of `is_in`: a list of values for a `V` column, or a query that selects such values.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let named = User::query().filter(|u| u.name.is_in(["Ann", "Bob"]).and(u.id.is_in(1..=1)));
/// assert_eq!(named.count(db).await?, 1);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of `{V}`",
    label = "expected a list or a query of `{V}`",
    note = "a list is `[1, 2]`, `&ids` or any iterator of values or columns; a query must select one column: `.select(|row| row.id)`"
)]
pub trait Candidates<V> {
    #[doc(hidden)]
    fn contain(self, needle: Node, negated: bool) -> Condition;
}

#[diagnostic::do_not_recommend]
impl<V: Value, T: Operand<V>, I: IntoIterator<Item = T>> Candidates<V> for I {
    fn contain(self, needle: Node, negated: bool) -> Condition {
        let mut values = Vec::new();
        let mut others = Vec::new();
        for candidate in self {
            match candidate.node() {
                Node::Value(value) => values.push(value),
                other => others.push(other),
            }
        }
        let mut any = Vec::with_capacity(1 + others.len());
        for other in others {
            any.push(Node::binary(needle.clone(), Operator::Compare(Comparison::Equal), other));
        }
        let list = Node::InList(Box::new(InList { needle, kind: V::KIND, values, negated }));
        if any.is_empty() {
            return Condition(list);
        }
        any.push(match list {
            Node::InList(mut list) => {
                list.negated = false;
                Node::InList(list)
            }
            other => other,
        });
        let any = Condition(Node::Any(any));
        if negated { any.not() } else { any }
    }
}

#[diagnostic::do_not_recommend]
impl<V: Value> Candidates<V> for Rows<V> {
    fn contain(self, needle: Node, negated: bool) -> Condition {
        Condition(Node::InQuery(Box::new(InQuery { needle, query: self.into_select(), negated })))
    }
}

/// A query of nullable values: NULL among them matches nothing.
#[diagnostic::do_not_recommend]
impl<V: Value> Candidates<V> for Rows<Option<V>> {
    fn contain(self, needle: Node, negated: bool) -> Condition {
        Condition(Node::InQuery(Box::new(InQuery { needle, query: self.into_select(), negated })))
    }
}
