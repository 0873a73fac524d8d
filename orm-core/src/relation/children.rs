//! Loading the rows of to-many relations: one statement for all parents.

use std::sync::Arc;

use super::ends::{Ends, Kinds};
use super::gather::Loader;
use super::key::{Key, is_key, is_one_of, peek_key, read_key};
use super::keys::{AtOnce, Keys, chunks};
use super::pile::Pile;
use super::runs::{Run, Runs};
use super::{Gather, Plan};
use crate::dialect::Dialect;
use crate::driver::BoxFuture;
use crate::error::Result;
use crate::syntax::{
    ColumnRef, Comparison, FromItem, Item, JoinKind, List, Node, On, OrderBy, Origin, Path, Projection,
    Select, Source, Window, WindowCall, WindowFunction,
};
use crate::value::{Cells, Datum, Fault, Kind};

/// The maximum number of composite keys in one statement: SQLite accepts at most a thousand chained conditions.
const COMPOSITE_KEYS: usize = 500;

/// Loads the rows of a to-many relation.
pub(super) struct Children<O> {
    /// The to-one relations that lead from the loaded row to the near row.
    pub(super) from: Path,
    pub(super) ends: Ends,
    pub(super) select: Select,
    pub(super) plan: Arc<dyn Plan<O>>,
    /// Whether each near row has at most one far row, which several near rows may share.
    pub(super) at_most_one: bool,
}

impl<O: Send + 'static> Children<O> {
    /// Loads the rows that belong to each of these keys.
    pub(super) fn of_keys(&self, keys: Vec<Option<Key>>) -> Box<dyn Gather<Vec<O>>> {
        let mut parents = self.parents();
        keys.into_iter().for_each(|key| parents.keys.push(key));
        Box::new(parents)
    }

    fn parents(&self) -> Parents<O> {
        let Children { ends, select, plan, .. } = self;
        let kinds = ends.near_kinds();
        let (ends, select, plan) = (ends.clone(), select.clone(), plan.clone());
        Parents { ends, select, plan, at_most_one: self.at_most_one, kinds, keys: Keys::default() }
    }
}

impl<O: Send + 'static> Plan<Vec<O>> for Children<O> {
    /// Selects the near columns once more next to the row, since reading the row may consume its cells.
    fn items(&self, source: Source, items: &mut Vec<Item>) {
        let source = source.follow(self.from);
        let column = |&index: &u16| Item::Node(Node::Column(ColumnRef::new(source, index)));
        items.extend(self.ends.near.iter().map(column));
    }

    fn gather(&self) -> Box<dyn Gather<Vec<O>>> {
        Box::new(self.parents())
    }
}

/// Collects the near rows as they are read.
struct Parents<O> {
    ends: Ends,
    select: Select,
    plan: Arc<dyn Plan<O>>,
    at_most_one: bool,
    /// The kinds of the near columns.
    kinds: Kinds,
    keys: Keys,
}

impl<O: Send + 'static> Gather<Vec<O>> for Parents<O> {
    fn read(&mut self, cells: &mut Cells<'_, '_>) -> Result<(), Fault> {
        self.keys.push(read_key(cells, &self.kinds)?);
        Ok(())
    }

    fn finish<'a>(self: Box<Self>, loader: &'a mut Loader<'_, '_>) -> BoxFuture<'a, Result<Pile<Vec<O>>>> {
        Box::pin(async move {
            let mut loaded = self.load(self.key_at(), loader).await?;
            if self.at_most_one {
                self.load_others(&mut loaded, loader).await?;
            } else if loaded.strays {
                loaded = self.load(KeyAt::ThisEnd(self.kinds.clone()), loader).await?;
            }
            let Keyed { runs, rows, .. } = loaded;
            let rows = rows.finish(loader).await?;
            Ok(self.keys.deal(runs, rows))
        })
    }
}

