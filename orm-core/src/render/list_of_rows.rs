//! Lists of rows from the program, as tables.
//!
//! Where a server guesses the types of columns of placeholders, the rows are one JSON text, which is read with explicit
//! types: NULL in the first row then does no harm, and lists of all lengths share one statement.

use super::Renderer;
use super::list::push_json;
use crate::dialect::{Decimals, Handover, JsonElement};
use crate::error::{Error, ErrorKind, Result};
use crate::syntax::List;
use crate::value::{Datum, Kind};

impl Renderer<'_> {
    /// `(SELECT …) AS `, with the columns `c1`, `c2`, ….
    pub(super) fn list_of_rows(&mut self, list: &List) -> Result<()> {
        let width = list.kinds.len().max(1);
        for (at, value) in list.values.iter().enumerate() {
            self.check(value, None).map_err(|error| misfit(&error, at / width, at % width))?;
        }
        self.push("(SELECT ");
        match self.dialect.handover {
            Handover::Values if list.values.is_empty() => self.no_rows(list),
            Handover::Values => self.rows_as_values(list, width)?,
            Handover::Json(element) => self.rows_as_json(list, width, element)?,
        }
        self.push(") AS ");
        Ok(())
    }

    /// Writes `NULL AS c1 WHERE 1 = 0`, since VALUES cannot be empty.
    fn no_rows(&mut self, list: &List) {
        for at in 0..list.kinds.len() {
            self.push(if at > 0 { ", NULL AS " } else { "NULL AS " });
            self.numbered_column(at);
        }
        self.push(" WHERE 1 = 0");
    }

    /// `column1 AS c1, … FROM (VALUES (?, …), …)`
    fn rows_as_values(&mut self, list: &List, width: usize) -> Result<()> {
        let room = self.dialect.max_params.saturating_sub(self.params.len());
        if list.values.len() > room {
            let message = format!(
                "a list of {} rows has {} values, which exceeds the {} that {} can bind in one statement; \
                 split it over several queries",
                list.values.len() / width,
                list.values.len(),
                self.dialect.max_params,
                self.dialect.name
            );
            return Err(Error::new(ErrorKind::Unsupported, message));
        }
        for (at, kind) in list.kinds.iter().enumerate() {
            self.push(if at > 0 { ", " } else { "" });
            self.identifier(&format!("column{}", at + 1));
            if *kind == Kind::Numeric && self.dialect.decimals == Decimals::Functions {
                self.push(" COLLATE DECIMAL");
            }
            self.push(" AS ");
            self.numbered_column(at);
        }
        self.push(" FROM (VALUES ");
        for (at, value) in list.values.iter().enumerate() {
            self.push(match (at, at % width) {
                (0, _) => "(",
                (_, 0) => "), (",
                _ => ", ",
            });
            self.placeholder(value.clone());
        }
        self.push("))");
        Ok(())
    }

    /// `list.c1 AS c1, … FROM JSON_TABLE(?, …) AS list`
    fn rows_as_json(&mut self, list: &List, width: usize, element: fn(Kind) -> JsonElement) -> Result<()> {
        let elements: Vec<JsonElement> = list.kinds.iter().map(|kind| element(*kind)).collect();
        for (at, JsonElement { listed, .. }) in elements.iter().enumerate() {
            self.push(if at > 0 { ", " } else { "" });
            let (before, after) = listed.split_once("{0}").unwrap_or((listed, ""));
            self.push(before);
            self.numbered_column(at);
            self.push(after);
            if *listed != "{0}" {
                self.push(" AS ");
                self.numbered_column(at);
            }
        }
        self.push(" FROM JSON_TABLE(");
        self.bind(Datum::Text(json(list, width, &elements).into()), None)?;
        self.push(", '$[*]' COLUMNS (");
        for (at, (element, kind)) in elements.iter().zip(list.kinds.iter()).enumerate() {
            self.push(if at > 0 { ", " } else { "" });
            self.numbered_column(at);
            let inner = if element.is_nested() { "[0]" } else { "" };
            let ty = match kind {
                Kind::Numeric => &format!("DECIMAL(65, {})", scale(list, at)),
                _ => element.listed_ty,
            };
            self.push(&format!(" {ty} PATH '$[{at}]{inner}'"));
        }
        self.push(")) AS ");
        self.identifier("list");
        Ok(())
    }

    fn numbered_column(&mut self, at: usize) {
        self.identifier(&format!("c{}", at + 1));
    }
}

impl JsonElement {
    /// Returns whether the value is wrapped in an array of its own, which is empty for NULL: a value read as JSON would
    /// otherwise be JSON `null` instead of NULL.
    fn is_nested(&self) -> bool {
        self.listed_ty == "JSON"
    }
}

/// Returns the rows as an array of arrays.
fn json(list: &List, width: usize, elements: &[JsonElement]) -> String {
    let mut json = String::with_capacity(list.values.len() * 12 + 2);
    json.push('[');
    for (at, row) in list.values.chunks(width).enumerate() {
        json.push_str(if at > 0 { ",[" } else { "[" });
        for (at, (value, element)) in row.iter().zip(elements).enumerate() {
            json.push_str(if at > 0 { "," } else { "" });
            match value {
                Datum::Null if element.is_nested() => json.push_str("[]"),
                value if element.is_nested() => {
                    json.push('[');
                    push_json(&mut json, value);
                    json.push(']');
                }
                // Converted as when it is bound: the shortest digits of a 32-bit float are another number in 64 bits.
                Datum::Float(number) => push_json(&mut json, &Datum::Double(f64::from(*number))),
                value => push_json(&mut json, value),
            }
        }
        json.push(']');
    }
    json.push(']');
    json
}

/// Returns the maximum scale of the decimals in a column.
fn scale(list: &List, at: usize) -> u32 {
    let numbers = list.values.iter().skip(at).step_by(list.kinds.len().max(1));
    let scales = numbers.filter_map(|value| match value {
        Datum::Exact(number) => Some(number.scale()),
        _ => None,
    });
    scales.max().unwrap_or(0)
}

#[cold]
fn misfit(error: &Error, row: usize, column: usize) -> Error {
    Error::new(error.kind(), format!("value {} of row {} of a list: {error}", column + 1, row + 1))
}
