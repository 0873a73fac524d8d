//! Keyset pagination: rows from a position in the order on, at the same cost however far in it is.

use std::panic::Location;

use super::cursor::{Cursor, refused};
use super::text_order::comes_after;
use super::total_order::{not_of_tables, total_order};
use crate::dialect::Dialect;
use crate::error::{Error, ErrorKind, Result};
use crate::relation::{Gather, InRow, Loader, Reader, start};
use crate::session::{Each, Labels, Lease, On};
use crate::syntax::{Command, Comparison, JoinKind, Node, OrderBy, Projection, Select, Source};
use crate::value::{Cells, Datum, Fault, Kind};

/// A slice of rows (keyset pagination), and the cursors at both ends.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let titles = Post::query().order_by(|p| p.title.desc()).select(|p| p.title).limit(1);
/// let first = titles.clone().after(None, db).await?;
/// assert_eq!(first.rows, ["Hello"]);
/// assert!(first.previous.is_none());
/// let second = titles.clone().after(first.next.as_ref(), db).await?;
/// assert_eq!(second.rows, ["Draft"]);
/// assert!(second.next.is_none());
/// let back = titles.before(second.previous.as_ref(), db).await?;
/// assert_eq!(back.rows, first.rows);
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Slice<O> {
    /// The rows, in the order of the query.
    pub rows: Vec<O>,
    /// The cursor for [`after`](crate::Query::after), if there are rows after these.
    pub next: Option<Cursor>,
    /// The cursor for [`before`](crate::Query::before), if there may be rows before these.
    pub previous: Option<Cursor>,
}

/// The direction in which to read from a cursor.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    After,
    Before,
}

pub(super) async fn slice<O: Send + 'static>(
    mut select: Box<Select>,
    reader: Reader<O>,
    cursor: Option<Cursor>,
    direction: Direction,
    on: On<'_>,
    at: &'static Location<'static>,
) -> Result<Slice<O>> {
    let size = prepare(&mut select)?;
    let mut lease = on.lease(select.bind(), at).await?;
    let query = fingerprint(&select, lease.dialect())?;
    let kinds: Vec<Kind> = select.order_by.iter().map(|order| order.kind).collect();
    if direction == Direction::Before {
        for order in &mut select.order_by {
            order.descending = !order.descending;
        }
    }
    let given = cursor.is_some();
    if let Some(cursor) = cursor {
        if cursor.query != query || cursor.values.len() != kinds.len() {
            return Err(refused("it belongs to another query, or to this query in another order"));
        }
        let beyond = beyond(&select, cursor.values, lease.dialect());
        beyond.push_onto(&mut select.filter);
    }
    select.marks = select.order_by.iter().map(|order| order.node.clone()).collect();
    // One more row than asked for tells whether there are more.
    select.limit = Some(size.saturating_add(1));
    let (mut rows, mut marks) = fetch(select, reader, kinds, &mut lease, at).await?;
    let more = rows.len() as u64 > size;
    if more {
        rows.pop();
        marks.pop();
    }
    if direction == Direction::Before {
        rows.reverse();
        marks.reverse();
    }
    let (behind, ahead) = match direction {
        Direction::After => (given, more),
        Direction::Before => (more, given),
    };
    let cursor = |values: &Vec<Datum>| Cursor { query, values: values.clone() };
    Ok(Slice {
        next: marks.last().filter(|_| ahead).map(cursor),
        previous: marks.first().filter(|_| behind).map(cursor),
        rows,
    })
}

/// Makes the order total, and returns the number of rows of a slice.
fn prepare(select: &mut Select) -> Result<u64> {
    total_order(select, "a cursor")?;
    let wrong = |why: &str| Error::new(ErrorKind::InvalidQuery, why);
    if select.offset.is_some() {
        return Err(not_of_tables("a cursor"));
    }
    if select.order_by.is_empty() {
        return Err(wrong(
            "a cursor needs an order, because the rows have no primary key: add `.order_by(..)`",
        ));
    }
    select
        .limit
        .take()
        .filter(|rows| *rows > 0)
        .ok_or_else(|| wrong("a cursor needs a page size: add a limit, such as `.limit(20)`"))
}

/// Returns a hash of the tables and the order of a query: the same in every process.
fn fingerprint(select: &Select, dialect: &Dialect) -> Result<u64> {
    let mut order = Box::new(select.clone());
    order.filter.clear();
    order.projection = Projection::One;
    let text = crate::render::render(Command::Select(order), dialect)?.sql;
    // FNV-1a: <https://datatracker.ietf.org/doc/html/draft-eastlake-fnv>.
    Ok(text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)))
}

