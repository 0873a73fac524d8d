//! Whole queries: sources, filters, order, limits, and set operations.

mod build;
mod expected;
mod generate;
mod shrink;

pub use build::ordered;
use build::rows;
use expected::expected;
pub use expected::in_order;
use generate::sensible;
pub use generate::{column, order};
use orm::prelude::*;
use shrink::shrunk;

use crate::property::answer::Type;
use crate::property::data::{Data, Row, Table, create};
use crate::property::tree::Tree;
use crate::property::{cases, seed, timely};
use crate::support::Random;

const DEPTH: usize = 2;

on_every_backend! {
    async fn have_the_rows_that_they_have_in_rust(db: Database) {
        let seed = seed();
        let mut random = Random::new(seed);
        let data = create(db, &mut random).await?;
        for _ in 0..cases(1_500) {
            let case = sensible(&mut random, &data);
            if let Some(fault) = fault(db, &case, &data).await {
                let (case, fault) = shrunk(db, case, fault, &data).await;
                panic!("{case:#?}\n{fault}\nORM_PROPERTY_SEED={seed}");
            }
        }
    }
}

/// A select or a set operation of several; and a filter on its rows as a derived table.
#[derive(Debug, Clone)]
struct Case {
    first: Select,
    others: Vec<(Operator, Select)>,
    kept: Option<Tree>,
}

#[derive(Debug, Clone)]
struct Select {
    from: From,
    on: Tree,
    filter: Option<Tree>,
    order: Vec<Order>,
    limit: Option<u64>,
    offset: Option<u64>,
    distinct: bool,
    items: [Tree; 5],
}

#[derive(Debug, Clone)]
pub struct Order {
    pub by: Tree,
    descending: bool,
    nulls_first: Option<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum From {
    Things,
    Parts,
    PartsAndTheirThings,
    PartsAndMaybeTheirThings,
    ThingsAndMaybeTheirParts,
    ThingsAndPartsThat,
    ThingsAndMaybePartsThat,
    ThingsAndAllParts,
    ThingsAndMaybeThingsThat,
    PartsAndTheirThingsByPath,
}

#[derive(Debug, Clone, Copy)]
enum Operator {
    Union,
    UnionAll,
    Intersect,
    Except,
}

/// The types of the selected columns, and of a row of them.
const ITEMS: [Type; 5] = [Type::Int, Type::Text, Type::Bool, Type::Exact, Type::Day];
type Five = (Option<i64>, Option<String>, Option<bool>, Option<Decimal>, Option<NaiveDate>);

impl From {
    /// Returns the tables in scope; `None` for those whose relations are not accessible.
    fn scope(self) -> Vec<Option<Table>> {
        let (things, parts) = (Some(Table::Things), Some(Table::Parts));
        match self {
            From::Things => vec![things],
            From::Parts => vec![parts],
            From::PartsAndTheirThings => vec![parts, things],
            From::PartsAndMaybeTheirThings | From::PartsAndTheirThingsByPath => vec![parts, None],
            From::ThingsAndMaybeTheirParts | From::ThingsAndMaybePartsThat => vec![things, None],
            From::ThingsAndPartsThat | From::ThingsAndAllParts => vec![things, parts],
            From::ThingsAndMaybeThingsThat => vec![things, None],
        }
    }
}

/// Returns what is wrong with the rows of a query, if anything.
async fn fault(db: &Database, case: &Case, data: &Data) -> Option<String> {
    let mut expected = expected(case, data).ok()?;
    let rows = rows(case);
    let sql = match rows.to_sql(db.dialect()) {
        Ok(statement) => format!("{statement} {:?}", statement.params),
        Err(error) => return Some(format!("{error:?}")),
    };
    let mut found: Vec<Row> = match timely(rows.all(db)).await {
        Ok(rows) => rows
            .into_iter()
            .map(|(a, b, c, d, e)| vec![a.into(), b.into(), c.into(), d.into(), e.into()])
            .collect(),
        Err(error) => return Some(format!("{sql}\n{error:?}")),
    };
    if case.first.order.is_empty() || !case.others.is_empty() || case.kept.is_some() {
        expected.sort();
        found.sort();
    }
    (found != expected).then(|| format!("{sql}\n   found {found:?}\nexpected {expected:?}"))
}
