//! The sources of the rows in FROM.

use std::sync::Arc;

use super::{List, Node, Select, fresh_base};
use crate::schema::Table;

/// A table, the rows of another select, or rows of the program.
#[derive(Debug, Clone)]
pub enum Origin {
    /// A table of the database.
    Table(&'static Table),
    /// A derived table, written in place. Its columns are `c1`, `c2`, ….
    Derived(Box<Select>),
    /// A lateral derived table, which can use the columns of the tables before it.
    Lateral(Box<Select>),
    /// A common table expression, whose columns have the same names.
    Cte(Cte),
    /// Rows of the program.
    List(List),
    /// The elements of a JSON array, with their positions. The document can use the columns of the tables before it.
    Elements(Box<Node>),
}

impl Origin {
    /// Returns the table, if it is one.
    #[must_use]
    pub fn table(&self) -> Option<&'static Table> {
        match self {
            Origin::Table(table) => Some(table),
            Origin::Derived(_)
            | Origin::Lateral(_)
            | Origin::Cte(_)
            | Origin::List(_)
            | Origin::Elements(_) => None,
        }
    }

    /// Turns a derived table into a CTE, so that it can be read in several places.
    pub(crate) fn be_named(&mut self, name: &str) {
        if let Origin::Derived(select) = self {
            *self = Origin::Cte(Cte::new(name, select.duplicate()));
        }
    }

    /// Returns the number of columns.
    #[must_use]
    pub fn width(&self) -> u16 {
        match self {
            Origin::Table(table) => table.width(),
            Origin::Derived(select) | Origin::Lateral(select) => select.width(),
            Origin::Cte(cte) => cte.body.as_ref().map_or(0, |body| body.rows.width()),
            Origin::List(list) => list.width(),
            Origin::Elements(_) => 2,
        }
    }
}

/// A reference to a common table expression.
#[derive(Debug, Clone)]
pub struct Cte {
    /// Distinguishes it from others of the same name.
    pub id: u64,
    /// Its name.
    pub name: Arc<str>,
    /// Its definition; `None` for a reference within the definition itself.
    pub body: Option<Arc<CteBody>>,
}

/// The definition of a common table expression.
#[derive(Debug, Clone)]
pub struct CteBody {
    /// Its rows; the initial rows, if it is recursive.
    pub rows: Select,
    /// The select that derives further rows from the rows so far, and whether duplicates are dropped.
    pub step: Option<(Select, bool)>,
}

impl Cte {
    /// Names the rows of a select.
    #[must_use]
    pub fn new(name: &str, rows: Select) -> Self {
        let body = CteBody { rows, step: None };
        Cte { id: fresh_base(), name: name.into(), body: Some(Arc::new(body)) }
    }

    /// Makes a recursive CTE of `first` and of what `step` derives from the rows so far, repeatedly.
    #[must_use]
    pub fn recursive(name: &str, first: Select, distinct: bool, step: impl FnOnce(&Cte) -> Select) -> Self {
        let inside = Cte { id: fresh_base(), name: name.into(), body: None };
        let body = CteBody { rows: first, step: Some((step(&inside), distinct)) };
        Cte { body: Some(Arc::new(body)), ..inside }
    }
}
