//! The rows of a query plan, as text.

use super::{Plan, json, steps, table};
use crate::dialect::PlanForm;
use crate::driver::{Flow, Sink};
use crate::error::Result;
use crate::value::Cell;

/// A server's answer to EXPLAIN: a few rows of text and numbers.
#[derive(Default)]
pub(super) struct Answer {
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

impl Answer {
    pub(super) fn plan(self, form: PlanForm) -> Result<Plan> {
        match form {
            PlanForm::Steps => Ok(steps::plan(&self)),
            PlanForm::Json => json::plan(self),
            PlanForm::Table => Ok(table::plan(&self)),
        }
    }
}

impl Sink for Answer {
    fn row(&mut self, cells: &mut [Cell<'_>]) -> Flow {
        self.rows.push(cells.iter().map(text).collect());
        Flow::Continue
    }

    fn wants_columns(&self) -> bool {
        true
    }

    fn columns(&mut self, names: &[&str]) {
        self.columns = names.iter().map(|name| (*name).to_owned()).collect();
    }
}

/// Returns empty text for NULL.
fn text(cell: &Cell<'_>) -> String {
    match cell {
        Cell::Int(number) => number.to_string(),
        Cell::UInt(number) => number.to_string(),
        Cell::Float(number) => number.to_string(),
        Cell::Double(number) => number.to_string(),
        cell => cell.bytes().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default(),
    }
}
