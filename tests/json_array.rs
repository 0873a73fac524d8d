//! The values of groups as JSON arrays: exactly the values, on every backend.

use orm::Json;
use orm::prelude::*;
use serde_json::json;

use crate::support::Random;
use crate::support::models::*;

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "samples")]
pub struct Sample {
    #[orm(primary_key)]
    pub id: i64,
    pub kind: i32,
    pub text: String,
    pub note: Option<String>,
    pub small: Option<i8>,
    pub large: u64,
    pub signed: i64,
    pub real: f64,
    pub single: Option<f32>,
    pub flag: bool,
    pub mark: Option<bool>,
    pub data: serde_json::Value,
    pub extra: Option<serde_json::Value>,
    #[orm(json)]
    pub tags: Vec<String>,
}

fn samples() -> Vec<Sample> {
    let mut random = Random::new(7);
    let texts = [
        "",
        "a",
        "A",
        "null",
        "q\"uo\\te'`",
        "ü😀",
        "\u{1}\n\t\r\u{8}\u{c}\u{1f}\u{7f}\u{2028}",
        "[1,2]",
        ",",
        "</x>",
        "%5c",
    ];
    let reals = [0.0, 0.1, -1.5, 1e100, 5e-324, f64::MAX, 123_456_789.123_456_79, 1e15, 1e16, -2.5e-7];
    let singles = [0.1, 1e30, 16_777_217.0, f32::MAX, f32::MIN_POSITIVE, -3.25];
    let documents = [
        json!(null),
        json!("x"),
        json!([1, { "a\"": [true, null] }]),
        json!({}),
        json!(u64::MAX),
        json!(1.5),
        json!(false),
    ];
    let sample = |id| {
        let maybe = random.below(3_u64) > 0;
        let real = if random.once_in(2) {
            random.pick(&reals)
        } else {
            random.between(-1_000_000, 1_000_000) as f64 / 7.0
        };
        Sample {
            id,
            kind: i32::try_from(id % 4).unwrap(),
            text: random.pick(&texts).to_owned(),
            note: maybe.then(|| random.pick(&texts).to_owned()),
            small: random.pick(&[None, Some(-128), Some(127), Some(0)]),
            large: random.pick(&[u64::from(u32::MAX), i64::MAX.unsigned_abs(), 0]),
            signed: random.pick(&[i64::MIN, i64::MAX, 0, 9_007_199_254_740_993]),
            real,
            single: (!random.once_in(3)).then(|| random.pick(&singles)),
            flag: random.once_in(2),
            mark: random.pick(&[None, Some(true), Some(false)]),
            data: documents[random.below(documents.len())].clone(),
            // JSON `null` would not differ from NULL in an array.
            extra: maybe.then(|| documents[1 + random.below(documents.len() - 1)].clone()),
            tags: vec![random.pick(&texts).to_owned(); random.below(3)],
        }
    };
    (0..60).map(sample).collect()
}

on_every_backend! {
    async fn have_the_values_of_each_group(db: Database) {
        db.create_tables::<Sample>().await?;
        let samples = samples();
        Sample::insert_all(samples.clone()).execute(db).await?;
        // The arrays of each kind, by descending id.
        macro_rules! check {
            ($($field:ident)*) => { $(
                let query = Sample::query().group_by(|s| s.kind).order_by(|g| g.key.asc());
                let found = query.select(|g| (g.key, g.json_array_in_order(|s| s.$field, |s| s.id.desc()), g.json_array(|s| s.$field))).all(db).await?;
                assert_eq!(found.len(), 4);
                for (kind, Json(ordered), Json(any)) in found {
                    let expected: Vec<_> = samples.iter().rev().filter(|s| s.kind == kind).map(|s| s.$field.clone()).collect();
                    assert_eq!(ordered, expected, "{}", stringify!($field));
                    let (mut any, mut sorted) = (any.iter().map(|value| format!("{value:?}")).collect::<Vec<_>>(), expected.iter().map(|value| format!("{value:?}")).collect::<Vec<_>>());
                    any.sort();
                    sorted.sort();
                    assert_eq!(any, sorted, "{}", stringify!($field));
                }
            )* };
        }
        check!(text note small large signed real single flag mark data extra tags);
    }

    async fn of_expressions_conditions_and_relations(db: Database) {
        shop(db).await?;
        let posts = Post::query().group_by(|p| p.author_id).order_by(|g| g.key.asc());
        let rows = posts.clone().select(|g| {
            let published = g.filter(|p| p.published.is_true());
            (g.key, published.json_array_in_order(|p| p.title.upper(), |p| p.title.desc()), g.json_array_in_order(|p| p.author().name, |p| p.id.asc()))
        });
        let texts = |texts: &[&str]| Json(texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>());
        assert_eq!(rows.all(db).await?, [(1, texts(&["MORE", "HELLO"]), texts(&["Ann", "Ann", "Ann"])), (2, texts(&["BOB'S"]), texts(&["Bob"]))]);
        let long = posts.having(|g| g.json_array(|p| p.id).array_length().gt(1)).select(|g| g.json_array(|p| p.id).json_contains(1).known());
        assert_eq!(long.all(db).await?, [true]);
        let in_order = Post::query().aggregate(|g| g.json_array_in_order(|p| p.id, |p| (p.published.asc(), p.id.desc())));
        assert_eq!(in_order.one(db).await?.0, [2, 4, 3, 1]);
        // No rows at all, in a group or not, are no NULL.
        let none = Post::query().filter(|p| p.id.gt(100)).aggregate(|g| (g.json_array(|p| p.title), g.json_array_in_order(|p| p.body, |p| p.id.asc())));
        assert_eq!(none.one(db).await?, (Json(vec![]), Json(vec![])));
        let drafts = User::query().left_join(|u| u.posts()).group_by(|(u, _)| u.id).order_by(|g| g.key.asc()).select(|g| g.filter(|(_, p)| p.published.is_false()).json_array(|(_, p)| p.id));
        assert_eq!(drafts.all(db).await?, [Json(vec![Some(2)]), Json(vec![]), Json(vec![])]);
        // As a subquery, with its elements as rows again.
        let titles = |u: UserFields| Post::query().filter(move |p| p.author_id.eq(u.id)).aggregate(|g| g.json_array_in_order(|p| p.title, |p| p.id.asc()));
        let first = User::query().order_by(|u| u.id.asc()).select(|u| titles(u).scalar().at(0).text());
        assert_eq!(first.limit(2).all(db).await?, [Some("Hello".to_owned()), Some("Bob's".to_owned())]);
    }

    async fn of_many_long_texts(db: Database) {
        // Longer than what servers concatenate by default.
        shop(db).await?;
        let long = "\"x".repeat(2_000);
        Comment::insert_all((0..300).map(|_| Comment::insert().post_id(1).text(&long))).execute(db).await?;
        let query = || Comment::query().filter(|c| c.text.starts_with("\"x"));
        let Json(found) = query().aggregate(|g| g.json_array(|c| c.text)).one(db).await?;
        assert!(found.len() == 300 && found.iter().all(|text| *text == long));
        let Json(found) = query().aggregate(|g| g.json_array_in_order(|c| c.text, |c| c.id.asc())).one(db).await?;
        assert!(found.len() == 300 && found.iter().all(|text| *text == long));
    }
}
