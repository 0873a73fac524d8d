//! Comparisons with ANY or ALL rows of a query.

use super::{Comparison, Node, Select};
use crate::value::Kind;

/// An expression compared with the rows of a query.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Quantified {
    pub left: Node,
    pub comparison: Comparison,
    pub quantifier: Quantifier,
    pub query: Select,
    /// The kind of the compared values.
    pub kind: Kind,
}

/// For how many rows the comparison must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantifier {
    /// At least one: ANY.
    Any,
    /// Every one, also if there are none: ALL.
    Every,
}
