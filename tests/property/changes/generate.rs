//! Generates random changes.

use super::{Change, DEPTH, Set, Target, Things, expected};
use crate::property::answer::{Answer, Type};
use crate::property::data::{self, Data, Row, Table};
use crate::property::generate::Generator;
use crate::property::queries::{column, order};
use crate::property::tree::{COLUMNS, ID, LINK, Op, Tree};
use crate::support::Random;

pub fn sensible(random: &mut Random, data: &Data) -> Change {
    loop {
        let change = match random.below(6) {
            0..=2 => {
                let target = target(random);
                let sets = sets(random, &target.things.scope(), 1);
                Change::Update(target, sets)
            }
            3 => Change::Delete(target(random)),
            4 => {
                let scope = [Some(Table::Things)];
                let filter = random.once_in(2).then(|| tree(random, &scope, 1, Type::Truth));
                Change::InsertFrom(filter, sets(random, &scope, 1))
            }
            _ => {
                let scope = [None, None];
                let filter = random.once_in(3).then(|| tree(random, &scope, 0, Type::Truth));
                Change::Upsert(rows(random, data), sets(random, &scope, 0), filter)
            }
        };
        if expected(&change, data).is_ok() {
            return change;
        }
    }
}

impl Things {
    /// Returns the tables in scope.
    fn scope(self) -> Vec<Option<Table>> {
        match self {
            Things::No => vec![Some(Table::Parts)],
            _ => vec![Some(Table::Parts), None],
        }
    }
}

fn tree(random: &mut Random, scope: &[Option<Table>], queries: usize, ty: Type) -> Tree {
    Generator { random, scope: scope.to_vec(), from: 0, queries }.tree(ty, DEPTH)
}

fn target(random: &mut Random) -> Target {
    let things =
        random.pick(&[Things::No, Things::No, Things::ByPath, Things::Joined, Things::JoinedIfThere]);
    let scope = things.scope();
    let filter = (!random.once_in(4)).then(|| tree(random, &scope, 1, Type::Truth));
    let limited = matches!(things, Things::No | Things::ByPath) && random.once_in(3);
    let mut target = Target { things, filter, order: Vec::new(), limit: None };
    if limited {
        let by = tree(random, &scope, 1, Type::Int);
        // So that the order of all rows is determined.
        target.order = vec![order(random, by), order(random, column(Type::Int, 0, ID))];
        target.limit = Some(random.next() % 6);
    }
    target
}

/// Returns assignments of some columns, at least one: columns that are not nullable get other values than NULL, and
/// prices two digits.
fn sets(random: &mut Random, scope: &[Option<Table>], queries: usize) -> Vec<Set> {
    let mut sets = Vec::new();
    let one = LINK + 1 + random.below(COLUMNS.len() - LINK - 1);
    for (at, (_, ty)) in COLUMNS.into_iter().enumerate().skip(LINK + 1) {
        if at != one && !random.once_in(3) {
            continue;
        }
        let value = tree(random, scope, queries, ty);
        let call = |op, args| Tree { ty, op, args };
        let literal = |answer| call(Op::Literal(answer), Vec::new());
        let value = match COLUMNS[at].0 {
            "number" => call(Op::Coalesce, vec![value, literal(Answer::Int(0))]),
            "word" => call(Op::Coalesce, vec![value, literal(Answer::Text("b".to_owned()))]),
            "price" => call(Op::Round(2), vec![value]),
            _ => value,
        };
        sets.push(Set { column: at, value });
    }
    sets
}

/// Returns rows to insert, each of which may exist already.
fn rows(random: &mut Random, data: &Data) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for _ in 0..1 + random.below(4) {
        let mut row = random.pick(&data.parts.iter().collect::<Vec<_>>()).clone();
        row[ID] = Answer::Int(random.between(1, 14));
        for (at, value) in [(2, data::number(random)), (3, data::number(random))] {
            row[at] = Answer::Int(value);
        }
        row[4] = Answer::Text(data::text(random));
        if !rows.iter().any(|other| other[ID] == row[ID]) {
            rows.push(row);
        }
    }
    rows
}
