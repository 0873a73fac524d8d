//! Where the rows of a FROM come from.

use std::sync::Arc;

use super::{List, Select, fresh_base};
use crate::schema::Table;

/// A table, the rows of another select, or those of the program.
#[derive(Debug, Clone)]
pub enum Origin {
    /// A table of the database.
    Table(&'static Table),
    /// The rows of a select, written in place. Its columns are `c1`, `c2`, ….
    Derived(Box<Select>),
    /// The same for each row of the tables before it, whose columns it may name.
    Lateral(Box<Select>),
    /// The rows of a common table expression, whose columns have the same names.
    Cte(Cte),
    /// Rows of the program.
    List(List),
}

impl Origin {
    /// The table, if it is one.
    #[must_use]
    pub fn table(&self) -> Option<&'static Table> {
        match self {
            Origin::Table(table) => Some(table),
            Origin::Derived(_) | Origin::Lateral(_) | Origin::Cte(_) | Origin::List(_) => None,
        }
    }

    /// Gives the rows of a select a name, so that they can be read in several places.
    pub(crate) fn be_named(&mut self, name: &str) {
        if let Origin::Derived(select) = self {
            *self = Origin::Cte(Cte::new(name, select.duplicate()));
        }
    }

    /// How many columns it has.
    #[must_use]
    pub fn width(&self) -> u16 {
        match self {
            Origin::Table(table) => table.width(),
            Origin::Derived(select) | Origin::Lateral(select) => select.width(),
            Origin::Cte(cte) => cte.body.as_ref().map_or(0, |body| body.rows.width()),
            Origin::List(list) => list.width(),
        }
    }
}

/// A common table expression, wherever it is named.
#[derive(Debug, Clone)]
pub struct Cte {
    /// What tells it from others of the same name.
    pub id: u64,
    /// Its name.
    pub name: Arc<str>,
    /// What it stands for; nothing where it is named inside itself.
    pub body: Option<Arc<CteBody>>,
}

/// What a common table expression stands for.
#[derive(Debug, Clone)]
pub struct CteBody {
    /// Its rows; the first of them, if it is recursive.
    pub rows: Select,
    /// What makes further rows of those at hand, and whether equal rows are taken once.
    pub step: Option<(Select, bool)>,
}

impl Cte {
    /// A name for rows.
    #[must_use]
    pub fn new(name: &str, rows: Select) -> Self {
        let body = CteBody { rows, step: None };
        Cte { id: fresh_base(), name: name.into(), body: Some(Arc::new(body)) }
    }

    /// A name for `first` and for what `step` makes of the rows at hand, again and again.
    #[must_use]
    pub fn recursive(name: &str, first: Select, distinct: bool, step: impl FnOnce(&Cte) -> Select) -> Self {
        let inside = Cte { id: fresh_base(), name: name.into(), body: None };
        let body = CteBody { rows: first, step: Some((step(&inside), distinct)) };
        Cte { body: Some(Arc::new(body)), ..inside }
    }
}
