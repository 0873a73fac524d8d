//! Statements that are kept or undone as a whole.

use std::panic::Location;

use super::{Lease, Savepoint};
use crate::error::Result;

/// Several statements of one terminal, all of which are kept or none. Undone if dropped without
/// [`keep`](Self::keep).
pub(crate) enum Whole<'a> {
    /// In a transaction of their own.
    Own(Lease<'a>),
    /// In a savepoint of the open transaction.
    Part {
        savepoint: Savepoint<'a>,
        /// The database that all statements go to, overriding the `bind` of their models.
        fixed: Option<usize>,
        /// The `bind` of their tables.
        bind: Option<&'static str>,
    },
}

impl Whole<'_> {
    /// Leases the connection for one of the statements.
    pub(crate) async fn lease(&mut self) -> Result<Lease<'_>> {
        match self {
            Whole::Own(lease) => lease.lend().await,
            Whole::Part { savepoint, fixed, bind } => Lease::open(savepoint, *fixed, *bind).await,
        }
    }

    /// Keeps their changes.
    pub(crate) async fn keep(self, at: &'static Location<'static>) -> Result<()> {
        match self {
            Whole::Own(mut lease) => lease.commit_if(true).await,
            Whole::Part { savepoint, .. } => savepoint.keep(at).await,
        }
    }

    /// Undoes their changes. The caller's error takes precedence over one of the rollback, which is ignored.
    pub(crate) async fn undo(self) {
        if let Whole::Part { savepoint, .. } = self {
            let _ = savepoint.rollback().await;
        }
    }
}
