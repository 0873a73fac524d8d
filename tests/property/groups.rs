//! GROUP BY columns and expressions, with aggregates and HAVING.

use orm::Selection;
use orm::prelude::*;

use super::answer::{Answer, Type, VALUES};
use super::build::{Typed, condition, expression, thing};
use super::data::{Data, Row, Table, Thing, create};
use super::evaluate::{Outside, evaluate, total_of};
use super::generate::Generator;
use super::tree::{Total, Tree};
use super::{cases, seed, timely};
use crate::support::Random;

const DEPTH: usize = 2;

on_every_backend! {
    async fn have_the_totals_that_they_have_in_rust(db: Database) {
        let seed = seed();
        let mut random = Random::new(seed);
        let data = create(db, &mut random).await?;
        for _ in 0..cases(500) {
            let case = sensible(&mut random, &data);
            let fault = match case.key.ty {
                Type::Int => fault::<i64>(db, &case, &data).await,
                Type::Text => fault::<String>(db, &case, &data).await,
                Type::Exact => fault::<Decimal>(db, &case, &data).await,
                Type::Day => fault::<NaiveDate>(db, &case, &data).await,
                Type::Bool | Type::Truth => fault::<bool>(db, &case, &data).await,
            };
            if let Some(fault) = fault {
                panic!("{case:#?}\n{fault}\nORM_PROPERTY_SEED={seed}");
            }
        }
    }
}

#[derive(Debug)]
struct Case {
    filter: Tree,
    key: Tree,
    /// The arguments of the aggregates.
    int: Tree,
    text: Tree,
    exact: Tree,
    day: Tree,
    truth: Tree,
    /// The arguments of COUNT DISTINCT: plain columns, since MySQL 9.7 counts a NULL that it detects before it reads
    /// the rows.
    texts: Tree,
    exacts: Tree,
    having: Having,
}

#[derive(Debug, Clone, Copy)]
enum Having {
    Anything,
    MoreThan(i64),
    NoSum,
    GreatestAtLeast(i64),
    SomeOrFew,
}

fn sensible(random: &mut Random, data: &Data) -> Case {
    loop {
        let key = random.pick(&VALUES);
        let having = match random.below(5) {
            0 => Having::MoreThan(random.between(0, 2)),
            1 => Having::NoSum,
            2 => Having::GreatestAtLeast(random.between(0, 5)),
            3 => Having::SomeOrFew,
            _ => Having::Anything,
        };
        let mut generator = Generator { random, scope: vec![Some(Table::Things)], from: 0, queries: 0 };
        let mut tree = |ty| generator.tree(ty, DEPTH);
        let case = Case {
            filter: tree(Type::Truth),
            key: tree(key),
            int: tree(Type::Int),
            text: tree(Type::Text),
            exact: tree(Type::Exact),
            day: tree(Type::Day),
            truth: tree(Type::Truth),
            texts: generator.column(Type::Text),
            exacts: generator.column(Type::Exact),
            having,
        };
        if expected(&case, data).is_ok() {
            return case;
        }
    }
}

fn expected(case: &Case, data: &Data) -> Result<Vec<Row>, Outside> {
    let mut groups: Vec<(Answer, Vec<Row>)> = Vec::new();
    for row in &data.things {
        let value = |tree| evaluate(tree, &[row], data);
        let key = value(&case.key)?;
        let trees = [&case.int, &case.text, &case.exact, &case.day, &case.truth, &case.texts, &case.exacts];
        let values = trees.into_iter().map(value).collect::<Result<Row, _>>()?;
        if value(&case.filter)? != Answer::Bool(true) {
            continue;
        }
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, rows)) => rows.push(values),
            None => groups.push((key, vec![values])),
        }
    }
    let rows = groups.into_iter().map(|(key, rows)| totals(key, &rows, case.having));
    let mut rows: Vec<Row> = rows.flatten().collect();
    rows.sort();
    Ok(rows)
}

