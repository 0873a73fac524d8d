//! How lists and rows of values from the program are passed.

use super::Template;
use crate::value::Kind;

/// How one update receives many rows with different values.
#[derive(Debug, Clone, Copy)]
pub enum Handover {
    /// As VALUES in its FROM clause.
    Values,
    /// As one JSON text, joined as a JSON_TABLE.
    Json(fn(Kind) -> JsonElement),
}

/// How values of a kind are read from JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JsonElement {
    /// The type of the element.
    pub ty: &'static str,
    /// The value that a column stores; `{0}` is the element.
    pub stored: Template,
    /// The value to compare a column with, using the column's index if it is `stored`.
    pub compared: Template,
    /// The column of a list of rows used as a table: compared by the rules of the other operand.
    pub listed: Template,
    /// Whether texts are sent as the hexadecimal digits of their bytes.
    pub text_as_hex: bool,
}

/// The elements of a JSON list.
#[derive(Debug, Clone, Copy)]
pub struct ListElement {
    /// Their type.
    pub ty: &'static str,
    /// The expression to compare; `{0}` is the element.
    pub value: Template,
    /// Whether texts are sent as the hexadecimal digits of their bytes.
    pub text_as_hex: bool,
}
