//! Computed group keys.

use std::fmt::Write as _;

use super::Renderer;
use crate::error::Result;
use crate::syntax::Node;
use crate::value::{Datum, text_form};

impl Renderer<'_> {
    /// Writes a computed group key. It must have the same text wherever it is used: on servers to which no two placeholders
    /// are equal, its values are written as literals. Where only columns and aggregates are allowed, MIN picks one of the
    /// equal values: in HAVING, and in every clause where MySQL does not recognize the key, such as a key with a subquery or
    /// one inside an expression.
    pub(super) fn key(&mut self, mut node: Node) -> Result<()> {
        if !self.dialect.plain_keys {
            return self.operand(node);
        }
        let inside = !std::mem::take(&mut self.whole) && self.grouped;
        let around = std::mem::replace(&mut self.in_key, true);
        if self.in_having || (!self.in_group_by && (inside || node.has_query())) {
            self.push("MIN(");
            self.node(node)?;
            self.push(")");
        } else {
            self.operand(node)?;
        }
        self.in_key = around;
        Ok(())
    }

    /// Writes a value as a literal that cannot be misread.
    pub(super) fn written_out(&mut self, value: Datum) {
        let text = match value {
            Datum::Null | Datum::Unwritable(_) => "NULL".to_owned(),
            Datum::Bool(truth) => u8::from(truth).to_string(),
            Datum::Int(number) => number.to_string(),
            Datum::UInt(number) => number.to_string(),
            // The exponent makes it a float.
            Datum::Float(number) => format!("{:e}", f64::from(number)),
            Datum::Double(number) => format!("{number:e}"),
            Datum::Exact(number) => {
                self.exact_literal(number);
                return;
            }
            Datum::Text(text) => written(text.as_str()),
            Datum::JsonText(text) => self.dialect.json_value.replace('?', &written(&text)),
            Datum::Blob(bytes) => digits(&bytes),
            Datum::Guid(id) => digits(id.as_bytes()),
            Datum::Date(day) => format!("DATE'{}'", text_form::date(&day)),
            Datum::Clock(time) => format!("TIME'{}'", text_form::clock(&time)),
            Datum::Timestamp(at) => format!("TIMESTAMP'{}'", text_form::timestamp(&at)),
        };
        self.push(&text);
    }
}

/// Returns a text literal, with an introducer for its character set.
fn written(text: &str) -> String {
    format!("_utf8mb4 {}", digits(text.as_bytes()))
}

/// `X'…'`.
pub(super) fn digits(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2 + 3);
    text.push_str("X'");
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02X}");
    }
    text.push('\'');
    text
}
