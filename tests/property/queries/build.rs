//! Builds queries through the public API.

use orm::prelude::*;

use super::{Case, Five, From, Operator, Order, Select};
use crate::property::answer::Type;
use crate::property::build::{Built, InScope, condition, expression, part, thing};
use crate::property::data::{Part, PartFields, Thing, ThingFields};

pub fn rows(case: &Case) -> Rows<Five> {
    let mut rows = built(&case.first);
    for (operator, select) in &case.others {
        let right = built(select);
        rows = match operator {
            Operator::Union => rows.union(right),
            Operator::UnionAll => rows.union_all(right),
            Operator::Intersect => rows.intersect(right),
            Operator::Except => rows.except(right),
        };
    }
    if let Some(kept) = &case.kept {
        let derived = rows.into_query().filter(|(int, text, bool, exact, day)| {
            let (int, text) = (Built::Int(int.into()), Built::Text(text.into()));
            let ints = std::iter::repeat_n(int, 4).chain(std::iter::repeat_n(text, 2));
            let others = [Built::Bool(bool.into()), Built::Exact(exact.into()), Built::Day(day.into())];
            condition(kept, &[InScope::of(ints.chain(others).collect())])
        });
        rows = derived.select(|row| row);
    }
    rows
}

fn built(select: &Select) -> Rows<Five> {
    /// Adds the clauses and the selection, the same for each scope.
    macro_rules! clauses {
        ($query:expr, |$row:pat_param| $scope:expr) => {{
            let mut query = $query;
            if let Some(filter) = &select.filter {
                query = query.filter(|$row| condition(filter, &$scope));
            }
            for order in &select.order {
                query = query.order_by(|$row| ordered(order, &$scope));
            }
            if let Some(limit) = select.limit {
                query = query.limit(limit);
            }
            if let Some(offset) = select.offset {
                query = query.offset(offset);
            }
            if select.distinct {
                query = query.distinct();
            }
            query.select(|$row| {
                let (scope, [int, text, bool, exact, day]) = ($scope, &select.items);
                (
                    expression::<i64>(int, &scope),
                    expression::<String>(text, &scope),
                    expression::<bool>(bool, &scope),
                    expression::<Decimal>(exact, &scope),
                    expression::<NaiveDate>(day, &scope),
                )
            })
        }};
    }
    let on = |t: ThingFields, p: InScope| condition(&select.on, &[thing(t), p]);
    match select.from {
        From::Things => clauses!(Thing::query(), |t| [thing(t)]),
        From::Parts => clauses!(Part::query(), |p| [part(p)]),
        From::PartsAndTheirThings => {
            clauses!(Part::query().join(|p| p.thing()), |(p, t)| [part(p), thing(t)])
        }
        From::PartsAndMaybeTheirThings => {
            clauses!(Part::query().left_join(|p| p.thing()), |(p, t)| [part(p), columns!(t)])
        }
        From::ThingsAndMaybeTheirParts => {
            clauses!(Thing::query().left_join(|t| t.parts()), |(t, p)| [thing(t), columns!(p)])
        }
        From::ThingsAndPartsThat => {
            let on = |t, p: PartFields| on(t, part(p));
            clauses!(Thing::query().join_on::<Part>(on), |(t, p)| [thing(t), part(p)])
        }
        From::ThingsAndMaybePartsThat => {
            let on = |t, p: PartFields<Nullable>| on(t, columns!(p));
            clauses!(Thing::query().left_join_on::<Part>(on), |(t, p)| [thing(t), columns!(p)])
        }
        From::ThingsAndAllParts => {
            clauses!(Thing::query().cross_join::<Part>(), |(t, p)| [thing(t), part(p)])
        }
        From::ThingsAndMaybeThingsThat => {
            let on = |t, other: ThingFields<Nullable>| on(t, columns!(other));
            clauses!(Thing::query().left_join_on::<Thing>(on), |(t, other)| [thing(t), columns!(other)])
        }
        From::PartsAndTheirThingsByPath => clauses!(Part::query(), |p| [part(p), columns!(p.thing())]),
    }
}

pub fn ordered(order: &Order, scope: &[InScope]) -> orm::Ordered {
    macro_rules! by {
        ($ty:ty) => {{
            let by = expression::<$ty>(&order.by, scope);
            if order.descending { by.desc() } else { by.asc() }
        }};
    }
    let ordered = match order.by.ty {
        Type::Int => by!(i64),
        Type::Text => by!(String),
        Type::Exact => by!(Decimal),
        Type::Day => by!(NaiveDate),
        Type::Bool | Type::Truth => by!(bool),
    };
    match order.nulls_first {
        Some(true) => ordered.nulls_first(),
        Some(false) => ordered.nulls_last(),
        None => ordered,
    }
}
