//! Lists of rows from the program, as tables.

use std::sync::Arc;

use super::{Origin, Projection, Select};
use crate::value::{Datum, Kind};

/// Rows that are part of the statement: VALUES. The columns are `c1`, `c2`, ….
#[derive(Debug, Clone)]
pub struct List {
    /// The kinds of the columns.
    pub kinds: Arc<[Kind]>,
    /// The values, row by row.
    pub values: Arc<[Datum]>,
}

impl List {
    /// Returns the number of columns.
    #[must_use]
    pub fn width(&self) -> u16 {
        u16::try_from(self.kinds.len()).unwrap_or(u16::MAX)
    }
}

impl Select {
    /// Returns the list, if the select is nothing but all rows of a list.
    pub(crate) fn as_list(&self) -> Option<&List> {
        let all = !self.is_shaped()
            && self.filter.is_empty()
            && self.order_by.is_empty()
            && matches!(self.projection, Projection::Rows);
        match self.from.as_slice() {
            [item] if all => match &item.origin {
                Origin::List(list) => Some(list),
                _ => None,
            },
            _ => None,
        }
    }
}
