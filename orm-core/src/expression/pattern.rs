//! Patterns for LIKE.

use crate::expression::Condition;
use crate::syntax::{Like, Node};
use crate::value::Datum;

/// `text LIKE pattern`, where `!` escapes.
pub(super) fn like(text: Node, pattern: String, negated: bool) -> Condition {
    let pattern = Node::Value(Datum::Text(pattern));
    Condition(Node::Like(Box::new(Like { text, pattern, negated })))
}

/// `text` as a part of a pattern that stands for itself.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 2);
    for letter in text.chars() {
        if matches!(letter, '!' | '%' | '_') {
            escaped.push('!');
        }
        escaped.push(letter);
    }
    escaped
}
