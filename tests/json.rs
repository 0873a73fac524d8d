//! JSON documents: structs stored in columns, and queries on parts of documents. The same results on every backend.

use std::collections::BTreeMap;

use orm::Json;
use orm::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;

#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
pub struct Settings {
    pub theme: String,
    pub sizes: Vec<i64>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "accounts")]
pub struct Account {
    #[orm(primary_key)]
    pub id: u32,
    #[orm(json)]
    pub settings: Settings,
    #[orm(json)]
    pub tags: Option<Vec<String>>,
    pub extra: Option<serde_json::Value>,
}

/// A document for each test case, by number.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "documents")]
pub struct Document {
    #[orm(primary_key)]
    pub id: u32,
    pub body: Option<serde_json::Value>,
}

/// Can only be a map whose keys are not strings.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "unwritable")]
pub struct Odd {
    #[orm(primary_key)]
    pub id: u32,
    #[orm(json)]
    pub pairs: BTreeMap<(u8, u8), u8>,
}

fn dark() -> Settings {
    Settings { theme: "dark".to_owned(), sizes: vec![1, 2] }
}

/// Stores documents, numbered from 1.
async fn documents(
    db: &Database,
    bodies: impl IntoIterator<Item = Option<serde_json::Value>>,
) -> orm::Result<()> {
    db.create_tables::<Document>().await?;
    let rows = (1..).zip(bodies).map(|(id, body)| Document { id, body });
    Document::insert_all(rows).execute(db).await?;
    Ok(())
}

/// Evaluates an expression on every document.
macro_rules! of {
    ($db:ident, |$d:pat_param| $expression:expr) => {
        Document::query().order_by(|d| d.id.asc()).select(|$d| $expression).all($db).await?
    };
}

/// RFC 7396, implemented literally.
fn merged(target: serde_json::Value, patch: &serde_json::Value) -> serde_json::Value {
    let serde_json::Value::Object(patch) = patch else { return patch.clone() };
    let mut target = match target {
        serde_json::Value::Object(target) => target,
        _ => serde_json::Map::new(),
    };
    for (key, value) in patch {
        let old = target.remove(key);
        if !value.is_null() {
            target.insert(key.clone(), merged(old.unwrap_or_default(), value));
        }
    }
    serde_json::Value::Object(target)
}

