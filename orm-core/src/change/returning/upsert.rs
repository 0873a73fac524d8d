//! Upserts that return their rows.

use std::collections::HashSet;
use std::panic::Location;

use super::insert::{insert, nothing_back};
use super::insert_from::{whole_rows, with_values};
use super::read_back::{ReadBack, read_back};
use crate::change::conflict_key::names;
use crate::error::{Error, ErrorKind, Result};
use crate::model::Model;
use crate::schema::Table;
use crate::session::Lease;
use crate::syntax::{Command, Insert, NewRows, Node, Sight};
use crate::unit::Identity;
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
        // If several of the new rows are the same stored row, it was returned as it was after each of them.
        let keys: Vec<Vec<Datum>> = rows.iter().map(|row: &T| T::key_values(row.key())).collect();
        if are_repeated(&keys) {
            let how = ReadBack { key: T::table().primary_key, sight: Sight::ALL, missing: nothing_back };
            rows = read_back(lease, how, keys, at).await?;
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
    // An existing row may be outside of the scope: then it must not be returned.
    let sight = Sight { unscoped: false, ..Sight::ALL };
    let missing = if is_scoped(T::table(), lease) { hidden } else { moved };
    for (insert, keys) in given.into_iter().zip(keys) {
        let target = insert.conflict.as_ref().map(|conflict| conflict.target.clone()).unwrap_or_default();
        lease.run(Command::Insert(Box::new(insert)), &mut (), at).await?;
        let how = ReadBack { key: &target, sight, missing };
        rows.extend(read_back(lease, how, keys, at).await?);
    }
    lease.commit_if(own).await?;
    Ok(rows)
}

/// Whether RETURNING is supported and returns every row: SQLite omits those that are left unchanged. On MariaDB, it would
/// also return those outside of the scope, which can be left unchanged, but not updated.
fn returns_all(insert: &Insert, lease: &Lease<'_>) -> bool {
    let update = insert.conflict.as_ref().and_then(|conflict| conflict.update.as_ref());
    if update.is_none() && is_scoped(insert.table, lease) {
        return false;
    }
    let changes_all = update.is_some_and(|update| update.target.filter.is_empty());
    lease.dialect().insert_returning && (changes_all || !lease.dialect().conflict_target)
}

fn are_repeated(keys: &[Vec<Datum>]) -> bool {
    let mut seen = HashSet::with_capacity(keys.len());
    keys.len() > 1 && !keys.iter().all(|key| seen.insert(Identity::new(key.clone())))
}

fn is_scoped(table: &Table, lease: &Lease<'_>) -> bool {
    lease.scopes().iter().any(|scope| scope.is_of(table))
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

#[cold]
fn hidden(table: &Table) -> Error {
    let message = format!(
        "an upsert of `{}` cannot return a row that already exists outside of the scope of this database; use a \
         unique key that contains the columns of the scope, or run it with `execute`",
        table.model
    );
    Error::new(ErrorKind::OutsideScope, message)
}

#[cold]
fn moved(table: &Table) -> Error {
    let message = format!(
        "an upsert of `{}` cannot return a row by its conflict key, because the update changes that key; run it with \
         `execute`, then query the rows",
        table.model
    );
    Error::new(ErrorKind::NotFound, message)
}