/// Returns the condition for rows that come after these values: greater in the first key, or equal in it and greater in the
/// next, and so on. NULL is less than everything, on every database here.
pub(super) fn beyond(select: &Select, values: Vec<Datum>, dialect: &Dialect) -> Node {
    let orders = &select.order_by;
    let bound =
        orders.first().zip(values.first()).and_then(|(order, value)| bound(select, order, value, dialect));
    let last_first = orders.iter().zip(values).rev();
    let beyond = last_first.fold(None, |rest: Option<Node>, (order, value)| {
        let key = || order.node.clone();
        let null = || Node::IsNull(Box::new(key()));
        let tied = |equal: Node| rest.map(|rest| Node::All(vec![equal, rest]));
        if value.is_null() {
            let greater = (!order.descending).then(|| Node::Not(Box::new(null())));
            return Some(any(greater.into_iter().chain(tied(null()))));
        }
        let compare = |how, value| Node::compare(key(), how, Node::Value(value));
        let how = if order.descending { Comparison::Less } else { Comparison::Greater };
        let less = (order.descending && may_be_null(select, &order.node)).then(null);
        let tie = tied(compare(Comparison::Equal, value.clone()));
        let after = comes_after(select, order, &value, dialect).unwrap_or_else(|| compare(how, value));
        Some(any([after].into_iter().chain(less).chain(tie)))
    });
    let conditions = bound.into_iter().chain(beyond);
    Node::All(conditions.collect())
}

fn any(nodes: impl Iterator<Item = Node>) -> Node {
    let mut nodes: Vec<Node> = nodes.collect();
    match nodes.pop() {
        Some(only) if nodes.is_empty() => only,
        last => Node::Any(nodes.into_iter().chain(last).collect()),
    }
}

/// Returns a bound on the first key, for the index: SQLite finds no starting point in alternatives (OR).
fn bound(select: &Select, order: &OrderBy, value: &Datum, dialect: &Dialect) -> Option<Node> {
    let alone = select.order_by.len() == 1;
    let by_position = comes_after(select, order, value, dialect).is_some();
    if alone || by_position || value.is_null() || (order.descending && may_be_null(select, &order.node)) {
        return None;
    }
    let how = if order.descending { Comparison::LessOrEqual } else { Comparison::GreaterOrEqual };
    Some(Node::compare(order.node.clone(), how, Node::Value(value.clone())))
}

/// Whether a key can be NULL: anything but an IS NULL test, or a NOT NULL column of a table that every row has.
fn may_be_null(select: &Select, node: &Node) -> bool {
    let Node::Column(column) = node else { return !matches!(node, Node::IsNull(_)) };
    let root = Source::table(column.source().table);
    let position = root.table.checked_sub(select.base).and_then(|at| usize::try_from(at).ok());
    let table = position.and_then(|at| select.from.get(at)).and_then(|item| item.origin.table());
    let joined = select.from.iter().skip(1).all(|item| item.join == JoinKind::Inner);
    column.source() != root || !joined || table.is_none_or(|table| table.column(column.index).nullable)
}

/// Returns the rows, and the values of the sort keys at each.
pub(super) async fn fetch<O: Send + 'static>(
    mut select: Box<Select>,
    reader: Reader<O>,
    kinds: Vec<Kind>,
    lease: &mut Lease<'_>,
    at: &'static Location<'static>,
) -> Result<(Vec<O>, Vec<Vec<Datum>>)> {
    let mut gather: Box<dyn Gather<O>> = match reader {
        Reader::Rows(read) => Box::new(InRow::new(read)),
        Reader::Graph(plan) => start(&*plan, &mut select),
    };
    let labels = Labels::of(&select);
    let mut marks = Vec::new();
    let mut read = |cells: &mut Cells<'_, '_>| -> std::result::Result<(), Fault> {
        gather.read(cells)?;
        let values: std::result::Result<_, Fault> = kinds.iter().map(|kind| kind.read(cells)).collect();
        marks.push(values?);
        Ok(())
    };
    let mut rows = Each::new(&mut read);
    lease.run(Command::Select(select), &mut rows, at).await?;
    rows.finish(|index| labels.at(index))?;
    let mut loader = Loader { lease, at };
    Ok((gather.finish(&mut loader).await?.into_vec(), marks))
}
