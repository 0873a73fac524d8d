//! The unique keys of a table, as conflict keys.

use crate::dialect::Dialect;
use crate::error::{Error, ErrorKind, Result};
use crate::schema::{Index, IndexPart, Table};
use crate::syntax::Insert;

/// Refuses a conflict key that is not a unique key of the table.
pub(super) fn check_target(table: &Table, target: &[u16]) -> Result<()> {
    let keys = keys(table);
    if keys.iter().any(|key| same(key, target)) { Ok(()) } else { Err(no_key(table, target, &keys)) }
}

/// Refuses rows that may also conflict on another key, if the dialect cannot say which key is meant.
pub(super) fn check_others(insert: &Insert, target: &[u16], dialect: &Dialect) -> Result<()> {
    if dialect.conflict_target {
        return Ok(());
    }
    let table = insert.table;
    let other = keys(table).into_iter().find(|key| !same(key, target) && can_collide(table, insert, key));
    if let Some(other) = other {
        return Err(ambiguous(table, &names(table, &other), dialect));
    }
    // A key of expressions or prefixes cannot be named as the conflict key, but rows conflict on it all the same.
    let mut computed = table.uniques.iter().filter(|key| key.condition.is_none() && key.columns().is_none());
    let other = computed.find(|key| {
        let columns: Vec<u16> = key.parts.iter().filter_map(IndexPart::column).collect();
        can_collide(table, insert, &columns)
    });
    other.map_or(Ok(()), |other| Err(ambiguous(table, &described(table, other), dialect)))
}

/// Returns the name of a key of expressions or prefixes, or else its parts.
fn described(table: &Table, key: &Index) -> String {
    let part = |part: &IndexPart| match (part.over(), part.column()) {
        (IndexPart::Expression(sql), _) => sql.to_owned(),
        (_, Some(column)) => table.column(column).field.to_owned(),
        (_, None) => String::new(),
    };
    let parts = || key.parts.iter().map(part).collect::<Vec<_>>().join(", ");
    format!("`{}`", key.name.map_or_else(parts, str::to_owned))
}

fn same(key: &[u16], target: &[u16]) -> bool {
    key.len() == target.len() && key.iter().all(|column| target.contains(column))
}

/// The primary key and the unique keys of a table, as column positions.
fn keys(table: &Table) -> Vec<Vec<u16>> {
    let single =
        (0u16..).zip(table.columns).filter(|(_, column)| column.unique).map(|(index, _)| vec![index]);
    let several = table.uniques.iter().filter(|key| key.condition.is_none()).filter_map(|key| key.columns());
    std::iter::once(table.primary_key.to_vec()).chain(single).chain(several).collect()
}

/// Whether an inserted row can conflict on this key: not if the server generates it.
fn can_collide(table: &Table, insert: &Insert, key: &[u16]) -> bool {
    !key.iter().any(|column| table.column(*column).auto && !insert.columns.contains(column))
}

pub(super) fn names(table: &Table, columns: &[u16]) -> String {
    let names: Vec<&str> = columns.iter().map(|&column| table.column(column).field).collect();
    if names.len() == 1 { format!("`{}`", names[0]) } else { format!("`({})`", names.join(", ")) }
}

#[cold]
fn no_key(table: &Table, target: &[u16], keys: &[Vec<u16>]) -> Error {
    let keys: Vec<String> = keys.iter().map(|key| names(table, key)).collect();
    let message = format!(
        "{} is not a unique key of `{}`, so rows cannot conflict on it; its keys are {}",
        names(table, target),
        table.model,
        keys.join(", ")
    );
    Error::new(ErrorKind::InvalidQuery, message)
}

#[cold]
fn ambiguous(table: &Table, other: &str, dialect: &Dialect) -> Error {
    let message = format!(
        "{} cannot limit an upsert to one unique key, and these rows of `{}` may also conflict on {other}; insert \
         them one by one in a transaction",
        dialect.name, table.model
    );
    Error::new(ErrorKind::Unsupported, message)
}
