//! Loading the rows of relations to many: one statement for all rows at this end.

use std::collections::HashMap;
use std::sync::Arc;

use super::ends::Ends;
use super::gather::Loader;
use super::key::{Key, KeyPart, is_one_of, read_key};
use super::{Gather, Plan};
use crate::driver::BoxFuture;
use crate::error::Result;
use crate::syntax::{
    ColumnRef, Comparison, Item, Node, OrderBy, Origin, Path, Projection, Select, Source, Window, WindowCall,
    WindowFunction,
};
use crate::value::{Cells, Datum, Fault, Kind};

/// Keys of several columns in one statement: SQLite takes no more than a thousand conditions in a row.
const COMPOSITE_KEYS: usize = 500;

/// The rows that a relation to many leads to.
pub(super) struct Children<O> {
    /// Over which relations to one the row at this end is reached from the row that is loaded.
    pub(super) from: Path,
    pub(super) ends: Ends,
    pub(super) select: Select,
    pub(super) plan: Arc<dyn Plan<O>>,
}

impl<O: Send + 'static> Plan<Vec<O>> for Children<O> {
    /// This end of the relation, once more beside the row: reading the row may take its cells away.
    fn items(&self, source: Source, items: &mut Vec<Item>) {
        let source = source.follow(self.from);
        let column = |&index: &u16| Item::Node(Node::Column(ColumnRef::new(source, index)));
        items.extend(self.ends.near.iter().map(column));
    }

    fn gather(&self) -> Box<dyn Gather<Vec<O>>> {
        let Children { ends, select, plan, .. } = self;
        Box::new(Parents { ends: ends.clone(), select: select.clone(), plan: plan.clone(), keys: Vec::new() })
    }
}

/// The keys of the rows at this end, as they are read.
struct Parents<O> {
    ends: Ends,
    select: Select,
    plan: Arc<dyn Plan<O>>,
    keys: Vec<Key>,
}

impl<O: Send + 'static> Gather<Vec<O>> for Parents<O> {
    fn read(&mut self, cells: &mut Cells<'_, '_>) -> Result<(), Fault> {
        self.keys.push(read_key(cells, self.ends.near.len())?);
        Ok(())
    }

    fn finish<'a>(self: Box<Self>, loader: &'a mut Loader<'_, '_>) -> BoxFuture<'a, Result<Vec<Vec<O>>>> {
        Box::pin(async move {
            let mut found = Found::new(&self.keys);
            let mut rows = Keyed {
                width: self.ends.near.len(),
                copies: &found.copies,
                keys: Vec::new(),
                rows: self.plan.gather(),
            };
            for keys in found.chunks() {
                let select = self.statement(keys.to_vec());
                loader.run(Box::new(select), &mut rows).await?;
            }
            let Keyed { keys, rows, .. } = rows;
            for (key, row) in keys.into_iter().zip(rows.finish(loader).await?) {
                found.put(key, row);
            }
            Ok(self.keys.into_iter().map(|key| found.take(key)).collect())
        })
    }
}

impl<O: Send + 'static> Parents<O> {
    /// The rows that belong to any of `keys`, each behind the key that it belongs to.
    fn statement(&self, keys: Vec<Vec<KeyPart>>) -> Select {
        let mut select = self.select.clone();
        let Ends { far, table, .. } = &self.ends;
        let keyed = self.ends.source(&select);
        let column = |&index: &u16| Node::Column(ColumnRef::new(keyed, index));
        let mut items: Vec<Item> = far.iter().map(column).map(Item::Node).collect();
        self.plan.items(Source::table(select.base), &mut items);
        select.projection = Projection::Items(items);
        select.filter.push(is_one_of(keyed, table, far, keys));
        limit_each(select, far.iter().map(column).collect())
    }
}

