//! The elements of random JSON documents: tested, counted, joined and grouped.

use std::collections::BTreeMap;

use orm::prelude::*;
use orm::{Element, ElementFields};
use serde_json::{Value, json};

use crate::property::{cases, seed, timely};
use crate::support::Random;

#[derive(Model, Debug, Clone)]
#[orm(table = "papers")]
struct Paper {
    #[orm(primary_key)]
    id: i64,
    body: Option<Value>,
}

/// A condition on an element.
#[derive(Debug, Clone, Copy)]
enum Test {
    TextIs(&'static str),
    TextStartsWith(&'static str),
    IntAbove(i64),
    FloatBelow(f64),
    IsTrue,
    IsNull,
    HasKey,
    LongerThan(i64),
    After(i64),
    HasAny,
    IsAlsoIn(i64),
}

const TEXTS: [&str; 7] = ["a", "A", "b\"c", "ü", "", "null", "1"];

fn document(random: &mut Random, depth: usize) -> Value {
    match random.below(if depth == 0 { 8 } else { 13 }) {
        0 => json!(null),
        1 => json!(random.once_in(2)),
        2 => json!(random.between(-2, 3)),
        3 => json!([i64::MAX, i64::MIN, 1 << 60][random.below(3)]),
        4 => json!(u64::MAX),
        5 => json!(f64::from(i32::try_from(random.between(-9, 9)).unwrap()) / 8.0),
        6 | 7 => json!(random.pick(&TEXTS)),
        8 => json!({ "k": document(random, depth - 1) }),
        9 => json!({}),
        _ => Value::Array((0..random.below(4)).map(|_| document(random, depth - 1)).collect()),
    }
}

fn test(random: &mut Random) -> Test {
    match random.below(11) {
        0 => Test::TextIs(random.pick(&TEXTS)),
        1 => Test::TextStartsWith(random.pick(&["b", "ü", "1"])),
        2 => Test::IntAbove(random.between(-2, 2)),
        3 => Test::FloatBelow(0.5),
        4 => Test::IsTrue,
        5 => Test::IsNull,
        6 => Test::HasKey,
        7 => Test::LongerThan(random.between(0, 2)),
        8 => Test::After(random.between(-1, 2)),
        9 => Test::HasAny,
        _ => Test::IsAlsoIn(random.between(0, 19)),
    }
}

impl Test {
    fn condition(self, e: ElementFields) -> Condition {
        match self {
            Test::TextIs(text) => e.value.text().eq(text),
            Test::TextStartsWith(text) => e.value.text().starts_with(text),
            Test::IntAbove(number) => e.value.int().gt(number),
            Test::FloatBelow(number) => e.value.float().lt(number),
            Test::IsTrue => e.value.bool().is_true(),
            Test::IsNull => e.value.is_json_null(),
            Test::HasKey => e.value.has_key("k"),
            Test::LongerThan(length) => e.value.array_length().gt(length),
            Test::After(position) => e.position.gt(position),
            Test::HasAny => e.value.elements().is_present(),
            Test::IsAlsoIn(id) => {
                let others =
                    Paper::query().join_lateral(|p| p.body.elements()).filter(move |(p, _)| p.id.eq(id));
                e.value.text().is_in(others.select(|(_, o)| o.value.text()))
            }
        }
    }

    fn holds(self, e: &Element, papers: &[Paper]) -> bool {
        match self {
            Test::TextIs(text) => e.value.as_str() == Some(text),
            Test::TextStartsWith(text) => e.value.as_str().is_some_and(|own| own.starts_with(text)),
            Test::IntAbove(number) => e.value.as_i64().is_some_and(|own| own > number),
            Test::FloatBelow(number) => e.value.as_f64().is_some_and(|own| own < number),
            Test::IsTrue => e.value == true,
            Test::IsNull => e.value.is_null(),
            Test::HasKey => e.value.get("k").is_some(),
            Test::LongerThan(length) => e.value.as_array().is_some_and(|own| own.len() as i64 > length),
            Test::After(position) => e.position > position,
            Test::HasAny => e.value.as_array().is_some_and(|own| !own.is_empty()),
            Test::IsAlsoIn(id) => {
                let others = papers.iter().filter(|paper| paper.id == id).flat_map(elements);
                e.value.is_string() && others.into_iter().any(|other| other.value == e.value)
            }
        }
    }
}

fn elements(paper: &Paper) -> Vec<Element> {
    paper.body.as_ref().map(of).unwrap_or_default()
}

fn of(document: &Value) -> Vec<Element> {
    let all = document.as_array().into_iter().flatten();
    (0..).zip(all).map(|(position, value)| Element { position, value: value.clone() }).collect()
}

/// The rows of a left join.
fn or_none<T>(rows: Vec<T>) -> Vec<Option<T>> {
    if rows.is_empty() { vec![None] } else { rows.into_iter().map(Some).collect() }
}

on_every_backend! {
    async fn are_those_of_the_document(db: Database) {
        let seed = seed();
        let mut random = Random::new(seed);
        db.create_tables::<Paper>().await?;
        let mut papers: Vec<Paper> = (0..20).map(|id| Paper { id, body: Some(document(&mut random, 3)) }).collect();
        papers[0].body = None;
        Paper::insert_all(papers.clone()).execute(db).await?;
        for _ in 0..cases(150) {
            let (first, second) = (test(&mut random), test(&mut random));
            let holds = |e: &Element| first.holds(e, &papers);
            let case = format!("{first:?} {second:?} ORM_PROPERTY_SEED={seed}");

            let query = Paper::query().join_lateral(|p| p.body.elements()).filter(|(_, e)| first.condition(e));
            let query = query.order_by(|(p, e)| (p.id.asc(), e.position.asc())).select(|(p, e)| (p.id, e));
            let expected: Vec<(i64, Element)> =
                papers.iter().flat_map(|p| elements(p).into_iter().filter(holds).map(|e| (p.id, e))).collect();
            assert_eq!(timely(query.all(db)).await?, expected, "{case}");

            let query = Paper::query().left_join_lateral(|p| p.body.elements().filter(|e| first.condition(e)).filter(|e| second.condition(e).not().or(first.condition(e))));
            let query = query.order_by(|(p, e)| (p.id.asc(), e.position.asc())).select(|(p, e)| (p.id, e));
            let expected: Vec<(i64, Option<Element>)> =
                papers.iter().flat_map(|p| or_none(elements(p).into_iter().filter(holds).collect()).into_iter().map(|e| (p.id, e))).collect();
            assert_eq!(timely(query.all(db)).await?, expected, "{case}");

            let query = Paper::query().filter(|p| p.body.elements().filter(|e| first.condition(e)).is_present());
            let query = query.filter(|p| p.body.elements().filter(|e| second.condition(e)).is_absent()).order_by(|p| p.id.asc());
            let query = query.select(|p| (p.id, p.body.elements().filter(|e| first.condition(e)).aggregate(|g| g.count()).scalar()));
            let expected: Vec<(i64, Option<i64>)> = papers.iter().filter_map(|p| {
                let count = elements(p).iter().filter(|e| holds(e)).count();
                let kept = count > 0 && !elements(p).iter().any(|e| second.holds(e, &papers));
                kept.then_some((p.id, Some(count as i64)))
            }).collect();
            assert_eq!(timely(query.all(db)).await?, expected, "{case}");

            let query = Paper::query().join_lateral(|p| p.body.elements().filter(|e| first.condition(e)));
            let query = query.left_join_lateral(|(_, e)| e.value.elements().filter(|i| second.condition(i)));
            let query = query.order_by(|(p, e, i)| (p.id.asc(), e.position.asc(), i.position.asc())).select(|(p, e, i)| (p.id, e.position, i));
            let expected: Vec<(i64, i64, Option<Element>)> = papers.iter().flat_map(|p| {
                let outer: Vec<Element> = elements(p).into_iter().filter(holds).collect();
                outer.into_iter().flat_map(|e| {
                    let inner = of(&e.value).into_iter().filter(|i| second.holds(i, &papers)).collect();
                    or_none(inner).into_iter().map(move |i| (p.id, e.position, i))
                }).collect::<Vec<_>>()
            }).collect();
            assert_eq!(timely(query.all(db)).await?, expected, "{case}");

            let query = Paper::query().join_lateral(|p| p.body.elements()).filter(|(_, e)| first.condition(e));
            let query = query.group_by(|(_, e)| (e.position, e.value.text())).select(|g| (g.count(), g.key));
            let mut found: Vec<(i64, (i64, Option<String>))> = timely(query.all(db)).await?;
            found.sort_by(|(_, one), (_, other)| one.cmp(other));
            let mut groups = BTreeMap::new();
            for e in papers.iter().flat_map(elements).filter(holds) {
                *groups.entry((e.position, e.value.as_str().map(str::to_owned))).or_insert(0) += 1;
            }
            let expected: Vec<_> = groups.into_iter().map(|(key, count)| (count, key)).collect();
            assert_eq!(found, expected, "{case}");
        }
    }
}
