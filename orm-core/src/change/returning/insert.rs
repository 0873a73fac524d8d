//! Inserts that return their rows.

use std::panic::Location;

use super::counted::Counted;
use super::read_back::{ReadBack, read_back};
use super::sent::{Sent, Told};
use crate::error::{Error, ErrorKind, Result};
use crate::model::Model;
use crate::schema::Table;
use crate::session::Lease;
use crate::syntax::{Insert, Sight};

/// Runs one insert and appends its rows, as stored, to `rows`: made up of what the client sent and what it has to read.
/// Generated keys are derived on the client where this is known to give the same values.
pub(crate) async fn insert<T: Model>(
    lease: &mut Lease<'_>,
    mut insert: Insert,
    rows: &mut Vec<T>,
    at: &'static Location<'static>,
) -> Result<()> {
    let mut sent = Sent::of(&insert);
    let counted = Counted::ask(lease, &sent, at).await?;
    let is_told = sent.unknown().is_empty() || (counted.is_some() && sent.missing_key().is_some());
    if lease.dialect().insert_returning && !is_told {
        insert.returning = sent.unknown().to_vec();
        let mut told = Told::default();
        sent.run(lease, insert, &mut told, at).await?;
        return sent.put_together(told, rows);
    }
    send(lease, insert, &mut sent, counted, at).await?;
    if sent.unknown().is_empty() {
        return sent.put_together(Told::default(), rows);
    }
    rows.extend(read_sent(lease, &sent, at).await?);
    Ok(())
}

/// Runs one insert without RETURNING and reads its rows back, whatever is known of them.
pub(super) async fn insert_and_read<T: Model>(
    lease: &mut Lease<'_>,
    insert: Insert,
    at: &'static Location<'static>,
) -> Result<Vec<T>> {
    let mut sent = Sent::of(&insert);
    let counted = Counted::ask(lease, &sent, at).await?;
    send(lease, insert, &mut sent, counted, at).await?;
    read_sent(lease, &sent, at).await
}

async fn send(
    lease: &mut Lease<'_>,
    insert: Insert,
    sent: &mut Sent,
    counted: Option<Counted>,
    at: &'static Location<'static>,
) -> Result<()> {
    let summary = sent.run(lease, insert, &mut (), at).await?;
    if summary.affected != sent.count() as u64 {
        return Err(sent.left_out());
    }
    sent.number(summary.last_insert_id, counted);
    Ok(())
}

async fn read_sent<T: Model>(
    lease: &mut Lease<'_>,
    sent: &Sent,
    at: &'static Location<'static>,
) -> Result<Vec<T>> {
    let how = ReadBack { key: T::table().primary_key, sight: Sight::ALL, missing: nothing_back };
    read_back(lease, how, sent.primary_keys()?, at).await
}

#[cold]
pub(super) fn unknown_key(table: &Table, part: u16) -> Error {
    let column = table.column(part);
    if !column.auto {
        return nothing_back(table);
    }
    let message = format!(
        "the inserted `{0}` cannot be read back: the server generated no key for `{0}.{1}`, which is `auto`; \
         if a default or a trigger sets the key, make it `server_default`",
        table.model, column.field
    );
    Error::new(ErrorKind::NotFound, message)
}

#[cold]
pub(in crate::change) fn nothing_back(table: &Table) -> Error {
    let message =
        format!("the inserted `{}` cannot be read back: its key is not known to the client", table.model);
    Error::new(ErrorKind::NotFound, message)
}
