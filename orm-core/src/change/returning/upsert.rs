//! Upserts that return their rows.

use std::panic::Location;

use super::insert::insert;
use super::insert_from::{whole_rows, with_values};
use super::read_back::read_back;
use crate::change::conflict_key::names;
use crate::error::{Error, ErrorKind, Result};
use crate::model::Model;
use crate::schema::Table;
use crate::session::Lease;
use crate::syntax::{Command, Insert, NewRows, Node};
use crate::value::Datum;

/// Runs upserts and returns all their rows as stored.
pub(in crate::change) async fn upserted<T: Model>(
    lease: &mut Lease<'_>,
    statements: Vec<Insert>,
    at: &'static Location<'static>,
) -> Result<Vec<T>> {
    let mut rows = Vec::new();
    if statements.iter().all(|insert| returns_all(insert, lease)) {
        let own = lease.begin_if_many(statements.len()).await?;
        for statement in statements {
            match statement.rows {
                NewRows::Values(_) => insert(lease, statement, &mut rows, at).await?,
                NewRows::Select(_) => rows.extend(whole_rows(lease, statement, at).await?),
            }
        }
        lease.commit_if(own).await?;
        return Ok(rows);
    }
    let own = lease.begin_if_many(statements.len() + 1).await?;
    let mut given = Vec::with_capacity(statements.len());
    for statement in statements {
        given.extend(with_values(lease, statement, at).await?);
    }
    let keys = given.iter().map(keys).collect::<Result<Vec<_>>>()?;
    for (insert, keys) in given.into_iter().zip(keys) {
        let target = insert.conflict.as_ref().map(|conflict| conflict.target.clone()).unwrap_or_default();
        lease.run(Command::Insert(Box::new(insert)), &mut (), at).await?;
        rows.extend(read_back(lease, &target, keys, at).await?);
    }
    lease.commit_if(own).await?;
    Ok(rows)
}

/// Whether RETURNING is supported and returns every row: SQLite omits those that are left unchanged.
fn returns_all(insert: &Insert, lease: &Lease<'_>) -> bool {
    let update = insert.conflict.as_ref().and_then(|conflict| conflict.update.as_ref());
    let changes_all = update.is_some_and(|update| update.target.filter.is_empty());
    lease.dialect().insert_returning && (changes_all || !lease.dialect().conflict_target)
}

/// The conflict key of each row.
fn keys(insert: &Insert) -> Result<Vec<Vec<Datum>>> {
    let table = insert.table;
    let target = insert.conflict.as_ref().map_or(&[][..], |conflict| &conflict.target);
    let NewRows::Values(values) = &insert.rows else { return Err(unknown_key(table, target)) };
    if insert.columns.is_empty() {
        return Err(unknown_key(table, target));
    }
    let key = |row: &[Node]| {
        let value = |column: &u16| match insert.place(*column) {
            Some(at) => match &row[at] {
                Node::Value(value) if *value != Datum::Null => Ok(value.clone()),
                _ => Err(unknown_key(table, target)),
            },
            None => Err(unknown_key(table, target)),
        };
        target.iter().map(value).collect()
    };
    values.chunks(insert.columns.len()).map(key).collect()
}

#[cold]
fn unknown_key(table: &Table, target: &[u16]) -> Error {
    let message = format!(
        "an upsert of `{}` cannot return its rows, because not every row has a value for {}; run it with \
         `execute`, then query the rows",
        table.model,
        names(table, target)
    );
    Error::new(ErrorKind::Unsupported, message)
}
