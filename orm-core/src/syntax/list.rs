//! Rows of the program as those of a table.

use std::sync::Arc;

use super::{Origin, Projection, Select};
use crate::value::{Datum, Kind};

/// Rows that a statement brings with it. Its columns are `c1`, `c2`, ….
#[derive(Debug, Clone)]
pub struct List {
    /// What the columns are.
    pub kinds: Arc<[Kind]>,
    /// The values, row by row.
    pub values: Arc<[Datum]>,
}

impl List {
    /// How many columns it has.
    #[must_use]
    pub fn width(&self) -> u16 {
        u16::try_from(self.kinds.len()).unwrap_or(u16::MAX)
    }
}

impl Select {
    /// The list that it is all of, if it is no more than that.
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
