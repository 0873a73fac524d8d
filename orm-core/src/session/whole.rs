//! Statements that are kept together, or undone together.

use std::panic::Location;

use super::{Lease, Savepoint};
use crate::error::Result;

/// Several statements of one terminal, of which all are kept or none is. Dropped without [`keep`](Self::keep), they are
/// undone.
pub(crate) enum Whole<'a> {
    /// In a transaction of their own.
    Own(Lease<'a>),
    /// In a part of the transaction that is open.
    Part {
        savepoint: Savepoint<'a>,
        /// The database that every statement goes to, whatever its model says.
        fixed: Option<usize>,
        /// The database of their tables.
        bind: Option<&'static str>,
    },
}

impl Whole<'_> {
    /// The connection, for one of the statements.
    pub(crate) async fn lease(&mut self) -> Result<Lease<'_>> {
        match self {
            Whole::Own(lease) => lease.lend().await,
            Whole::Part { savepoint, fixed, bind } => Lease::open(savepoint, *fixed, *bind).await,
        }
    }

    /// Keeps what they did.
    pub(crate) async fn keep(self, at: &'static Location<'static>) -> Result<()> {
        match self {
            Whole::Own(mut lease) => lease.commit_if(true).await,
            Whole::Part { savepoint, .. } => savepoint.keep(at).await,
        }
    }

    /// Undoes what they did. The error that is the reason wins over one of the undoing.
    pub(crate) async fn undo(self) {
        if let Whole::Part { savepoint, .. } = self {
            let _ = savepoint.rollback().await;
        }
    }
}
