//! Evaluates queries in plain Rust.

use super::{Case, From, ITEMS, Operator, Order, Select};
use crate::property::answer::Answer;
use crate::property::data::{Data, Row};
use crate::property::evaluate::{Outside, evaluate};
use crate::property::tree::{COLUMNS, ID, LINK, Tree};

pub fn expected(case: &Case, data: &Data) -> Result<Vec<Row>, Outside> {
    let mut rows = selected(&case.first, data)?;
    for (operator, select) in &case.others {
        let right = selected(select, data)?;
        match operator {
            Operator::Union => {
                rows.extend(right);
                distinct(&mut rows);
            }
            Operator::UnionAll => rows.extend(right),
            Operator::Intersect => {
                rows.retain(|row| right.contains(row));
                distinct(&mut rows);
            }
            Operator::Except => {
                rows.retain(|row| !right.contains(row));
                distinct(&mut rows);
            }
        }
    }
    if let Some(kept) = &case.kept {
        let mut holding = Vec::new();
        for row in rows {
            if evaluate(kept, &[&spread(&row)], data)? == Answer::Bool(true) {
                holding.push(row);
            }
        }
        rows = holding;
    }
    Ok(rows)
}

fn distinct(rows: &mut Vec<Row>) {
    rows.sort();
    rows.dedup();
}

/// Converts a row of a derived table to one of the tables: each of its columns stands for all of its type.
fn spread(row: &Row) -> Row {
    COLUMNS.iter().map(|(_, ty)| row[ITEMS.iter().position(|item| item == ty).unwrap()].clone()).collect()
}

fn selected(select: &Select, data: &Data) -> Result<Vec<Row>, Outside> {
    let mut rows = Vec::new();
    for row in joined(select, data)? {
        let scope: Vec<&Row> = row.iter().collect();
        let holds = match &select.filter {
            Some(filter) => evaluate(filter, &scope, data)? == Answer::Bool(true),
            None => true,
        };
        // Whether a server computes these for rows that it leaves out is up to the server.
        let keys = evaluate_all(select.order.iter().map(|order| &order.by), &scope, data)?;
        let items = evaluate_all(&select.items, &scope, data)?;
        if holds {
            rows.push((keys, items));
        }
    }
    rows.sort_by(|(left, _), (right, _)| {
        let keys = select.order.iter().zip(left.iter().zip(right));
        keys.map(|(order, (left, right))| in_order(order, left, right))
            .find(|order| order.is_ne())
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    let offset = usize::try_from(select.offset.unwrap_or(0)).unwrap();
    let limit = select.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap());
    let mut rows: Vec<Row> = rows.into_iter().map(|(_, items)| items).skip(offset).take(limit).collect();
    if select.distinct {
        distinct(&mut rows);
    }
    Ok(rows)
}

fn evaluate_all<'a>(
    trees: impl IntoIterator<Item = &'a Tree>,
    scope: &[&Row],
    data: &Data,
) -> Result<Row, Outside> {
    trees.into_iter().map(|tree| evaluate(tree, scope, data)).collect()
}

pub fn in_order(order: &Order, left: &Answer, right: &Answer) -> std::cmp::Ordering {
    let by_null = right.is_null().cmp(&left.is_null());
    match order.nulls_first {
        Some(true) if by_null.is_ne() => by_null,
        Some(false) if by_null.is_ne() => by_null.reverse(),
        _ if order.descending => right.cmp(left),
        _ => left.cmp(right),
    }
}

/// Returns the rows of FROM and its joins.
fn joined(select: &Select, data: &Data) -> Result<Vec<Vec<Row>>, Outside> {
    let (Data { things, parts }, nothing) = (data, vec![Answer::Null; COLUMNS.len()]);
    let (left, right, outer) = match select.from {
        From::Things => return Ok(things.iter().map(|row| vec![row.clone()]).collect()),
        From::Parts => return Ok(parts.iter().map(|row| vec![row.clone()]).collect()),
        From::PartsAndTheirThings => (parts, things, false),
        From::PartsAndMaybeTheirThings | From::PartsAndTheirThingsByPath => (parts, things, true),
        From::ThingsAndMaybeTheirParts | From::ThingsAndMaybePartsThat => (things, parts, true),
        From::ThingsAndPartsThat | From::ThingsAndAllParts => (things, parts, false),
        From::ThingsAndMaybeThingsThat => (things, things, true),
    };
    let mut rows = Vec::new();
    for near in left {
        let before = rows.len();
        for far in right {
            let meets = match select.from {
                From::ThingsAndAllParts => true,
                From::ThingsAndPartsThat | From::ThingsAndMaybePartsThat | From::ThingsAndMaybeThingsThat => {
                    evaluate(&select.on, &[near, far], data)? == Answer::Bool(true)
                }
                From::ThingsAndMaybeTheirParts => near[ID] == far[LINK],
                _ => near[LINK] == far[ID],
            };
            if meets {
                rows.push(vec![near.clone(), far.clone()]);
            }
        }
        if outer && rows.len() == before {
            rows.push(vec![near.clone(), nothing.clone()]);
        }
    }
    Ok(rows)
}
