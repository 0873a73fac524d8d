//! Functions of the server.

use super::Node;
use crate::value::Kind;

/// A function that databases have, each under a name and in a form of its own: see
/// [`Dialect::function`](crate::dialect::Dialect::function).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
#[non_exhaustive]
pub enum Function {
    Lower,
    Upper,
    CharLength,
    Trim,
    TrimStart,
    TrimEnd,
    Concat,
    Replace,
    Substring,
    Left,
    Position,
    /// Whether a text matches a regular expression.
    Matches,
    /// Whether texts, all but the first argument, match the words of the first.
    MatchWords,
    /// The same, with operators among the words.
    MatchBoolean,
    Negate,
    Abs,
    Sign,
    Round,
    Floor,
    Ceiling,
    Power,
    SquareRoot,
    Exponential,
    Logarithm,
    Greatest,
    Least,
    BitAnd,
    BitOr,
    BitXor,
    ShiftLeft,
    ShiftRight,
    Coalesce,
    NullIf,
    /// Converts to the kind of the call.
    Cast,
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    /// From 1, Monday, to 7.
    Weekday,
    DayOfYear,
    Date,
    Truncate(Unit),
    Add(Unit),
    DaysSince,
    SecondsSince,
    Now,
    Today,
}

/// A part of a date or a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Unit {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
}

/// A function and what it is given.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Call {
    pub function: Function,
    /// The kind of what it computes with, by which its form may differ.
    pub kind: Kind,
    pub arguments: Vec<Node>,
}

/// A function that only the user knows, by its name.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub struct NamedCall {
    pub name: &'static str,
    pub arguments: Vec<Node>,
}

/// The first value whose condition holds.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Case {
    pub branches: Vec<(Node, Node)>,
    pub otherwise: Option<Node>,
}
