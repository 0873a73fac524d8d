//! Functions of the server.

use super::Node;

/// A function that databases have, each under a name and in a form of its own: see
/// [`Dialect::function`](crate::dialect::Dialect::function).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
#[non_exhaustive]
pub enum Function {
    Lower,
    Upper,
    CharLength,
    Coalesce,
    Year,
}

/// A function and what it is given.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Call {
    pub function: Function,
    pub arguments: Vec<Node>,
}
