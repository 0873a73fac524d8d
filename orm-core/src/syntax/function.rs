//! Server functions.

use super::Node;
use crate::value::Kind;

/// A function that databases support under different names and in different forms. See
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
    /// Like `Substring`, with a start or length that may be NULL, 0 or negative.
    SubstringAt,
    Left,
    Right,
    /// Like `Right`, with a length that may be NULL or negative.
    RightOf,
    PadStart,
    PadEnd,
    Repeat,
    /// Like `Repeat`, with a number that may be NULL or negative.
    RepeatBy,
    Reverse,
    Position,
    /// Escapes a text for LIKE, so that the pattern matches only this text: puts `!` before each `!`, `%` and `_`.
    EscapePattern,
    /// Whether a text matches a regular expression.
    Matches,
    /// Full-text search: whether the texts, all arguments but the first, match the words of the first argument.
    MatchWords,
    /// Full-text search in boolean mode, with operators among the words.
    MatchBoolean,
    Remainder,
    Negate,
    Abs,
    Sign,
    Round,
    /// Truncates digits.
    Cut,
    /// Normalizes a decimal, so that equal numbers have the same text.
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
    /// Converts to a text whose type sets no limit: further rows of a recursive query may be longer.
    CastToGrow,
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
    /// The day of the week, from 1 for Monday to 7 for Sunday.
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
    /// A random number from 0 (inclusive) to 1 (exclusive), a different one for each row.
    Random,
    /// A JSON function.
    Json(JsonFunction),
}

/// A function on the JSON document that is its first argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonFunction {
    /// The part at a path, as a document.
    Part,
    /// The first element of an array.
    First,
    /// The document itself, if it is a string.
    Text,
    /// The document itself, if it is an integer.
    Int,
    /// The document itself, if it is a number.
    Float,
    /// The document itself, if it is true or false.
    Bool,
    /// Whether it is JSON `null`.
    IsNull,
    /// The number of elements, if it is an array.
    Length,
    /// Whether it contains another document.
    Contains,
    /// The document, merged with a patch.
    MergePatch,
    /// A value of the call's kind as the text of a document; `null` for NULL.
    Written,
    /// The array of texts of documents that are separated by commas; empty for NULL.
    Array,
}

/// A unit of dates and times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Unit {
    Year,
    Quarter,
    Month,
    /// Starts on Monday.
    Week,
    Day,
    Hour,
    Minute,
    Second,
}

/// A function call.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Call {
    pub function: Function,
    /// The kind of its operands, which its SQL may depend on.
    pub kind: Kind,
    pub arguments: Vec<Node>,
}

/// Returns whether a text is a valid name of a function or a collation: these are written without quoting.
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

/// A call of a server function by its name, which only the user knows.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub struct NamedCall {
    pub name: &'static str,
    /// The kind of its value.
    pub kind: Kind,
    pub arguments: Vec<Node>,
}

/// A CASE expression: the value of the first condition that holds.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Case {
    /// The kind of its values.
    pub kind: Kind,
    pub branches: Vec<(Node, Node)>,
    pub otherwise: Option<Node>,
}
