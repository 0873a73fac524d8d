//! Generated keys that can be derived from the one key that the server reports.

use std::panic::Location;

use super::sent::Sent;
use crate::dialect::AutoKeys;
use crate::error::Result;
use crate::schema::{ColumnDef, Table};
use crate::session::{Fetch, Label, Lease};
use crate::syntax::Statement;
use crate::value::Datum;

/// The number of rows from which an extra query pays off.
const MANY: usize = 256;

/// How the keys of an insert follow from the key that the server reports.
#[derive(Debug, Clone, Copy)]
pub(super) enum Counted {
    /// It is the first, and the others follow at this interval.
    FromFirst(u64),
    /// It is the last, and the keys are consecutive.
    ToLast,
}

impl Counted {
    /// Finds out how the keys of the rows to be inserted can be derived.
    pub(super) async fn ask(
        lease: &mut Lease<'_>,
        sent: &Sent,
        at: &'static Location<'static>,
    ) -> Result<Option<Self>> {
        match (lease.dialect().auto_keys, sent.missing_key()) {
            (AutoKeys::FromFirst(step), _) => Ok(Some(Counted::FromFirst(step))),
            // With a single row, the interval does not matter.
            (AutoKeys::First, _) if sent.count() == 1 => Ok(Some(Counted::FromFirst(0))),
            // Outside a transaction, the table may have been replaced by the time of the insert.
            (AutoKeys::ToLast(query), Some((table, column)))
                if sent.count() >= MANY && table.schema.is_none() && lease.is_in_transaction() =>
            {
                let follow = follow(lease, query, table, column, at).await?;
                Ok(follow.then_some(Counted::ToLast))
            }
            _ => Ok(None),
        }
    }

    /// Returns the first key and the interval, for this many rows.
    pub(super) fn keys(self, told: u64, rows: usize) -> Option<(u64, u64)> {
        match self {
            Counted::FromFirst(step) => Some((told, step)),
            Counted::ToLast => Some((told.checked_sub(u64::try_from(rows).ok()?)? + 1, 1)),
        }
    }
}

/// Whether the keys of one insert are consecutive.
async fn follow(
    lease: &mut Lease<'_>,
    query: &str,
    table: &Table,
    column: &ColumnDef,
    at: &'static Location<'static>,
) -> Result<bool> {
    let quoted = |name| lease.dialect().identifier(name);
    let sql = query.replace("{table}", &quoted(table.name)).replace("{column}", &quoted(column.name));
    let names = [table.name, column.name].map(|name| Datum::Text(name.into()));
    let mut answer = Fetch::new(|cells| cells.value::<bool>());
    lease.run_by_hand(Statement::new(sql, names.into()), &mut answer, at).await?;
    Ok(answer.finish(Label::Computed)?.contains(&true))
}
