//! Total orders, without ties, as cursors need them.

use super::text_order::sort_as_text;
use crate::error::{Error, ErrorKind, Result};
use crate::schema::IndexPart;
use crate::syntax::{ColumnRef, Item, Node, OrderBy, Origin, Projection, Select, Source};
use crate::value::Kind;

/// Makes the order of a select total, by appending the primary keys of its tables and the keys that its derived tables
/// select. `what` names the feature that needs it, for errors.
///
/// The keys are sorted in the direction of the last `order_by` key. An index entry ends with the primary key, so an index
/// that is read backwards gives both in descending order; it cannot give them in opposite directions.
pub(super) fn total_order(select: &mut Select, what: &str) -> Result<()> {
    if select.distinct || select.compound.is_some() || !select.group_by.is_empty() {
        return Err(not_of_tables(what));
    }
    select.order_by = std::mem::take(&mut select.order_by).into_iter().flat_map(nulls_apart).collect();
    let descending = direction(select);
    let keys = select.from.iter().zip(select.base..).flat_map(|(item, number)| {
        keys_of(&item.origin).into_iter().map(move |(index, kind)| {
            let node = Node::Column(ColumnRef::new(Source::table(number), index));
            OrderBy { node, kind, descending, nulls_first: None }
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
    sort_as_text(select);
    Ok(())
}

/// Returns the columns that identify a row. For derived tables, these are columns of the rows and keys that they select;
/// there may be none.
fn keys_of(origin: &Origin) -> Vec<(u16, Kind)> {
    match origin {
        Origin::Table(table) => {
            table.primary_key.iter().map(|&index| (index, table.column(index).kind)).collect()
        }
        Origin::Derived(select) | Origin::Lateral(select) => keys_given(select),
        Origin::Cte(cte) => cte.body.as_ref().map(|body| keys_given(&body.rows)).unwrap_or_default(),
        Origin::List(_) => Vec::new(),
        // The position.
        Origin::Elements(_) => vec![(0, Kind::BigInt)],
    }
}

/// Returns the identifying columns among those that a select returns.
fn keys_given(select: &Select) -> Vec<(u16, Kind)> {
    let mut keys = Vec::new();
    let mut first = 0;
    match &select.projection {
        _ if select.compound.is_some() => {}
        Projection::Rows => {
            for item in &select.from {
                keys.extend(keys_of(&item.origin).into_iter().map(|(index, kind)| (first + index, kind)));
                first += item.origin.width();
            }
        }
        Projection::Items(items) => {
            for item in items {
                match item {
                    Item::Row(_, table) => {
                        keys.extend(
                            table.primary_key.iter().map(|&index| (first + index, table.column(index).kind)),
                        );
                    }
                    Item::Node(Node::Column(column)) => {
                        keys.extend(kind_of_key(select, *column).map(|kind| (first, kind)));
                    }
                    Item::Node(_) | Item::Nulls(_) => {}
                }
                first += item.width();
            }
        }
        Projection::One | Projection::Count => {}
    }
    keys
}

/// Returns the kind of a column if it identifies rows of a select: if it belongs to the key, or the select groups by it.
fn kind_of_key(select: &Select, column: ColumnRef) -> Option<Kind> {
    let mut sources = select.from.iter().zip(select.base..);
    let (item, _) = sources.find(|(_, number)| Source::table(*number) == column.source())?;
    if select.group_by.is_empty() {
        return keys_of(&item.origin)
            .into_iter()
            .find(|(index, _)| *index == column.index)
            .map(|(_, kind)| kind);
    }
    let grouped = select.group_by.iter().any(|key| matches!(key, Node::Column(key) if *key == column));
    item.origin.table().filter(|_| grouped).map(|table| table.column(column.index).kind)
}

/// Sorts NULLs as less than everything else. If they are to come at the other end, a key IS NULL is put before.
fn nulls_apart(order: OrderBy) -> impl Iterator<Item = OrderBy> {
    let nulls = order.moves_nulls().map(|first| OrderBy {
        node: Node::IsNull(Box::new(order.node.clone())),
        kind: Kind::BigInt,
        descending: first,
        nulls_first: None,
    });
    nulls.into_iter().chain([OrderBy { nulls_first: None, ..order }])
}

pub(super) fn not_of_tables(what: &str) -> Error {
    let message = format!(
        "{what} needs the rows of tables: turn this query into a derived table first, with `.into_query()`"
    );
    Error::new(ErrorKind::InvalidQuery, message)
}

/// Whether the keys are sorted in descending order: as the last `order_by` key is, unless the only index for that order is
/// descending itself, and so is read forwards.
fn direction(select: &Select) -> bool {
    let Some(last) = select.order_by.last() else { return false };
    let Some(table) = select.table() else { return last.descending };
    let served = |keys_descend: bool| {
        let several = table.indexes.iter().chain(table.uniques).filter(|index| index.condition.is_none());
        let mut several = several.map(|index| index.parts);
        let mut single = (0u16..).zip(table.columns).filter(|(_, column)| column.index || column.unique);
        several.any(|parts| serves(parts, select, keys_descend))
            || single.any(|(column, _)| serves(&[IndexPart::Whole(column)], select, keys_descend))
    };
    let turned = served(!last.descending) && !served(last.descending);
    last.descending != turned
}

/// Whether an index, followed by the key in ascending order, ends in the order of a select. Conditions may fix its other
/// columns.
fn serves(parts: &[IndexPart], select: &Select, keys_descend: bool) -> bool {
    let Some(first) = parts.len().checked_sub(select.order_by.len()) else { return false };
    parts[first..].iter().zip(&select.order_by).all(|(part, order)| {
        let descends = matches!(part, IndexPart::Descending(_)) != keys_descend;
        let IndexPart::Whole(column) = part.over() else { return false };
        let column = ColumnRef::new(Source::table(select.base), column);
        descends == order.descending && matches!(order.node, Node::Column(at) if at == column)
    })
}
