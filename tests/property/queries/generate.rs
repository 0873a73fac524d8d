//! Generates random queries.

use super::{Case, DEPTH, From, ITEMS, Operator, Order, Select, expected};
use crate::property::answer::Type;
use crate::property::data::{Data, Table};
use crate::property::generate::Generator;
use crate::property::tree::{ID, Op, Tree};
use crate::support::Random;

pub fn sensible(random: &mut Random, data: &Data) -> Case {
    loop {
        let first = select(random);
        let others = if random.once_in(3) {
            let operators = [Operator::Union, Operator::UnionAll, Operator::Intersect, Operator::Except];
            (0..1 + random.below(2)).map(|_| (random.pick(&operators), select(random))).collect()
        } else {
            Vec::new()
        };
        let kept = random.once_in(4).then(|| generator(random, vec![None]).tree(Type::Truth, DEPTH));
        let case = Case { first, others, kept };
        if expected(&case, data).is_ok() {
            return case;
        }
    }
}

fn generator(random: &mut Random, scope: Vec<Option<Table>>) -> Generator<'_> {
    Generator { random, scope, from: 0, queries: 1 }
}

fn select(random: &mut Random) -> Select {
    let from = random.pick(&[
        From::Things,
        From::Parts,
        From::PartsAndTheirThings,
        From::PartsAndMaybeTheirThings,
        From::ThingsAndMaybeTheirParts,
        From::ThingsAndPartsThat,
        From::ThingsAndMaybePartsThat,
        From::ThingsAndAllParts,
        From::ThingsAndMaybeThingsThat,
        From::PartsAndTheirThingsByPath,
    ]);
    let scope = from.scope();
    let tree = |random: &mut Random, ty, depth| generator(random, scope.clone()).tree(ty, depth);
    let on = tree(random, Type::Truth, DEPTH);
    let filter = (!random.once_in(3)).then(|| tree(random, Type::Truth, DEPTH));
    let items = ITEMS.map(|ty| tree(random, ty, 1));
    let mut select =
        Select { from, on, filter, order: Vec::new(), limit: None, offset: None, distinct: false, items };
    match random.below(4) {
        0 => select.distinct = true,
        1 => {
            select.order = (0..random.below(3))
                .map(|_| {
                    let ty = random.pick(&ITEMS);
                    let by = tree(random, ty, 1);
                    order(random, by)
                })
                .collect();
            // So that the order of all rows is determined.
            select.order.extend((0..scope.len()).map(|table| order(random, column(Type::Int, table, ID))));
            select.limit = random.once_in(2).then(|| random.next() % 8);
            select.offset = random.once_in(3).then(|| random.next() % 4);
        }
        _ => {}
    }
    select
}

pub fn order(random: &mut Random, by: Tree) -> Order {
    let nulls_first = random.pick(&[None, None, Some(true), Some(false)]);
    Order { by, descending: random.once_in(2), nulls_first }
}

pub fn column(ty: Type, table: usize, column: usize) -> Tree {
    Tree { ty, op: Op::Column(table, column), args: Vec::new() }
}
