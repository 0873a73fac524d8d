//! Checks that all tables of a statement are in one database.

use crate::error::{Error, ErrorKind, Result};
use crate::schema::Table;

/// The first table of a statement, and the first table that is in another database.
#[derive(Default)]
pub(super) struct Home {
    first: Option<&'static Table>,
    stranger: Option<&'static Table>,
    /// Whether one of the tables has a sensitive column.
    pub(super) sensitive: bool,
}

impl Home {
    /// Records a table of the statement.
    #[inline]
    pub(super) fn meet(&mut self, table: &'static Table) {
        self.sensitive |= table.sensitive;
        match self.first {
            None => self.first = Some(table),
            Some(first) if first.bind != table.bind && self.stranger.is_none() => self.stranger = Some(table),
            Some(_) => {}
        }
    }

    /// Rejects a statement that spans several databases.
    pub(super) fn check(&self) -> Result<()> {
        match (self.first, self.stranger) {
            (Some(first), Some(stranger)) => Err(several(first, stranger)),
            _ => Ok(()),
        }
    }
}

#[cold]
fn several(first: &Table, second: &Table) -> Error {
    let place = |table: &Table| match table.bind {
        Some(bind) => format!("`{}` is in the database `{bind}`", table.model),
        None => format!("`{}` is in the default database", table.model),
    };
    let message = format!(
        "one statement cannot use two databases: {}, and {}; run a separate query in each",
        place(first),
        place(second)
    );
    Error::new(ErrorKind::InvalidQuery, message)
}
