//! Lists of rows from the program, as tables.
//!
//! Where a server guesses the types of columns of placeholders, the rows are one JSON text, which is read with explicit
//! types: NULL in the first row then does no harm, and lists of all lengths share one statement.

use super::Renderer;
use super::list::json_rows;
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
            Handover::Json(element) => self.rows_as_json(list, element)?,
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
    fn rows_as_json(&mut self, list: &List, element: fn(Kind) -> JsonElement) -> Result<()> {
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
        self.bind(Datum::Text(json_rows(&list.values, &elements).into()), None)?;
        self.push(", '$[*]' COLUMNS (");
        for (at, (element, kind)) in elements.iter().zip(list.kinds.iter()).enumerate() {
            self.push(if at > 0 { ", " } else { "" });
            self.numbered_column(at);
            let ty = match kind {
                Kind::Numeric => &format!("DECIMAL(65, {})", scale(list, at)),
                _ => element.ty,
            };
            self.push(&format!(" {ty} PATH '$[{at}][0]'"));
        }
        self.push(")) AS ");
        self.identifier("list");
        Ok(())
    }

    fn numbered_column(&mut self, at: usize) {
        self.identifier(&format!("c{}", at + 1));
    }
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
