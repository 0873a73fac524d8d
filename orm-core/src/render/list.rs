//! Lists of values.

use std::fmt::Write as _;

use super::Renderer;
use crate::dialect::{JsonElement, ListElement};
use crate::error::{Error, ErrorKind, Result};
use crate::syntax::{InList, Node};
use crate::value::{Datum, text_form};

/// Lists up to this length are bound value by value; longer ones are bound as one JSON text, if their kind allows it.
const BOUND: usize = 4096;

impl Renderer<'_> {
    pub(super) fn in_list(&mut self, list: InList) -> Result<()> {
        let InList { needle, kind, values, negated } = list;
        if values.is_empty() {
            self.constant(negated);
            return Ok(());
        }
        let width = self.check_all(&needle, &values)?;
        self.compared(needle)?;
        self.push(if negated { " NOT IN (" } else { " IN (" });
        let element = (self.dialect.list_element)(kind).filter(|_| width == 1 && values.len() > BOUND);
        if width > 1 {
            self.push(self.dialect.list_of_rows);
            self.bound_list(values, width)?;
        } else if let Some(element) = element {
            self.json_list(&values, element)?;
        } else {
            self.bound_list(values, width)?;
        }
        self.push(")");
        Ok(())
    }

    /// Checks the values against the columns that they are compared with, and returns how many of them make one candidate.
    fn check_all(&mut self, needle: &Node, values: &[Datum]) -> Result<usize> {
        let columns = match needle {
            Node::Row(columns) => columns.as_slice(),
            column => std::slice::from_ref(column),
        };
        for (index, column) in columns.iter().enumerate() {
            let place = match column {
                Node::Column(column) => {
                    let place = self.place(column.source())?;
                    self.names.column(place, column.index)
                }
                _ => None,
            };
            for value in values.iter().skip(index).step_by(columns.len()) {
                self.check(value, place)?;
            }
        }
        Ok(columns.len())
    }

    /// Pads the list with its last candidate to a power of two, so that lists of different lengths share few prepared
    /// statements.
    pub(super) fn bound_list(&mut self, mut values: Vec<Datum>, width: usize) -> Result<()> {
        let room = self.dialect.max_params.saturating_sub(self.params.len());
        if values.len() > room {
            let message = format!(
                "a list of {} values exceeds the {} that {} can bind in one statement; split it over several \
                 queries",
                values.len(),
                self.dialect.max_params,
                self.dialect.name
            );
            return Err(Error::new(ErrorKind::Unsupported, message));
        }
        let padded = (values.len() / width).next_power_of_two().min(room / width) * width;
        let last = values.len() - width;
        for position in values.len()..padded {
            values.push(values[last + position % width].clone());
        }
        for (position, value) in values.into_iter().enumerate() {
            let first = position.is_multiple_of(width);
            self.push(if position == 0 { "" } else { ", " });
            self.push(if width > 1 && first { "(" } else { "" });
            self.placeholder(value);
            self.push(if width > 1 && (position + 1).is_multiple_of(width) { ")" } else { "" });
        }
        Ok(())
    }

    fn json_list(&mut self, values: &[Datum], element: ListElement) -> Result<()> {
        let mut json = String::with_capacity(values.len() * 8);
        json.push('[');
        for (position, value) in values.iter().enumerate() {
            if position > 0 {
                json.push(',');
            }
            push_json(&mut json, value, element.text_as_hex);
        }
        json.push(']');
        let value = element.value.replace("{0}", &self.dialect.identifier("value"));
        let template = self.dialect.json_list.replace("{type}", element.ty).replace("{value}", &value);
        let (before, after) = template.split_once("{}").unwrap_or((&template, ""));
        self.push(before);
        self.bind(Datum::Text(json.into()), None)?;
        self.push(after);
        Ok(())
    }
}

/// Returns the rows as an array of arrays. Each value is in an array of its own, which is empty for NULL: JSON `null` would
/// be a value to some servers.
pub(super) fn json_rows(values: &[Datum], elements: &[JsonElement]) -> String {
    let mut json = String::with_capacity(values.len() * 14 + 2);
    json.push('[');
    for (at, row) in values.chunks(elements.len().max(1)).enumerate() {
        json.push_str(if at > 0 { ",[" } else { "[" });
        for (at, (value, element)) in row.iter().zip(elements).enumerate() {
            json.push_str(if at > 0 { ",[" } else { "[" });
            if !matches!(value, Datum::Null) {
                push_json(&mut json, value, element.text_as_hex);
            }
            json.push(']');
        }
        json.push(']');
    }
    json.push(']');
    json
}

/// Writes one element. Bytes become hexadecimal digits, and texts if this is asked for.
fn push_json(json: &mut String, value: &Datum, text_as_hex: bool) {
    // Writing to a string cannot fail.
    let _ = match value {
        Datum::Int(number) => write!(json, "{number}"),
        Datum::UInt(number) => write!(json, "{number}"),
        Datum::Bool(truth) => write!(json, "{}", u8::from(*truth)),
        Datum::Text(text) if text_as_hex => push_hex(json, text.as_bytes()),
        Datum::Text(text) => write!(json, "{}", serde_json::Value::String(text.to_string())),
        Datum::Exact(number) => write!(json, "\"{number}\""),
        Datum::Date(day) => write!(json, "\"{}\"", text_form::date(day)),
        Datum::Clock(time) => write!(json, "\"{}\"", text_form::clock(time)),
        Datum::Timestamp(at) => write!(json, "\"{}\"", text_form::timestamp(at)),
        // Converted as when it is bound: the shortest digits of a 32-bit float are another number in 64 bits.
        Datum::Float(number) => write!(json, "{:?}", f64::from(*number)),
        Datum::Double(number) => write!(json, "{number:?}"),
        Datum::JsonText(text) if text_as_hex => push_hex(json, text.as_bytes()),
        Datum::JsonText(text) => write!(json, "{}", serde_json::Value::String(text.clone())),
        Datum::Blob(bytes) => push_hex(json, bytes),
        Datum::Guid(id) => push_hex(json, id.as_bytes()),
        // `Unwritable` was rejected before.
        Datum::Null | Datum::Unwritable(_) => write!(json, "null"),
    };
}

fn push_hex(json: &mut String, bytes: &[u8]) -> std::fmt::Result {
    json.push('"');
    bytes.iter().try_for_each(|byte| write!(json, "{byte:02X}"))?;
    json.push('"');
    Ok(())
}
