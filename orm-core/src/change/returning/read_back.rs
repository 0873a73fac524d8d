//! Reading rows back.

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

/// The stored rows that have these values in the columns of a key, one for each and in their order, wherever they went.
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
        // A server may store another key than it was sent, such as a time without its nanoseconds, or find one that it
        // takes for the same, in other letters. And two rows of an upsert may be one.
        let row = match stored.remove(&Identity::new(values.clone())) {
            Some(row) => Some(row),
            None => read::<T>(lease, key, &[values], at).await?.pop(),
        };
        rows.push(row.ok_or_else(|| nothing_back(T::table()))?);
    }
    Ok(rows)
}

/// The stored rows that have these values in the columns of a key, in no order.
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