impl<O: Send + 'static> Parents<O> {
    async fn load(&self, at: KeyAt, loader: &mut Loader<'_, '_>) -> Result<Keyed<'_, O>> {
        let mut rows = Keyed {
            at,
            known: &self.keys,
            last: None,
            strays: false,
            runs: Runs::default(),
            rows: self.plan.gather(),
        };
        for keys in self.keys.chunks(self.at_once(loader.lease.dialect())) {
            let select = self.statement(keys, &rows.at);
            loader.run(Box::new(select), &mut rows).await?;
        }
        rows.end();
        Ok(rows)
    }

    /// Loads the rows of keys that have none so far, because only the database considers their keys equal.
    async fn load_others(&self, rows: &mut Keyed<'_, O>, loader: &mut Loader<'_, '_>) -> Result<()> {
        if !self.ends.far_kinds().contains(&Kind::Text) {
            return Ok(());
        }
        rows.at = KeyAt::Number;
        let others = self.keys.without(&rows.runs);
        let AtOnce { bytes, .. } = self.at_once(loader.lease.dialect());
        let at_once = AtOnce { values: loader.lease.dialect().max_params / 4, bytes };
        for keys in chunks(&others, at_once, |(_, key)| key) {
            loader.run(Box::new(self.statement_of_list(keys)), rows).await?;
        }
        rows.end();
        Ok(())
    }

    /// Where a row's key is. If the row is selected whole and first, its key is among its own columns, and is not sent
    /// twice.
    fn key_at(&self) -> KeyAt {
        let source = Source::table(self.select.base);
        let mut items = Vec::new();
        self.plan.items(source, &mut items);
        match items.first() {
            Some(Item::Row(first, _)) if *first == self.ends.source(&self.select) => {
                KeyAt::Inside(self.ends.far.clone(), self.ends.far_kinds())
            }
            _ => KeyAt::Before(self.ends.far_kinds()),
        }
    }

    /// How many keys go into one statement; half of its capacity is left to the conditions of the relation.
    fn at_once(&self, dialect: &Dialect) -> AtOnce {
        let Ends { far, table, .. } = &self.ends;
        let values = match far.as_slice() {
            // Bound as one value, however many there are.
            [column] if (dialect.list_element)(table.column(*column).kind).is_some() => usize::MAX,
            [_] => dialect.max_params / 2,
            columns => COMPOSITE_KEYS * columns.len(),
        };
        AtOnce { values, bytes: dialect.max_bytes / 2 }
    }

    /// Selects the rows that belong to any of `keys`.
    fn statement(&self, keys: &[Key], at: &KeyAt) -> Select {
        let mut select = self.select.clone();
        let Ends { far, table, .. } = &self.ends;
        let keyed = self.ends.source(&select);
        let columns = || far.iter().map(|&index| Node::Column(ColumnRef::new(keyed, index)));
        let mut items: Vec<Item> = match at {
            KeyAt::Before(_) => columns().map(Item::Node).collect(),
            KeyAt::ThisEnd(_) => self.ends.at_this_end(&select).map(Item::Node).collect(),
            KeyAt::Inside(..) | KeyAt::Number => Vec::new(),
        };
        self.plan.items(Source::table(select.base), &mut items);
        select.projection = Projection::Items(items);
        select.filter.push(is_one_of(keyed, table, far, keys));
        limit_each(select, columns().collect())
    }

    /// Selects the rows that belong to any of `keys` by joining a list of them, each with its number.
    fn statement_of_list(&self, keys: &[(usize, Key)]) -> Select {
        let mut select = self.select.clone();
        let Ends { far, table, .. } = &self.ends;
        let (keyed, listed) = (self.ends.source(&select), select.next_source());
        let kinds = std::iter::once(Kind::UnsignedBigInt).chain(self.ends.far_kinds()).collect();
        let values = keys.iter().flat_map(|(number, key)| {
            let parts = key.iter().zip(far).map(|(part, &index)| part.clone().datum(table.column(index)));
            std::iter::once(Datum::UInt(*number as u64)).chain(parts)
        });
        let list = List { kinds, values: values.collect() };
        // The columns come first, since some databases compare texts as the left one says.
        let equal = (1..).zip(far).map(|(at, &index)| {
            let column = |source, index| Node::Column(ColumnRef::new(source, index));
            Node::compare(column(keyed, index), Comparison::Equal, column(listed, at))
        });
        let on = On::Condition(Node::All(equal.collect()));
        select.from.push(FromItem::joined(Origin::List(list), JoinKind::Inner, on));
        let mut items = vec![Item::Node(Node::Column(ColumnRef::new(listed, 0)))];
        self.plan.items(Source::table(select.base), &mut items);
        select.projection = Projection::Items(items);
        select
    }
}

