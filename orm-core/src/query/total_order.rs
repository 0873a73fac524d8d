//! Orders that leave no two rows at one place, as cursors need them.

use crate::error::{Error, ErrorKind, Result};
use crate::schema::IndexPart;
use crate::syntax::{ColumnRef, Node, OrderBy, Select, Source};
use crate::value::Kind;

/// Makes the order of a select total, by the keys of its tables; `what` needs it.
///
/// They come in the direction of the last order that was given, since an index goes on with the key: read from its end, it gives
/// both backwards, and in no other direction both at once.
pub(super) fn total_order(select: &mut Select, what: &str) -> Result<()> {
    if select.distinct || select.compound.is_some() || !select.group_by.is_empty() {
        return Err(not_of_tables(what));
    }
    select.order_by = std::mem::take(&mut select.order_by).into_iter().flat_map(nulls_apart).collect();
    let descending = direction(select);
    let keys = select.from.iter().zip(select.base..).flat_map(|(item, number)| {
        let table = item.origin.table();
        table.into_iter().flat_map(move |table| {
            table.primary_key.iter().map(move |&index| {
                let node = Node::Column(ColumnRef::new(Source::table(number), index));
                OrderBy { node, kind: table.column(index).kind, descending, nulls_first: None }
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
    Ok(())
}

/// An order in which NULLs are less than everything, behind one of its own for NULLs that are to come at the other end.
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
        "{what} needs rows that are those of tables: make a table of these first, with `.into_query()`"
    );
    Error::new(ErrorKind::InvalidQuery, message)
}

/// Whether the keys come from the greatest on: as the last order says, but where the only index for that order has the greatest
/// first itself, so that it is read from its beginning.
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

/// Whether an index that goes on with the key, from the least on, ends in the order of a select. Conditions may say what its other
/// columns are.
fn serves(parts: &[IndexPart], select: &Select, keys_descend: bool) -> bool {
    let Some(first) = parts.len().checked_sub(select.order_by.len()) else { return false };
    parts[first..].iter().zip(&select.order_by).all(|(part, order)| {
        let descends = matches!(part, IndexPart::Descending(_)) != keys_descend;
        let IndexPart::Whole(column) = part.over() else { return false };
        let column = ColumnRef::new(Source::table(select.base), column);
        descends == order.descending && matches!(order.node, Node::Column(at) if at == column)
    })
}
