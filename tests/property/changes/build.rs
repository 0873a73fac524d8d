//! Builds changes through the public API.

use orm::Assignment;
use orm::prelude::*;

use super::{Change, Set, Target, Things};
use crate::property::answer::Answer;
use crate::property::build::{Built, InScope, condition, expression, part, thing};
use crate::property::data::{Part, PartFields, Row, Thing};
use crate::property::queries::ordered;
use crate::property::tree::COLUMNS;

/// The result of a change.
pub enum Went {
    /// The number of rows reported, and the rows returned.
    Well(Option<u64>, Vec<Part>),
    /// The database does not support it, and nothing was sent.
    Refused,
}

pub async fn went(s: &mut Session, change: &Change, returning: bool) -> orm::Result<Went> {
    /// Runs a change, for its rows or for their number.
    macro_rules! run {
        ($change:expr, $count:expr) => {{
            let change = $change;
            if returning {
                change.returning(&mut *s).await.map(|rows| (None, rows))
            } else {
                change.execute(&mut *s).await.map(|count| ($count(count), Vec::new()))
            }
        }};
    }
    let went = match change {
        Change::Update(target, sets) => update(s, target, sets, returning).await,
        Change::Delete(target) => delete(s, target, returning).await,
        Change::InsertFrom(filter, sets) => {
            let mut things = Thing::query();
            if let Some(filter) = filter {
                things = things.filter(|t| condition(filter, &[thing(t)]));
            }
            run!(Part::insert_from(things, |t| inserted(t.id.add(100), sets, &[thing(t)])), Some)
        }
        Change::Upsert(rows, sets, filter) => {
            let rows: Vec<Part> = rows.iter().map(row).collect();
            let upsert = Part::insert_all(rows).on_conflict(|p| p.id);
            let upsert = upsert.update(|p, new| assignments(&p, sets, &[part(p), part(new)]));
            match filter {
                None => run!(upsert, Some),
                Some(filter) => {
                    run!(upsert.filter(|p, new| condition(filter, &[part(p), part(new)])), |()| None)
                }
            }
        }
    };
    match went {
        Ok((count, mut rows)) => {
            rows.sort_by_key(|row| row.id);
            Ok(Went::Well(count, rows))
        }
        Err(error) if error.is_unsupported() => Ok(Went::Refused),
        // MySQL 9.7 rejects some changes with a subquery that it finds redundant next to a comparison of numbers.
        Err(error) if error.code() == Some(1093) => Ok(Went::Refused),
        Err(error) => Err(error),
    }
}

type Told = orm::Result<(Option<u64>, Vec<Part>)>;

/// The clauses of a change, and the terminal method.
macro_rules! clauses {
    ($s:ident, $change:expr, $target:ident, $returning:ident, |$row:pat_param| $scope:expr, limit: $limit:tt) => {{
        let change = $change;
        let change = match &$target.filter {
            Some(filter) => change.filter(|$row| condition(filter, &$scope)),
            None => change.filter(|_| all_of([])),
        };
        clauses!(@limit $limit, change, $target, |$row| $scope);
        if $returning {
            change.returning($s).await.map(|rows| (None, rows))
        } else {
            change.execute($s).await.map(|count| (Some(count), Vec::new()))
        }
    }};
    (@limit true, $change:ident, $target:ident, |$row:pat_param| $scope:expr) => {
        let mut $change = $change;
        for order in &$target.order {
            $change = $change.order_by(|$row| ordered(order, &$scope));
        }
        if let Some(limit) = $target.limit {
            $change = $change.limit(limit);
        }
    };
    (@limit false, $change:ident, $target:ident, |$row:pat_param| $scope:expr) => {};
}

