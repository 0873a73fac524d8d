//! Reading rows by their keys.

use std::panic::Location;

use crate::error::Result;
use crate::model::Model;
use crate::query::Read;
use crate::schema::Table;
use crate::session::{Fetch, Lease, Transaction, column_of};
use crate::syntax::{ColumnRef, Command, Comparison, InList, Lock, Node, Select, Sight, Source, Strength};
use crate::value::{Datum, Kind};

/// What a session sees of the rows that it tracks, including soft-deleted ones.
pub(super) const TRACKED: Sight = Sight { unscoped: false, deleted: true };

/// Reads the row with a key.
pub(super) async fn read_one<T: Model>(
    tx: &mut Transaction,
    key: Vec<Datum>,
    sight: Sight,
    lock: Option<Lock>,
    at: &'static Location<'static>,
) -> Result<Option<T>> {
    let table = T::table();
    let mut select = by_keys(table, &[key], sight);
    select.lock = lock.map(Box::new);
    let mut fetch = Fetch::new(T::read as Read<T>);
    let mut lease = Lease::open(tx, None, table.bind).await?.watched();
    lease.run(Command::Select(Box::new(select)), &mut fetch, at).await?;
    Ok(fetch.finish(|index| column_of(table, index))?.pop())
}

/// Reads the columns of tracked rows that still exist, as they are in the database now. The rows are locked, to get their
/// latest values and not those of the transaction's snapshot.
pub(super) async fn read_again(
    tx: &mut Transaction,
    shelf: usize,
    slots: &[u32],
    strength: Strength,
    at: &'static Location<'static>,
) -> Result<Vec<Box<[Datum]>>> {
    let rows = &tx.unit().shelves[shelf];
    let (table, run) = (rows.table, rows.rows.run_select());
    let keys: Vec<Vec<Datum>> = slots.iter().map(|&slot| rows.key(slot)).collect();
    let mut select = by_keys(table, &keys, TRACKED);
    select.lock = Some(Box::new(Lock { strength: Some(strength), ..Lock::default() }));
    let mut lease = Lease::open(tx, None, table.bind).await?;
    let found = run(&mut lease, Command::Select(Box::new(select)), at).await?;
    Ok(tx.unit().shelves[shelf].rows.columns_of(found))
}

/// The maximum number of keys in one statement.
pub(crate) fn keys_at_once(table: &Table) -> usize {
    4096 / table.primary_key.len().max(1)
}

/// Selects the rows with these keys.
pub(crate) fn by_keys(table: &'static Table, keys: &[Vec<Datum>], sight: Sight) -> Select {
    by_columns(table, table.primary_key, keys, sight)
}

/// Selects the rows that have these values in the columns of a key.
pub(crate) fn by_columns(table: &'static Table, key: &[u16], rows: &[Vec<Datum>], sight: Sight) -> Select {
    let mut select = Select::new(table);
    select.sight = sight;
    select.by_key = rows.len() == 1;
    select.filter.push(is_one_of(Source::table(select.base), table, key, rows));
    select
}

/// The condition that the columns of a row equal one of these lists of values.
pub(crate) fn is_one_of(source: Source, table: &'static Table, columns: &[u16], rows: &[Vec<Datum>]) -> Node {
    if let [row] = rows {
        let parts = columns.iter().zip(row);
        return Node::All(parts.map(|(&column, value)| equals(source, column, value.clone())).collect());
    }
    let column = |&column: &u16| Node::Column(ColumnRef::new(source, column));
    let needle = match columns {
        [only] => column(only),
        columns => Node::Row(columns.iter().map(column).collect()),
    };
    let kind = columns.first().map_or(Kind::Blob, |&first| table.column(first).kind);
    let values = rows.iter().flatten().cloned().collect();
    Node::InList(Box::new(InList { needle, kind, values, negated: false }))
}

/// The condition that a column has a value.
pub(super) fn equals(source: Source, column: u16, value: Datum) -> Node {
    Node::Compare(ColumnRef::new(source, column), Comparison::Equal, value)
}
