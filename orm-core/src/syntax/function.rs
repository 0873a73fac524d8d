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
    ByteLength,
    Trim,
    TrimStart,
    TrimEnd,
    Concat,
    Replace,
    Substring,
    Left,
    Right,
    PadStart,
    PadEnd,
    Repeat,
    Reverse,
    Position,
    /// A text as a pattern of LIKE that it alone matches: with a `!` before each `!`, `%` and `_`.
    EscapePattern,
    /// Whether a text matches a regular expression.
    Matches,
    /// Whether texts, all but the first argument, match the words of the first.
    MatchWords,
    /// The same, with operators among the words.
    MatchBoolean,
    Remainder,
    Negate,
    Abs,
    Sign,
    Round,
    /// Leaves digits off.
    Cut,
    /// Itself, written in the same way as all numbers that are equal to it.
    Normal,
    Floor,
    Ceiling,
    Power,
    SquareRoot,
    Exponential,
    Logarithm,
    Logarithm10,
    Logarithm2,
    Sine,
    Cosine,
    Tangent,
    ArcSine,
    ArcCosine,
    ArcTangent,
    ArcTangent2,
    Degrees,
    Radians,
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
    Microsecond,
    Quarter,
    IsoWeek,
    IsoYear,
    /// From 1, Monday, to 7.
    Weekday,
    DayOfYear,
    Date,
    Truncate(Unit),
    Add(Unit),
    DaysSince,
    SecondsSince,
    LastDay,
    UnixSeconds,
    FromUnixSeconds,
    Now,
    Today,
    /// From 0 up to 1, which it never is: another one for each row.
    Random,
    /// About a JSON document.
    Json(JsonFunction),
}

/// A function about the JSON document that is its first argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonFunction {
    /// The part at a path, as a document.
    Part,
    /// The first element of an array.
    First,
    /// Itself, if it is a text.
    Text,
    /// Itself, if it is a whole number.
    Int,
    /// Itself, if it is a number.
    Float,
    /// Itself, if it is true or false.
    Bool,
    /// Whether it is JSON's null.
    IsNull,
    /// How many elements it has, if it is an array.
    Length,
    /// Whether another document is in it.
    Contains,
    /// Itself, merged with another one.
    MergePatch,
}

/// A part of a date or a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Unit {
    Year,
    Quarter,
    Month,
    /// From Monday on.
    Week,
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

/// Whether a text is the name of a function or a collation: such are written as they are.
#[must_use]
pub const fn is_name(name: &str) -> bool {
    let bytes = name.as_bytes();
    let mut index = 0;
    while index < bytes.len() {
        if !matches!(bytes[index], b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'.') {
            return false;
        }
        index += 1;
    }
    !bytes.is_empty() && !bytes[0].is_ascii_digit()
}

/// A function that only the user knows, by its name.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub struct NamedCall {
    pub name: &'static str,
    /// The kind of its value.
    pub kind: Kind,
    pub arguments: Vec<Node>,
}

/// The first value whose condition holds.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Case {
    /// The kind of its values.
    pub kind: Kind,
    pub branches: Vec<(Node, Node)>,
    pub otherwise: Option<Node>,
}
