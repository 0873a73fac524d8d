//! The rows of an insert.

use std::panic::Location;

use super::read_back::read_back;
use super::sent::{Sent, Stored};
use crate::error::{Error, ErrorKind, Result};
use crate::model::Model;
use crate::schema::Table;
use crate::session::Lease;
use crate::syntax::{Command, Insert};
use crate::value::Datum;

/// Runs one insert and adds its rows, as they are stored, to `rows`: of what the client sent, and what it cannot know.
pub(crate) async fn insert<T: Model>(
    lease: &mut Lease<'_>,
    mut insert: Insert,
    rows: &mut Vec<T>,
    at: &'static Location<'static>,
) -> Result<()> {
    if lease.dialect().insert_returning {
        let sent = Sent::of(&insert);
        insert.returning = sent.unknown().to_vec();
        let mut stored = Stored::new(sent, rows);
        if insert.returning.is_empty() {
            lease.run(Command::Insert(insert), &mut (), at).await?;
            return stored.complete();
        }
        lease.run(Command::Insert(insert), &mut stored, at).await?;
        return stored.finish();
    }
    let sent = send(lease, insert, at).await?;
    if sent.unknown().is_empty() {
        return Stored::new(sent, rows).complete();
    }
    rows.extend(read_sent(lease, sent, at).await?);
    Ok(())
}

/// Runs one insert without RETURNING, and reads its rows back, whatever is known of them.
pub(super) async fn insert_and_read<T: Model>(
    lease: &mut Lease<'_>,
    insert: Insert,
    at: &'static Location<'static>,
) -> Result<Vec<T>> {
    let sent = send(lease, insert, at).await?;
    read_sent(lease, sent, at).await
}

async fn send(lease: &mut Lease<'_>, insert: Insert, at: &'static Location<'static>) -> Result<Sent> {
    let mut sent = Sent::of(&insert);
    let summary = lease.run(Command::Insert(insert), &mut (), at).await?;
    sent.number(summary.last_insert_id, lease.dialect().auto_increment);
    Ok(sent)
}

async fn read_sent<T: Model>(
    lease: &mut Lease<'_>,
    mut sent: Sent,
    at: &'static Location<'static>,
) -> Result<Vec<T>> {
    let keys = sent.rows().map(|row| key(T::table(), row)).collect::<Result<Vec<_>>>()?;
    read_back(lease, T::table().primary_key, keys, at).await
}

/// The key of a sent row.
fn key(table: &'static Table, row: &mut [Option<Datum>]) -> Result<Vec<Datum>> {
    let parts = table.primary_key.iter();
    parts.map(|&part| row[usize::from(part)].take().ok_or_else(|| nothing_back(table))).collect()
}

#[cold]
pub(in crate::change) fn nothing_back(table: &Table) -> Error {
    let message =
        format!("the inserted `{}` cannot be read back: its key is not known to the client", table.model);
    Error::new(ErrorKind::NotFound, message)
}
