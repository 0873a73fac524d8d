//! The conditions of outer joins.

use crate::syntax::{Comparison, Node, Operator};
use crate::value::Datum;

/// Rewrites a condition of an outer join so that its subqueries are plain values: MySQL would turn a subquery that must hold
/// into a join, and so repeat rows of the left side (seen with 9.7).
pub(super) fn with_queries_as_values(condition: Node) -> Node {
    match condition {
        Node::All(all) => Node::All(all.into_iter().map(with_queries_as_values).collect()),
        Node::Any(any) => Node::Any(any.into_iter().map(with_queries_as_values).collect()),
        Node::Not(opposite) => Node::Not(Box::new(with_queries_as_values(*opposite))),
        Node::Exists(_) | Node::InQuery(_) | Node::Quantified(_) => {
            Node::binary(condition, Operator::Compare(Comparison::Equal), Node::Value(Datum::Bool(true)))
        }
        condition => condition,
    }
}
