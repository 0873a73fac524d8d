//! Updates and deletes that return their rows. Without RETURNING, the rows are locked and read, changed by key, and read
//! back, all in one transaction. An update that sets nothing only reads them.

use std::panic::Location;

use super::fetch;
use super::read_back::read;
use crate::driver::{Flow, Sink};
use crate::error::{Error, ErrorKind, Result};
use crate::model::Model;
use crate::render::is_plain;
use crate::schema::Table;
use crate::session::Lease;
use crate::syntax::{
    ColumnRef, Command, Delete, Item, Lock, Node, Projection, Select, Sight, Strength, Target, Update,
};
use crate::unit::{is_one_of, keys_at_once};
use crate::value::{Cell, Datum};

/// Runs an update and returns the rows as stored afterwards.
pub(in crate::change) async fn update<T: Model>(
    lease: &mut Lease<'_>,
    mut update: Update,
    at: &'static Location<'static>,
) -> Result<Vec<T>> {
    let table = T::table();
    if update.is_empty() {
        return find(lease, update.target, at).await;
    }
    if lease.dialect().changes.update_returning {
        update.returning = true;
        return fetch(lease, Command::Update(Box::new(update)), at).await;
    }
    if update.set.iter().any(|(column, _)| table.primary_key.contains(column)) {
        return Err(new_keys(table, lease.dialect().name));
    }
    let own = lease.begin_if_many(3).await?;
    let keys = keys(&find::<T>(lease, update.target.clone(), at).await?);
    let mut rows = Vec::with_capacity(keys.len());
    // A single statement if the new values are computed: with several, the later ones would see the changes of the
    // earlier ones.
    let at_once = if is_constant(&update) { keys_at_once(table) } else { keys.len().max(1) };
    for keys in keys.chunks(at_once) {
        let mut part = update.clone();
        by_key(&mut part.target, keys);
        lease.run(Command::Update(Box::new(part)), &mut (), at).await?;
    }
    for keys in keys.chunks(keys_at_once(table)) {
        rows.extend(read::<T>(lease, table.primary_key, keys, Sight::ALL, at).await?);
    }
    lease.commit_if(own).await?;
    Ok(rows)
}

/// Runs a delete and returns the rows as they were; soft-deleted rows, as stored afterwards.
pub(in crate::change) async fn delete<T: Model>(
    lease: &mut Lease<'_>,
    delete: Delete,
    at: &'static Location<'static>,
) -> Result<Vec<T>> {
    let mut delete = match delete.into_marking() {
        Ok(marking) => return update(lease, marking, at).await,
        Err(delete) => delete,
    };
    let dialect = lease.dialect();
    let native = dialect.changes.delete_returning
        && (!dialect.changes.joins || is_plain(&mut delete, dialect, lease.scopes()));
    if native {
        delete.returning = true;
        return fetch(lease, Command::Delete(Box::new(delete)), at).await;
    }
    let own = lease.begin_if_many(2).await?;
    let sight = delete.target.sight;
    let rows: Vec<T> = find(lease, delete.target, at).await?;
    for keys in keys(&rows).chunks(keys_at_once(T::table())) {
        let mut part = Delete { hard: true, ..Delete::new(T::table()) };
        part.target.sight = sight;
        by_key(&mut part.target, keys);
        lease.run(Command::Delete(Box::new(part)), &mut (), at).await?;
    }
    lease.commit_if(own).await?;
    Ok(rows)
}

/// Counts the rows that an update without assignments matches.
pub(in crate::change) async fn count(
    lease: &mut Lease<'_>,
    target: Target,
    at: &'static Location<'static>,
) -> Result<u64> {
    let source = target.source();
    let column = |&index| Item::Node(Node::Column(ColumnRef::new(source, index)));
    let key = target.table.primary_key.iter().map(column).collect();
    let mut matched = Matched(0);
    lease.run(select(lease, target, key), &mut matched, at).await?;
    Ok(matched.0)
}

/// Reads the rows of a change.
async fn find<T: Model>(
    lease: &mut Lease<'_>,
    target: Target,
    at: &'static Location<'static>,
) -> Result<Vec<T>> {
    let row = Item::Row(target.source(), target.table);
    fetch(lease, select(lease, target, vec![row]), at).await
}

/// Selects from the rows of a change. In a transaction, locks them until it ends, as the change would.
fn select(lease: &Lease<'_>, target: Target, items: Vec<Item>) -> Command {
    // A join may return a row several times.
    let distinct = !target.joins.is_empty();
    let lock = || Box::new(Lock { strength: Some(Strength::Update), ..Lock::default() });
    let lock = lease.is_in_transaction().then(lock);
    let projection = Projection::Items(items);
    Command::Select(Box::new(Select { projection, distinct, lock, ..target.into_select() }))
}

/// Counts rows.
struct Matched(u64);

impl Sink for Matched {
    fn row(&mut self, _cells: &mut [Cell<'_>]) -> Flow {
        self.0 += 1;
        Flow::Continue
    }
}

fn keys<T: Model>(rows: &[T]) -> Vec<Vec<Datum>> {
    rows.iter().map(|row| T::key_values(row.key())).collect()
}

/// Whether an update sets constants only, in rows that do not depend on others.
fn is_constant(update: &Update) -> bool {
    update.target.joins.is_empty() && update.set.iter().all(|(_, node)| matches!(node, Node::Value(_)))
}

/// Restricts a change to rows with these keys; its own conditions are kept only if they decide which rows are joined.
fn by_key(target: &mut Target, keys: &[Vec<Datum>]) {
    if target.joins.is_empty() {
        target.filter.clear();
    }
    target.order_by.clear();
    target.limit = None;
    let key = target.table.primary_key;
    target.filter.push(is_one_of(target.source(), target.table, key, keys));
}

#[cold]
fn new_keys(table: &Table, dialect: &str) -> Error {
    let message = format!(
        "{dialect} cannot return the updated rows of `{}`, because the update sets their primary key; run it \
         with `execute`, then query the rows by their new keys",
        table.model
    );
    Error::new(ErrorKind::Unsupported, message)
}
