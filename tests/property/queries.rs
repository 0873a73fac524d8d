//! Whole queries: where rows come from, which, in which order, how many, and set operations of them.

use orm::prelude::*;

use super::answer::{Answer, Type};
use super::build::{Built, InScope, condition, expression, part, thing};
use super::data::{Data, Part, PartFields, Row, Table, Thing, ThingFields, create};
use super::evaluate::{Outside, evaluate};
use super::generate::Generator;
use super::random::Random;
use super::tree::{COLUMNS, ID, LINK, Op, Tree};
use super::{cases, seed, timely};

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

/// A select, or a set operation of several; and what is kept of its rows as a derived table.
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
struct Order {
    by: Tree,
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

/// The types of what is selected, and a row of it.
const ITEMS: [Type; 5] = [Type::Int, Type::Text, Type::Bool, Type::Exact, Type::Day];
type Five = (Option<i64>, Option<String>, Option<bool>, Option<Decimal>, Option<NaiveDate>);

impl From {
    /// The tables in scope, and whether their relations are in reach.
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

// Generation

fn sensible(random: &mut Random, data: &Data) -> Case {
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
            // So that no two rows come in any order.
            select.order.extend((0..scope.len()).map(|table| order(random, column(Type::Int, table, ID))));
            select.limit = random.once_in(2).then(|| random.next() % 8);
            select.offset = random.once_in(3).then(|| random.next() % 4);
        }
        _ => {}
    }
    select
}

fn order(random: &mut Random, by: Tree) -> Order {
    let nulls_first = random.pick(&[None, None, Some(true), Some(false)]);
    Order { by, descending: random.once_in(2), nulls_first }
}

fn column(ty: Type, table: usize, column: usize) -> Tree {
    Tree { ty, op: Op::Column(table, column), args: Vec::new() }
}

// By plain Rust

fn expected(case: &Case, data: &Data) -> Result<Vec<Row>, Outside> {
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

/// A row of a derived table as one of the tables: each of its columns stands for all of its type.
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
        // Whether a server computes what it leaves out is its own affair.
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

fn in_order(order: &Order, left: &Answer, right: &Answer) -> std::cmp::Ordering {
    let by_null = right.is_null().cmp(&left.is_null());
    match order.nulls_first {
        Some(true) if by_null.is_ne() => by_null,
        Some(false) if by_null.is_ne() => by_null.reverse(),
        _ if order.descending => right.cmp(left),
        _ => left.cmp(right),
    }
}

/// The rows of FROM and its joins.
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

// By the public interface

fn rows(case: &Case) -> Rows<Five> {
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
    /// The clauses and the selection, the same over each scope.
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

fn ordered(order: &Order, scope: &[InScope]) -> orm::Ordered {
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

/// What is wrong with the rows of a query, if anything is.
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

/// The smallest query at hand that is wrong as well.
async fn shrunk(db: &Database, mut case: Case, mut fault_of: String, data: &Data) -> (Case, String) {
    'smaller: loop {
        for candidate in smaller(&case) {
            if let Some(found) = fault(db, &candidate, data).await {
                (case, fault_of) = (candidate, found);
                continue 'smaller;
            }
        }
        return (case, fault_of);
    }
}

fn smaller(case: &Case) -> Vec<Case> {
    let mut cases = Vec::new();
    if case.kept.is_some() {
        cases.push(Case { kept: None, ..case.clone() });
    }
    for index in 0..case.others.len() {
        let mut smaller = case.clone();
        smaller.first = smaller.others.remove(index).1;
        cases.push(smaller);
        let mut smaller = case.clone();
        smaller.others.remove(index);
        cases.push(smaller);
    }
    let mut with = |first: Select| cases.push(Case { first, ..case.clone() });
    let first = &case.first;
    if first.filter.is_some() {
        with(Select { filter: None, ..first.clone() });
    }
    if first.limit.is_some() || first.offset.is_some() {
        with(Select { limit: None, offset: None, ..first.clone() });
    }
    if !first.order.is_empty() && first.limit.is_none() && first.offset.is_none() {
        with(Select { order: Vec::new(), ..first.clone() });
    }
    if first.distinct {
        with(Select { distinct: false, ..first.clone() });
    }
    for (index, item) in first.items.iter().enumerate() {
        if !item.args.is_empty() {
            let mut smaller = first.clone();
            let of_type = COLUMNS.iter().position(|(_, ty)| *ty == item.ty).unwrap();
            smaller.items[index] = column(item.ty, 0, of_type);
            with(smaller);
        }
    }
    cases
}
