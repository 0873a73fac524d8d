//! Reading stored rows back.

use std::collections::HashMap;
use std::panic::Location;

use super::fetch;
use super::insert::nothing_back;
use crate::error::Result;
use crate::model::Model;
use crate::session::Lease;
use crate::syntax::{Command, Sight};
use crate::unit::{Identity, by_columns, keys_at_once};
use crate::value::Datum;

/// Reads the stored rows that have these values in the key columns, one for each value and in the order of the values.
pub(super) async fn read_back<T: Model>(
    lease: &mut Lease<'_>,
    key: &[u16],
    values: Vec<Vec<Datum>>,
    at: &'static Location<'static>,
) -> Result<Vec<T>> {
    let mut stored: HashMap<Identity, T> = HashMap::with_capacity(values.len());
    for values in values.chunks(keys_at_once(T::table())) {
        let rows = read::<T>(lease, key, values, at).await?;
        stored.extend(rows.into_iter().map(|row| (identity(&row, key), row)));
    }
    let mut rows = Vec::with_capacity(values.len());
    for values in values {
        // A server may store a key other than the one it was sent, such as a time without its nanoseconds, or match one that it
        // considers equal, such as in another case. And two rows of an upsert may be the same row.
        let row = match stored.remove(&Identity::new(values.clone())) {
            Some(row) => Some(row),
            None => read::<T>(lease, key, &[values], at).await?.pop(),
        };
        rows.push(row.ok_or_else(|| nothing_back(T::table()))?);
    }
    Ok(rows)
}

/// Reads the stored rows that have these values in the key columns, in no particular order.
pub(super) async fn read<T: Model>(
    lease: &mut Lease<'_>,
    key: &[u16],
    values: &[Vec<Datum>],
    at: &'static Location<'static>,
) -> Result<Vec<T>> {
    let select = by_columns(T::table(), key, values, Sight::ALL);
    fetch(lease, Command::Select(Box::new(select)), at).await
}

fn identity<T: Model>(row: &T, key: &[u16]) -> Identity {
    Identity::new(key.iter().map(|&column| row.column_value(column)).collect())
}
