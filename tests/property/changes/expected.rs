//! Evaluates changes in plain Rust.

use super::{Change, Outcome, Set, Target, Things};
use crate::property::answer::Answer;
use crate::property::data::{Data, Row};
use crate::property::evaluate::{Outside, evaluate};
use crate::property::queries::in_order;
use crate::property::tree::{COLUMNS, ID, LINK, Tree};

pub fn expected(change: &Change, data: &Data) -> Result<Outcome, Outside> {
    let mut rows = data.parts.clone();
    let (count, returned) = match change {
        Change::Update(target, sets) => {
            let mut returned = Vec::new();
            for (at, scope) in targets(target, data, sets)? {
                set(&mut rows[at], sets, &scope.iter().collect::<Vec<_>>(), data)?;
                returned.push(rows[at].clone());
            }
            (Some(returned.len() as u64), returned)
        }
        Change::Delete(target) => {
            let gone: Vec<usize> = targets(target, data, &[])?.into_iter().map(|(at, _)| at).collect();
            let returned: Vec<Row> = gone.iter().map(|&at| rows[at].clone()).collect();
            rows.retain(|row| !returned.contains(row));
            (Some(returned.len() as u64), returned)
        }
        Change::InsertFrom(filter, sets) => {
            let mut returned = Vec::new();
            for thing in &data.things {
                let mut row = vec![Answer::Null; COLUMNS.len()];
                row[ID] = inserted(&thing[ID]);
                row[2] = Answer::Int(0);
                row[4] = Answer::Text(String::new());
                set(&mut row, sets, &[thing], data)?;
                if holds(filter.as_ref(), &[thing], data)? {
                    returned.push(row);
                }
            }
            rows.extend(returned.clone());
            (Some(returned.len() as u64), returned)
        }
        Change::Upsert(given, sets, filter) => {
            for new in given {
                match rows.iter_mut().find(|row| row[ID] == new[ID]) {
                    None => rows.push(new.clone()),
                    Some(row) => {
                        let old = row.clone();
                        let mut changed = old.clone();
                        set(&mut changed, sets, &[&old, new], data)?;
                        if holds(filter.as_ref(), &[&old, new], data)? {
                            *row = changed;
                        }
                    }
                }
            }
            let stored = |new: &Row| rows.iter().find(|row| row[ID] == new[ID]).cloned();
            let returned: Vec<Row> = given.iter().filter_map(stored).collect();
            (filter.is_none().then_some(given.len() as u64), returned)
        }
    };
    rows.sort_by(|left, right| left[ID].cmp(&right[ID]));
    let mut returned = returned;
    returned.sort_by(|left, right| left[ID].cmp(&right[ID]));
    Ok(Outcome { count, returned, rows })
}

/// Returns the key of the part that is made from a thing.
fn inserted(key: &Answer) -> Answer {
    match key {
        Answer::Int(key) => Answer::Int(key + 100),
        other => other.clone(),
    }
}

fn holds(filter: Option<&Tree>, scope: &[&Row], data: &Data) -> Result<bool, Outside> {
    filter.map_or(Ok(true), |filter| Ok(evaluate(filter, scope, data)? == Answer::Bool(true)))
}

/// Assigns values computed from the old row.
fn set(row: &mut Row, sets: &[Set], scope: &[&Row], data: &Data) -> Result<(), Outside> {
    for Set { column, value } in sets {
        row[*column] = evaluate(value, scope, data)?;
    }
    Ok(())
}

/// Returns the rows to change, each with the scope of its conditions. The new values are computed for all of them,
/// since a server may do so.
fn targets(target: &Target, data: &Data, sets: &[Set]) -> Result<Vec<(usize, Vec<Row>)>, Outside> {
    let nothing = vec![Answer::Null; COLUMNS.len()];
    let mut found: Vec<(Row, usize, Vec<Row>)> = Vec::new();
    for (at, part) in data.parts.iter().enumerate() {
        let thing = data.things.iter().find(|thing| thing[ID] == part[LINK]);
        let scope = match (target.things, thing) {
            (Things::No, _) => vec![part.clone()],
            (Things::Joined, None) => continue,
            (_, thing) => vec![part.clone(), thing.unwrap_or(&nothing).clone()],
        };
        let rows: Vec<&Row> = scope.iter().collect();
        let keys =
            target.order.iter().map(|order| evaluate(&order.by, &rows, data)).collect::<Result<_, _>>()?;
        set(&mut part.clone(), sets, &rows, data)?;
        if holds(target.filter.as_ref(), &rows, data)? {
            found.push((keys, at, scope));
        }
    }
    found.sort_by(|(left, ..), (right, ..)| {
        let keys = target.order.iter().zip(left.iter().zip(right));
        let mut orders = keys.map(|(order, (left, right))| in_order(order, left, right));
        orders.find(|order| order.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
    });
    let limit = target.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap());
    Ok(found.into_iter().take(limit).map(|(_, at, scope)| (at, scope)).collect())
}
