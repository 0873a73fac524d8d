//! Patterns for LIKE.

use crate::expression::Condition;
use crate::syntax::{Like, Node};
use crate::value::Datum;

/// `text LIKE pattern`, where `!` escapes.
pub(super) fn like(text: Node, pattern: String, negated: bool) -> Condition {
    like_computed(text, Node::Value(Datum::Text(pattern)), negated)
}

/// `text LIKE pattern`, where `!` escapes, for a pattern that the server computes.
pub(super) fn like_computed(text: Node, pattern: Node, negated: bool) -> Condition {
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
