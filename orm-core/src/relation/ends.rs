//! The columns by which the rows at both ends of a relation belong together.

use crate::schema::{Link, Table};
use crate::syntax::{Select, Source};

/// The columns at both ends, and where the far ones stand in the select that gives the rows there.
#[derive(Debug, Clone)]
pub(super) struct Ends {
    /// Those of the row at this end.
    pub(super) near: Vec<u16>,
    /// Those that name it at the other end.
    pub(super) far: Vec<u16>,
    /// The table that the far ones are of.
    pub(super) table: &'static Table,
    /// Which table of the select that is.
    position: u64,
}

impl Ends {
    /// Both ends of a link; the select gives the rows of its `position`th table.
    pub(super) fn of(link: Link, position: u64) -> Self {
        let (near, far) = link.columns().unzip();
        Ends { near, far, table: link.target(), position }
    }

    /// A row and itself, by its primary key.
    pub(super) fn same(table: &'static Table) -> Self {
        let key = table.primary_key.to_vec();
        Ends { near: key.clone(), far: key, table, position: 0 }
    }

    /// Where the far columns stand in a select.
    pub(super) fn source(&self, select: &Select) -> Source {
        Source::table(select.base + self.position)
    }
}