on_every_backend! {
    async fn data_of_ones_own(db: Database) {
        db.create_tables::<Account>().await?;
        let tags = vec!["a".to_owned(), "b \"quoted\" ü".to_owned()];
        let first = Account::insert().id(1).settings(dark()).tags(tags.clone()).returning(db).await?;
        assert_eq!(first, Account { id: 1, settings: dark(), tags: Some(tags), extra: None });
        let second = Account { id: 2, settings: Settings { theme: "light".into(), sizes: vec![] }, tags: None, extra: Some(json!(null)) };
        Account::insert_all([second.clone()]).execute(db).await?;
        assert_eq!(Account::find(2).one(db).await?, second);

        let change = Account::update().set(|a| (a.settings.to(&dark()), a.tags.to(None))).filter(|a| a.tags.is_not_null().or(a.id.eq(2)));
        assert_eq!(change.execute(db).await?, 2);
        let Json(settings) = Account::find(2).select(|a| a.settings).one(db).await?;
        assert_eq!(settings, dark());
        assert_eq!(Account::query().filter(|a| a.tags.is_null()).count(db).await?, 2);
        // SQL NULL and JSON null are different.
        assert_eq!(Account::query().filter(|a| a.extra.is_null()).select(|a| a.id).all(db).await?, [1]);
        assert_eq!(Account::query().filter(|a| a.extra.is_json_null()).select(|a| a.id).all(db).await?, [2]);
    }

    async fn with_a_part_changed(db: Database) {
        let all = [
            json!({}), json!([]), json!([1, { "a": 1 }]), json!("x"), json!(3), json!(true), json!(null),
            json!({ "a": 1, "b": { "c": [1, 2], "d": null }, "": "ü" }),
            json!({ "a": null }), json!({ "a": null, "e": null }), json!({ "a": { "b": null, "x": {} } }),
            json!({ "b": { "c": null, "d": 5, "e": { "f": "g\"h\\i" } } }), json!({ "": [], "b": [null, 1.5] }),
            json!({ "a.b": { "$": 1 }, "-x": "y", "c d": false }),
        ];
        documents(db, all.iter().cloned().map(Some).chain([None])).await?;
        for patch in &all {
            let expected: Vec<_> = all.iter().map(|target| Some(merged(target.clone(), patch))).chain([None]).collect();
            assert_eq!(of!(db, |d| d.body.json_merge_patch(patch.clone())), expected, "{patch}");
        }
        // In an UPDATE, also of a column with a user-defined type.
        db.create_tables::<Account>().await?;
        Account::insert().id(1).settings(dark()).execute(db).await?;
        let light = json!({ "theme": "light" });
        Account::update_by(1).set(|a| (a.settings.to(a.settings.json_merge_patch(light)), a.tags.to(a.tags.json_merge_patch(json!(["a"]))))).execute(db).await?;
        let account = Account::find(1).one(db).await?;
        assert_eq!((account.settings, account.tags), (Settings { theme: "light".to_owned(), ..dark() }, None));
    }

    async fn what_does_not_fit(db: Database) {
        db.create_tables::<(Account, Odd)>().await?;
        let error = Odd::insert().id(1).pairs(BTreeMap::from([((1, 2), 3)])).execute(db).await.unwrap_err();
        assert!(error.is_encode() && error.to_string().contains("`Odd.pairs`"), "{error}");
        Odd::insert().id(1).pairs(BTreeMap::new()).execute(db).await?;

        #[derive(Model)]
        #[orm(table = "accounts")]
        struct Loose {
            #[orm(primary_key)]
            id: u32,
            settings: serde_json::Value,
        }
        Loose::insert().id(1).settings(json!({ "theme": "secret" })).execute(db).await?;
        let error = Account::find(1).one(db).await.unwrap_err();
        assert!(error.is_decode() && error.to_string().contains("missing field `sizes`"), "{error}");
        Loose::update().set(|l| l.settings.to(json!({ "theme": 1, "sizes": "secret" }))).all_rows().execute(db).await?;
        let error = Account::find(1).one(db).await.unwrap_err();
        assert!(error.is_decode() && !format!("{error:?}").contains("secret"), "{error:?}");
    }

    async fn parts_by_key_and_index(db: Database) {
        documents(db, [
            Some(json!({ "a": { "b": [[10, 20], { "c": "deep" }] } })),
            Some(json!({ "a": 7 })),
            Some(json!([5])),
            Some(json!(5)),
            Some(json!({ "a": null })),
            None,
        ]).await?;
        assert_eq!(of!(db, |d| d.body.at("a").at("b").at(0).at(1).int()), [Some(20), None, None, None, None, None]);
        assert_eq!(of!(db, |d| d.body.at("a").at("b").at(1).at("c").text()), [Some("deep".to_owned()), None, None, None, None, None]);
        // An integer index applies to arrays only, including 0.
        assert_eq!(of!(db, |d| d.body.at(0).int()), [None, None, Some(5), None, None, None]);
        assert_eq!(of!(db, |d| d.body.at("a").at(0).int()), [None; 6]);
        for far in [1_usize << 32, usize::MAX] {
            assert_eq!(of!(db, |d| d.body.at(far).int()), [None; 6]);
        }
        assert_eq!(of!(db, |d| d.body.at("a").at("b").at(0)), [Some(json!([10, 20])), None, None, None, None, None]);
        assert_eq!(of!(db, |d| d.body.at("a")).last_chunk::<2>(), Some(&[Some(json!(null)), None]));
        assert_eq!(of!(db, |d| d.body.has_key("a").known()), [true, true, false, false, true, false]);
        assert_eq!(of!(db, |d| d.body.has_key("a").not().known()), [false, false, true, true, false, true]);
        assert_eq!(of!(db, |d| d.body.at("a").is_json_null().or_null()), [Some(false), Some(false), None, None, Some(true), None]);
        assert_eq!(of!(db, |d| d.body.at("a").is_null().known()), [false, false, true, true, false, true]);
    }

    async fn keys_are_taken_literally(db: Database) {
        let keys = ["", "a.b", "a\"b", "a\\b", "*", "$", "[0]", "ü", "a b", "'", "line\nbreak", "\u{1}", "-", "#-1", "a\"].x", "\\\""];
        let object: serde_json::Map<String, serde_json::Value> = keys.iter().zip(1..).map(|(key, value)| ((*key).to_owned(), json!(value))).collect();
        documents(db, [Some(json!({ "in": object }))]).await?;
        for (key, value) in keys.iter().zip(1..) {
            if *key == "-" && db.dialect().name == "MariaDB" {
                let error = Document::query().filter(|d| d.body.at("in").has_key(key)).all(db).await.unwrap_err();
                assert!(error.is_unsupported() && error.to_string().contains("begins with `-`"), "{error}");
                continue;
            }
            assert_eq!(of!(db, |d| d.body.at("in").at(*key).int()), [Some(value)], "{key:?}");
            assert_eq!(of!(db, |d| d.body.at("in").has_key(key).known()), [true], "{key:?}");
            let absent = format!("{key}?");
            assert_eq!(of!(db, |d| d.body.at("in").has_key(&absent).known()), [false], "{absent:?}");
        }
    }

    async fn values_keep_their_types(db: Database) {
        documents(db, [
            json!("text"), json!("7"), json!(7), json!(-7.5), json!(7.0), json!(true), json!(false), json!(null), json!([1]), json!({ "a": 1 }),
            json!(i64::MAX), json!(i64::MIN), json!(u64::MAX), json!(1e16), json!("true"), json!(""), json!("a\"b\\c\né"), json!(0),
        ].map(|value| Some(json!({ "v": value })))).await?;
        let text = |t: &str| Some(t.to_owned());
        let mut texts = vec![None; 18];
        for (index, value) in [(0, "text"), (1, "7"), (14, "true"), (15, ""), (16, "a\"b\\c\né")] {
            texts[index] = text(value);
        }
        assert_eq!(of!(db, |d| d.body.at("v").text()), texts);
        let mut ints = [None; 18];
        for (index, value) in [(2, 7), (10, i64::MAX), (11, i64::MIN), (17, 0)] {
            ints[index] = Some(value);
        }
        assert_eq!(of!(db, |d| d.body.at("v").int()), ints);
        let mut floats = [None; 18];
        #[allow(clippy::cast_precision_loss, reason = "as the databases do")]
        for (index, value) in [(2, 7.0), (3, -7.5), (4, 7.0), (10, i64::MAX as f64), (11, i64::MIN as f64), (12, u64::MAX as f64), (13, 1e16), (17, 0.0)] {
            floats[index] = Some(value);
        }
        assert_eq!(of!(db, |d| d.body.at("v").float()), floats);
        let mut bools = [None; 18];
        (bools[5], bools[6]) = (Some(true), Some(false));
        assert_eq!(of!(db, |d| d.body.at("v").bool()), bools);
        let mut lengths = [None; 18];
        lengths[8] = Some(1);
        assert_eq!(of!(db, |d| d.body.at("v").array_length()), lengths);
        // They are compared, computed and sorted as values of their types.
        let found = Document::query().filter(|d| d.body.at("v").int().rem(1000).eq(7).or(d.body.at("v").bool().is_true()));
        assert_eq!(found.order_by(|d| d.body.at("v").int().asc()).select(|d| d.id).all(db).await?, [6, 3]);
        // Case-sensitive.
        assert_eq!(Document::query().filter(|d| d.body.at("v").text().eq("TEXT")).count(db).await?, 0);
    }

    async fn documents_in_documents(db: Database) {
        documents(db, [
            Some(json!([1, 2, 3])), Some(json!([[1]])), Some(json!({ "a": 1, "b": [1, 2] })), Some(json!(1)), Some(json!("1")), Some(json!([])), None, Some(json!([null, true])),
        ]).await?;
        assert_eq!(of!(db, |d| d.body.json_contains(1).or_null()), [Some(true), Some(true), Some(false), Some(true), Some(false), Some(false), None, Some(false)]);
        assert_eq!(of!(db, |d| d.body.json_contains(json!([3, 1])).known()), [true, false, false, false, false, false, false, false]);
        assert_eq!(of!(db, |d| d.body.json_contains(json!({ "b": 2 })).known()), [false, false, true, false, false, false, false, false]);
        assert_eq!(of!(db, |d| d.body.json_contains("1").known()), [false, false, false, false, true, false, false, false]);
        assert_eq!(of!(db, |d| d.body.json_contains(json!(null)).known()), [false, false, false, false, false, false, false, true]);
        assert_eq!(of!(db, |d| d.body.json_contains(1.0).known()), [true, true, false, true, false, false, false, false]);
        assert_eq!(of!(db, |d| d.body.at("b").array_length()), [None, None, Some(2), None, None, None, None, None]);
        assert_eq!(of!(db, |d| d.body.array_length()), [Some(3), Some(1), None, None, None, Some(0), None, Some(2)]);
    }

    // MySQL compares their contents, the others their text, which is equivalent for documents written by this crate.
    async fn documents_are_compared(db: Database) {
        documents(db, [Some(json!({ "a": 1 })), Some(json!([1])), None]).await?;
        assert_eq!(of!(db, |d| d.body.eq(json!({ "a": 1 })).or_null()), [Some(true), Some(false), None]);
        assert_eq!(of!(db, |d| d.body.is_in([json!([1]), json!(2)]).or_null()), [Some(false), Some(true), None]);
        assert_eq!(of!(db, |d| d.body.same_as(None).known()), [false, false, true]);
    }
}
