//! Reading stored rows back.

use std::collections::HashMap;
use std::panic::Location;

use super::fetch;
use crate::error::{Error, Result};
use crate::model::Model;
use crate::schema::Table;
use crate::session::Lease;
use crate::syntax::{Command, Sight};
use crate::unit::{Identity, by_columns, keys_at_once};
use crate::value::Datum;

/// How rows are read back.
#[derive(Clone, Copy)]
pub(super) struct ReadBack<'k> {
    /// The columns by which they are found.
    pub(super) key: &'k [u16],
    pub(super) sight: Sight,
    /// The error if one is not found.
    pub(super) missing: fn(&Table) -> Error,
}

/// Reads the stored rows that have these values in the key columns, one for each value and in the order of the values.
pub(super) async fn read_back<T: Model>(
    lease: &mut Lease<'_>,
    how: ReadBack<'_>,
    values: Vec<Vec<Datum>>,
    at: &'static Location<'static>,
) -> Result<Vec<T>> {
    let ReadBack { key, sight, missing } = how;
    let mut stored: HashMap<Identity, T> = HashMap::with_capacity(values.len());
    for values in values.chunks(keys_at_once(T::table())) {
        let rows = read::<T>(lease, key, values, sight, at).await?;
        stored.extend(rows.into_iter().map(|row| (identity(&row, key), row)));
    }
    let mut rows = Vec::with_capacity(values.len());
    for values in values {
        // A server may store a key other than the one it was sent, such as a time without its nanoseconds, or match one that it
        // considers equal, such as in another case. And two rows of an upsert may be the same row.
        let row = match stored.remove(&Identity::new(values.clone())) {
            Some(row) => Some(row),
            None => read::<T>(lease, key, &[values], sight, at).await?.pop(),
        };
        rows.push(row.ok_or_else(|| missing(T::table()))?);
    }
    Ok(rows)
}

/// Reads the stored rows that have these values in the key columns, in no particular order.
pub(super) async fn read<T: Model>(
    lease: &mut Lease<'_>,
    key: &[u16],
    values: &[Vec<Datum>],
    sight: Sight,
    at: &'static Location<'static>,
) -> Result<Vec<T>> {
    let select = by_columns(T::table(), key, values, sight);
    fetch(lease, Command::Select(Box::new(select)), at).await
}

fn identity<T: Model>(row: &T, key: &[u16]) -> Identity {
    Identity::new(key.iter().map(|&column| row.column_value(column)).collect())
}
