//! Slices: rows from a place in the order on, however far that is, at the cost of the first ones.

use std::panic::Location;

use super::cursor::{Cursor, refused};
use crate::dialect::Dialect;
use crate::error::{Error, ErrorKind, Result};
use crate::relation::{Gather, InRow, Loader, Reader, start};
use crate::session::{Each, Labels, Lease, On};
use crate::syntax::{ColumnRef, Command, Comparison, Node, OrderBy, Projection, Select, Source};
use crate::value::{Cells, Datum, Fault, Kind};

/// Some rows, and the cursors at both ends.
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
    /// Where the rows after these begin, if there are any.
    pub next: Option<Cursor>,
    /// Where the rows before these end, if there may be any.
    pub previous: Option<Cursor>,
}

/// Which way to go from a cursor.
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
            return Err(refused("it belongs to another query, or to another order of this one"));
        }
        select.filter.push(beyond(&select.order_by, cursor.values));
    }
    select.marks = select.order_by.iter().map(|order| order.node.clone()).collect();
    // One more than asked for says whether there are more.
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

/// Makes the order total, by the keys of the tables; says how many rows a slice has.
fn prepare(select: &mut Select) -> Result<u64> {
    let wrong = |why: &str| Error::new(ErrorKind::InvalidQuery, why);
    if select.distinct || select.compound.is_some() || !select.group_by.is_empty() || select.offset.is_some()
    {
        return Err(wrong(
            "a cursor needs rows that are those of tables: make a table of these first, with `.into_query()`",
        ));
    }
    if select.order_by.iter().any(|order| order.nulls_first == Some(order.descending)) {
        return Err(wrong(
            "a cursor needs NULLs where they are by themselves: first from the least on, else last",
        ));
    }
    let keys = select.from.iter().zip(select.base..).flat_map(|(item, number)| {
        let table = item.origin.table();
        table.into_iter().flat_map(move |table| {
            table.primary_key.iter().map(move |&index| {
                let node = Node::Column(ColumnRef::new(Source::table(number), index));
                OrderBy { node, kind: table.column(index).kind, descending: false, nulls_first: None }
            })
        })
    });
    let keys: Vec<OrderBy> = keys.collect();
    let is = |order: &OrderBy, key: &OrderBy| match (&order.node, &key.node) {
        (Node::Column(order), Node::Column(key)) => order == key,
        _ => false,
    };
    for key in keys {
        if !select.order_by.iter().any(|order| is(order, &key)) {
            select.order_by.push(key);
        }
    }
    if select.order_by.is_empty() {
        return Err(wrong("a cursor needs an order where there is no key: say it with `.order_by(..)`"));
    }
    select.limit.take().filter(|rows| *rows > 0).ok_or_else(|| {
        wrong("a cursor needs to know how many rows to give: say it with `.limit(20)`, for example")
    })
}

/// A number of the tables and the order of a query: the same in every process.
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

/// The rows that come after these values: greater in the first key, or equal in it and greater in the next, and so on.
/// NULL is less than everything, on every database here.
fn beyond(orders: &[OrderBy], values: Vec<Datum>) -> Node {
    let last_first = orders.iter().zip(values).rev();
    last_first.fold(Node::Any(Vec::new()), |rest, (order, value)| {
        let key = || order.node.clone();
        let null = || Node::IsNull(Box::new(key()));
        let tied = |equal: Node, rest: Node| Node::All(vec![equal, rest]);
        if value.is_null() {
            let tie = tied(null(), rest);
            return match order.descending {
                true => tie,
                false => Node::Any(vec![Node::Not(Box::new(null())), tie]),
            };
        }
        let compare = |how, value| Node::compare(key(), how, Node::Value(value));
        let equal = compare(Comparison::Equal, value.clone());
        if order.descending {
            Node::Any(vec![compare(Comparison::Less, value), null(), tied(equal, rest)])
        } else {
            Node::Any(vec![compare(Comparison::Greater, value), tied(equal, rest)])
        }
    })
}

/// The rows, and the values of the keys at each.
async fn fetch<O: Send + 'static>(
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