async fn update(s: &mut Session, target: &Target, sets: &[Set], returning: bool) -> Told {
    match target.things {
        Things::No => {
            let update = Part::update().set(|p| assignments(&p, sets, &[part(p)]));
            clauses!(s, update, target, returning, |p| [part(p)], limit: true)
        }
        Things::ByPath => {
            let update = Part::update().set(|p| assignments(&p, sets, &[part(p), columns!(p.thing())]));
            clauses!(s, update, target, returning, |p| [part(p), columns!(p.thing())], limit: true)
        }
        Things::Joined => {
            let update = Part::update().join(|p| p.thing());
            let update = update.set(|(p, t)| assignments(&p, sets, &[part(p), columns!(t)]));
            clauses!(s, update, target, returning, |(p, t)| [part(p), columns!(t)], limit: false)
        }
        Things::JoinedIfThere => {
            let update = Part::update().left_join(|p| p.thing());
            let update = update.set(|(p, t)| assignments(&p, sets, &[part(p), columns!(t)]));
            clauses!(s, update, target, returning, |(p, t)| [part(p), columns!(t)], limit: false)
        }
    }
}

async fn delete(s: &mut Session, target: &Target, returning: bool) -> Told {
    match target.things {
        Things::No => clauses!(s, Part::delete(), target, returning, |p| [part(p)], limit: true),
        Things::ByPath => {
            clauses!(s, Part::delete(), target, returning, |p| [part(p), columns!(p.thing())], limit: true)
        }
        Things::Joined => {
            let delete = Part::delete().join(|p| p.thing());
            clauses!(s, delete, target, returning, |(p, t)| [part(p), columns!(t)], limit: false)
        }
        Things::JoinedIfThere => {
            let delete = Part::delete().left_join(|p| p.thing());
            clauses!(s, delete, target, returning, |(p, t)| [part(p), columns!(t)], limit: false)
        }
    }
}

/// Returns the assignments; columns that are not nullable never get NULL.
fn assignments(p: &PartFields, sets: &[Set], scope: &[InScope]) -> Vec<Assignment> {
    let assignment = |Set { column, value }: &Set| match COLUMNS[*column].0 {
        "number" => p.number.to(expression::<i64>(value, scope).coalesce(0)),
        "count" => p.count.to(expression::<i64>(value, scope)),
        "word" => p.word.to(expression::<String>(value, scope).coalesce("")),
        "note" => p.note.to(expression::<String>(value, scope)),
        "flag" => p.flag.to(expression::<bool>(value, scope)),
        "price" => p.price.to(expression::<Decimal>(value, scope)),
        "day" => p.day.to(expression::<NaiveDate>(value, scope)),
        other => panic!("`{other}` is not set"),
    };
    sets.iter().map(assignment).collect()
}

/// Returns a new part with these values.
fn inserted(id: orm::Expr<i64>, sets: &[Set], scope: &[InScope]) -> impl orm::IntoRow<Part> + use<> {
    let value = |name: &str| sets.iter().find(|set| COLUMNS[set.column].0 == name).map(|set| &set.value);
    let number =
        value("number").map_or(orm::prelude::value(0_i64), |tree| expression::<i64>(tree, scope).coalesce(0));
    let word = value("word")
        .map_or(orm::prelude::value(String::new()), |tree| expression::<String>(tree, scope).coalesce(""));
    let count = value("count").map_or(null(), |tree| expression::<i64>(tree, scope));
    let note = value("note").map_or(null(), |tree| expression::<String>(tree, scope));
    let flag = value("flag").map_or(null(), |tree| expression::<bool>(tree, scope));
    let price = value("price").map_or(null(), |tree| expression::<Decimal>(tree, scope));
    let day = value("day").map_or(null(), |tree| expression::<NaiveDate>(tree, scope));
    Part::insert().id(id).number(number).word(word).count(count).note(note).flag(flag).price(price).day(day)
}

fn row(row: &Row) -> Part {
    let int = |at: usize| match row[at] {
        Answer::Int(number) => Some(number),
        _ => None,
    };
    let text = |at: usize| match &row[at] {
        Answer::Text(text) => Some(text.clone()),
        _ => None,
    };
    Part {
        id: int(0).unwrap(),
        link: int(1),
        number: int(2).unwrap(),
        count: int(3),
        word: text(4).unwrap(),
        note: text(5),
        flag: match row[6] {
            Answer::Bool(flag) => Some(flag),
            _ => None,
        },
        price: match row[7] {
            Answer::Exact(price) => Some(price),
            _ => None,
        },
        day: match row[8] {
            Answer::Day(day) => Some(day),
            _ => None,
        },
    }
}