/// Returns the aggregates of a group, in the order of the selection below.
fn totals(key: Answer, rows: &[Row], having: Having) -> Option<Row> {
    let of = |position: usize| rows.iter().map(|row| row[position].clone()).collect::<Vec<_>>();
    let different = |position: usize| {
        let mut values = of(position);
        values.sort();
        values.dedup();
        values
    };
    let met = of(4).iter().filter(|truth| **truth == Answer::Bool(true)).count();
    let (sum, greatest) = (total_of(Total::Sum, of(0)), total_of(Total::Max, of(0)));
    let keep = match having {
        Having::Anything => true,
        Having::MoreThan(count) => i64::try_from(rows.len()).unwrap() > count,
        Having::NoSum => sum.is_null(),
        Having::GreatestAtLeast(number) => greatest >= Answer::Int(number),
        Having::SomeOrFew => met > 0 || rows.len() < 2,
    };
    let filtered = rows.iter().filter(|row| row[4] == Answer::Bool(true)).map(|row| row[0].clone()).collect();
    keep.then(|| {
        vec![
            key,
            Answer::Int(i64::try_from(rows.len()).unwrap()),
            total_of(Total::Count, of(0)),
            sum,
            greatest,
            total_of(Total::Min, of(1)),
            total_of(Total::Count, different(5)),
            total_of(Total::Sum, of(2)),
            total_of(Total::Max, of(2)),
            total_of(Total::Min, of(3)),
            total_of(Total::Sum, filtered),
            total_of(Total::Sum, different(0)),
            total_of(Total::Count, different(6)),
        ]
    })
}

type Totals<K> = (
    Option<K>,
    i64,
    i64,
    Option<i64>,
    Option<i64>,
    Option<String>,
    i64,
    Option<Decimal>,
    Option<Decimal>,
    Option<NaiveDate>,
    Option<i64>,
    Option<i64>,
    i64,
);

fn query<K: Typed>(case: &Case) -> Rows<Totals<K>>
where
    orm::Expr<K, Nullable>: Selection<Output = Option<K>>,
{
    let int = |t| expression::<i64>(&case.int, &[thing(t)]);
    let text = |t| expression::<String>(&case.text, &[thing(t)]);
    let exact = |t| expression::<Decimal>(&case.exact, &[thing(t)]);
    let day = |t| expression::<NaiveDate>(&case.day, &[thing(t)]);
    let texts = |t| expression::<String>(&case.texts, &[thing(t)]);
    let exacts = |t| expression::<Decimal>(&case.exacts, &[thing(t)]);
    let truth = |t| condition(&case.truth, &[thing(t)]);
    let groups = Thing::query()
        .filter(|t| condition(&case.filter, &[thing(t)]))
        .group_by(|t| expression::<K>(&case.key, &[thing(t)]));
    let groups = match case.having {
        Having::Anything => groups,
        Having::MoreThan(count) => groups.having(|g| g.count().gt(count)),
        Having::NoSum => groups.having(|g| g.sum(int).is_null()),
        Having::GreatestAtLeast(number) => groups.having(|g| g.max(int).ge(number)),
        Having::SomeOrFew => groups.having(|g| g.any(truth).or(g.count().lt(2))),
    };
    groups.select(|g| {
        let sum_of_some = g.filter(truth).sum(int);
        (
            g.key.clone(),
            g.count(),
            g.count_of(int),
            g.sum(int),
            g.max(int),
            g.min(text),
            g.count_distinct(texts),
            g.sum(exact),
            g.max(exact),
            g.min(day),
            sum_of_some,
            g.sum_distinct(int),
            g.count_distinct(exacts),
        )
    })
}

async fn fault<K: Typed>(db: &Database, case: &Case, data: &Data) -> Option<String>
where
    orm::Expr<K, Nullable>: Selection<Output = Option<K>>,
    Answer: From<Option<K>>,
{
    let expected = expected(case, data).ok()?;
    let query = query::<K>(case);
    let sql = match query.to_sql(db.dialect()) {
        Ok(statement) => format!("{statement} {:?}", statement.params),
        Err(error) => return Some(format!("{error:?}")),
    };
    let rows = match timely(query.all(db)).await {
        Ok(rows) => rows,
        Err(error) => return Some(format!("{sql}\n{error:?}")),
    };
    let mut found: Vec<Row> = rows
        .into_iter()
        .map(|(key, count, some, sum, max, text, texts, exact, greatest, day, filtered, distinct, exacts)| {
            vec![
                key.into(),
                Answer::Int(count),
                Answer::Int(some),
                sum.into(),
                max.into(),
                text.into(),
                Answer::Int(texts),
                exact.into(),
                greatest.into(),
                day.into(),
                filtered.into(),
                distinct.into(),
                Answer::Int(exacts),
            ]
        })
        .collect();
    found.sort();
    (found != expected).then(|| format!("{sql}\n   found {found:?}\nexpected {expected:?}"))
}