/// Makes the limit of a select one of each group of rows that are equal in `group`: the rows are numbered within it.
fn limit_each(mut select: Select, group: Vec<Node>) -> Select {
    let (limit, offset) = (select.limit.take(), select.offset.take());
    if limit.is_none() && offset.is_none() {
        return select;
    }
    let order_by = std::mem::take(&mut select.order_by);
    let window = Window { partition_by: group, order_by, ..Window::default() };
    let number = WindowCall { function: WindowFunction::RowNumber, kind: Kind::BigInt, window };
    let width = select.width();
    if let Projection::Items(items) = &mut select.projection {
        items.push(Item::Node(Node::Window(Box::new(number))));
    }
    let mut outer = Select::from_origin(Origin::Derived(Box::new(select)));
    let source = Source::table(outer.base);
    let number = ColumnRef::new(source, width);
    let columns = (0..width).map(|index| Item::Node(Node::Column(ColumnRef::new(source, index))));
    outer.projection = Projection::Items(columns.collect());
    let bound = |rows: u64| Datum::Int(i64::try_from(rows).unwrap_or(i64::MAX));
    if let Some(rows) = limit {
        let last = bound(rows.saturating_add(offset.unwrap_or(0)));
        outer.filter.push(Node::Compare(number, Comparison::LessOrEqual, last));
    }
    if let Some(rows) = offset {
        outer.filter.push(Node::Compare(number, Comparison::Greater, bound(rows)));
    }
    let node = Node::Column(number);
    outer.order_by.push(OrderBy { node, kind: Kind::BigInt, descending: false, nulls_first: None });
    outer
}

/// Rows by the key that they belong to. A key that several rows at this end have is asked for once, and each of them
/// gets rows of its own.
struct Found<O> {
    /// The different keys, in the order in which they came.
    wanted: Vec<Vec<KeyPart>>,
    /// How many rows at this end have a key.
    copies: HashMap<Vec<KeyPart>, usize>,
    /// The rows of a key: one list for each row at this end, filled in turn.
    rows: HashMap<Vec<KeyPart>, (usize, Vec<Vec<O>>)>,
}

impl<O> Found<O> {
    fn new(keys: &[Key]) -> Self {
        let mut found =
            Found { wanted: Vec::new(), copies: HashMap::with_capacity(keys.len()), rows: HashMap::new() };
        for key in keys.iter().flatten() {
            let copies = found.copies.entry(key.clone()).or_default();
            *copies += 1;
            if *copies == 1 {
                found.wanted.push(key.clone());
            }
        }
        found
    }

    /// The keys, as many at a time as one statement takes.
    fn chunks(&self) -> Vec<Vec<Vec<KeyPart>>> {
        let many = self.wanted.first().is_some_and(|key| key.len() > 1);
        let size = if many { COMPOSITE_KEYS } else { self.wanted.len().max(1) };
        self.wanted.chunks(size).map(<[_]>::to_vec).collect()
    }

    fn put(&mut self, key: Key, row: O) {
        let Some(key) = key else { return };
        let copies = self.copies.get(&key).copied().unwrap_or(1);
        let (next, lists) = self.rows.entry(key).or_insert_with(|| (0, Vec::new()));
        if lists.is_empty() {
            lists.resize_with(copies, Vec::new);
        }
        if let Some(list) = lists.get_mut(*next) {
            list.push(row);
        }
        *next = (*next + 1) % copies;
    }

    fn take(&mut self, key: Key) -> Vec<O> {
        key.and_then(|key| self.rows.get_mut(&key)).and_then(|(_, lists)| lists.pop()).unwrap_or_default()
    }
}

/// Rows, each behind the key that it belongs to, and read as often as there are rows at this end with that key.
struct Keyed<'a, O> {
    width: usize,
    copies: &'a HashMap<Vec<KeyPart>, usize>,
    keys: Vec<Key>,
    rows: Box<dyn Gather<O>>,
}

impl<O: Send + 'static> Gather<O> for Keyed<'_, O> {
    fn read(&mut self, cells: &mut Cells<'_, '_>) -> Result<(), Fault> {
        let key = read_key(cells, self.width)?;
        let copies = key.as_ref().and_then(|key| self.copies.get(key)).copied().unwrap_or(1);
        for _ in 1..copies {
            cells.with_copy(|copy| self.rows.read(copy))?;
            self.keys.push(key.clone());
        }
        self.keys.push(key);
        self.rows.read(cells)
    }

    fn finish<'a>(self: Box<Self>, loader: &'a mut Loader<'_, '_>) -> BoxFuture<'a, Result<Vec<O>>> {
        self.rows.finish(loader)
    }
}