/// Applies the limit of a select to each group of rows that are equal in `group`, with ROW_NUMBER().
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

/// Where the key of a far row is, which says which near rows it belongs to.
enum KeyAt {
    /// In cells of these kinds before the row.
    Before(Kinds),
    /// In these cells of the row itself, of these kinds.
    Inside(Vec<u16>, Kinds),
    /// In cells of these kinds before the row, with the value it has in the near row.
    ThisEnd(Kinds),
    /// Its number is in the cell before the row.
    Number,
}

/// Reads far rows with their keys. Each row is read as many times as there are near rows with its key.
struct Keyed<'a, O> {
    at: KeyAt,
    known: &'a Keys,
    /// The current run: most rows come next to others with the same key.
    last: Option<Last>,
    /// Whether there were rows whose keys only the database considers equal, such as `ANN` and `Ann`.
    strays: bool,
    /// The key number of each row, except for the current run.
    runs: Runs,
    rows: Box<dyn Gather<O>>,
}

/// A run of consecutive rows with the same key.
struct Last {
    key: Key,
    run: Run,
    copies: usize,
}

impl<O> Keyed<'_, O> {
    /// Looks up the key of a row, and starts a new run unless it is the key of the current one.
    fn turn(&mut self, cells: &mut Cells<'_, '_>) -> Result<(), Fault> {
        let key = match &self.at {
            KeyAt::Inside(at, kinds) => peek_key(cells, at, kinds)?,
            KeyAt::Before(kinds) | KeyAt::ThisEnd(kinds) => read_key(cells, kinds)?,
            KeyAt::Number => self.known.key(cells.value::<u64>()?),
        };
        let number = key.as_ref().and_then(|key| self.known.number(key));
        if number.is_some() && number == self.last.as_ref().map(|last| last.run.number) {
            return Ok(());
        }
        self.strays |= number.is_none();
        let last = key.zip(number).map(|(key, number)| {
            let copies = self.known.copies[number];
            Last { key, run: Run { number, rows: 0 }, copies }
        });
        self.end();
        self.last = last;
        Ok(())
    }

    fn end(&mut self) {
        if let Some(last) = self.last.take() {
            self.runs.push(last.run);
        }
    }
}

impl<O: Send + 'static> Gather<O> for Keyed<'_, O> {
    fn read(&mut self, cells: &mut Cells<'_, '_>) -> Result<(), Fault> {
        match (&self.at, &self.last) {
            (KeyAt::Inside(at, _), Some(last)) if is_key(cells, at, &last.key) => {}
            _ => self.turn(cells)?,
        }
        let Some(Last { run, copies, .. }) = &mut self.last else { return Ok(()) };
        run.rows += *copies;
        for _ in 1..*copies {
            cells.with_copy(|copy| self.rows.read(copy))?;
        }
        self.rows.read(cells)
    }

    fn finish<'a>(self: Box<Self>, loader: &'a mut Loader<'_, '_>) -> BoxFuture<'a, Result<Pile<O>>> {
        self.rows.finish(loader)
    }
}
