//! Comparisons with the rows of a query.

use super::{Comparison, Node, Select};
use crate::value::Kind;

/// An expression compared with each row of a query.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Quantified {
    pub left: Node,
    pub comparison: Comparison,
    pub quantifier: Quantifier,
    pub query: Select,
    /// What is compared.
    pub kind: Kind,
}

/// For how many rows a comparison must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantifier {
    /// At least one.
    Any,
    /// All there are; also if there are none.
    Every,
}
