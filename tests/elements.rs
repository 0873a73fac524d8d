//! The elements of JSON arrays as rows: in subqueries, joins and groups. The same on every backend.

use orm::prelude::*;
use orm::{Element, values};
use serde_json::json;

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "articles")]
pub struct Article {
    #[orm(primary_key)]
    pub id: u64,
    #[orm(json)]
    pub tags: Option<Vec<String>>,
    pub data: serde_json::Value,
    #[orm(belongs_to = Article)]
    pub original_id: Option<u64>,
}

fn article(id: u64, tags: Option<&[&str]>, data: serde_json::Value, original_id: Option<u64>) -> Article {
    let tags = tags.map(|tags| tags.iter().map(|tag| (*tag).to_owned()).collect());
    Article { id, tags, data, original_id }
}

async fn articles(db: &Database) -> orm::Result<()> {
    db.create_tables::<Article>().await?;
    let rows = [
        article(1, Some(&["rust", "sql", "Rust"]), json!([[1, 2], [3], "x", []]), None),
        article(
            2,
            Some(&["rust", "web"]),
            json!({ "lines": [{ "sku": "a", "count": 2 }, { "sku": "b", "count": 5 }] }),
            Some(1),
        ),
        article(3, Some(&[]), json!(7), Some(2)),
        article(4, None, json!("[1]"), None),
    ];
    Article::insert_all(rows).execute(db).await?;
    Ok(())
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

on_every_backend! {
    async fn are_what_they_were(db: Database) {
        db.create_tables::<Article>().await?;
        let nested = json!({ "k": [1, { "ü\"": null }], "f": 0.1, "big": u64::MAX, "truth": [true, false] });
        let all = json!([
            "a", "", "null", "true", "1", "q\"uo\\te'`", "ü😀\u{0}\n\u{7f}", null, true, false, 0, -1, i64::MIN, i64::MAX, u64::MAX,
            0.1, 1.5, -2.5e-7, 1e100, 5e-324, 1.7976931348623157e308, 123456789.12345679, [], {}, [null], [[true]], nested, nested
        ]);
        Article::insert_all([article(1, None, all.clone(), None)]).execute(db).await?;
        let joined = Article::query().join_lateral(|a| a.data.elements()).order_by(|(_, e)| e.position.asc());
        let found: Vec<Element> = joined.clone().select(|(_, e)| e).all(db).await?;
        let expected: Vec<Element> = (0..).zip(all.as_array().unwrap()).map(|(position, value)| Element { position, value: value.clone() }).collect();
        assert_eq!(found, expected);
        // From a value of the program.
        let found = value(all.clone()).elements().order_by(|e| e.position.asc()).all(db).await?;
        assert_eq!(found, expected);

        // Their parts are those of the elements taken by index.
        type Parts = (Option<String>, Option<i64>, Option<f64>, Option<bool>, Option<bool>, Option<i64>, Option<serde_json::Value>);
        let parts = joined.select(|(_, e)| {
            (e.value.text(), e.value.int(), e.value.float(), e.value.bool(), e.value.is_json_null().or_null(), e.value.array_length(), e.value.at("k"))
        });
        let parts: Vec<Parts> = parts.all(db).await?;
        for (index, parts) in (0..).zip(parts) {
            let one = Article::find(1).select(|a| {
                let e = || a.data.at(index);
                (e().text(), e().int(), e().float(), e().bool(), e().is_json_null().or_null(), e().array_length(), e().at("k"))
            });
            assert_eq!(parts, one.one(db).await?, "{index}");
        }
    }

    async fn only_arrays_have_them(db: Database) {
        db.create_tables::<Article>().await?;
        let bodies = [json!({ "a": 1, "0": 2 }), json!({}), json!("x"), json!("[1]"), json!(1), json!(1.5), json!(true), json!(null), json!([])];
        Article::insert_all((1..).zip(bodies).map(|(id, body)| article(id, None, body, None))).execute(db).await?;
        assert_eq!(Article::query().join_lateral(|a| a.data.elements()).count(db).await?, 0);
        assert_eq!(Article::query().join_lateral(|a| a.tags.elements()).count(db).await?, 0);
        assert_eq!(Article::query().filter(|a| a.data.elements().is_present().or(a.tags.elements().is_present())).count(db).await?, 0);
        assert_eq!(Article::query().filter(|a| a.data.at("missing").elements().is_absent()).count(db).await?, 9);
        let rows: Vec<(Article, Option<Element>)> = Article::query().left_join_lateral(|a| a.data.elements()).all(db).await?;
        assert_eq!(rows.len(), 9);
        assert!(rows.iter().all(|(_, element)| element.is_none()));
    }

    async fn in_subqueries(db: Database) {
        articles(db).await?;
        let ids = |articles: Query<Article>| articles.order_by(|a| a.id.asc()).select(|a| a.id);
        let with = |letter: &'static str| ids(Article::query().filter(move |a| a.tags.elements().filter(|e| e.value.text().starts_with(letter)).is_present()));
        assert_eq!(with("s").all(db).await?, [1]);
        assert_eq!(with("w").all(db).await?, [2]);
        let none = Article::query().filter(|a| a.tags.elements().filter(|e| e.value.text().eq("sql")).is_absent());
        assert_eq!(ids(none).all(db).await?, [2, 3, 4]);
        let counts = Article::query().order_by(|a| a.id.asc()).select(|a| {
            let long = a.tags.elements().filter(|e| e.value.text().char_length().gt(3));
            let last = a.tags.elements().aggregate(|g| g.max(|e| e.position));
            (a.tags.elements().aggregate(|g| g.count()).scalar(), long.aggregate(|g| g.count()).scalar(), last.scalar())
        });
        assert_eq!(counts.all(db).await?, [(Some(3), Some(2), Some(2)), (Some(2), Some(1), Some(1)), (Some(0), Some(0), None), (Some(0), Some(0), None)]);
        // Which rows have a tag of another row?
        let shared = Article::query().join_on::<Article>(|a, b| {
            let theirs = b.tags.elements().select(|e| e.value.text());
            a.id.lt(b.id).and(a.tags.elements().filter(|e| e.value.text().is_in(theirs)).is_present())
        });
        assert_eq!(shared.select(|(a, b)| (a.id, b.id)).all(db).await?, [(1, 2)]);
        // Arrays deeper in a document, and the sum of what is in them.
        let total = Article::find(2).select(|a| a.data.at("lines").elements().aggregate(|g| g.sum(|e| e.value.at("count").int())).scalar());
        assert_eq!(total.one(db).await?.map(|sum| sum.to_string()).as_deref(), Some("7"));
        // The elements of a related row.
        let of_original = Article::query().filter(|a| a.original().tags.elements().filter(|e| e.value.text().eq("sql")).is_present());
        assert_eq!(ids(of_original).all(db).await?, [2]);
    }

    async fn joined(db: Database) {
        articles(db).await?;
        let inner = Article::query().join_lateral(|a| a.tags.elements()).order_by(|(a, e)| (a.id.asc(), e.position.desc()));
        let rows: Vec<(u64, i64, Option<String>)> = inner.clone().select(|(a, e)| (a.id, e.position, e.value.text())).all(db).await?;
        assert_eq!(rows, [(1, 2, some("Rust")), (1, 1, some("sql")), (1, 0, some("rust")), (2, 1, some("web")), (2, 0, some("rust"))]);
        let whole: (Article, Element) = inner.first(db).await?.unwrap();
        assert_eq!((whole.0.id, whole.1), (1, Element { position: 2, value: json!("Rust") }));

        let outer = Article::query().left_join_lateral(|a| a.tags.elements()).order_by(|(a, e)| (a.id.asc(), e.position.asc()));
        let rows: Vec<(u64, Option<i64>, Option<String>)> = outer.clone().select(|(a, e)| (a.id, e.position, e.value.text())).all(db).await?;
        assert_eq!(rows[3..], [(2, Some(0), some("rust")), (2, Some(1), some("web")), (3, None, None), (4, None, None)]);
        let without = outer.filter(|(_, e)| e.position.is_null()).select(|(a, e)| (a.id, e)).all(db).await?;
        assert_eq!(without, [(3, None), (4, None)]);

        // A filter on the elements is a condition of the join.
        let long = || Article::query().left_join_lateral(|a| a.tags.elements().filter(move |e| e.value.text().char_length().gt(3).and(a.id.gt(1).or(e.position.gt(0)))));
        let rows = long().order_by(|(a, e)| (a.id.asc(), e.position.asc())).select(|(a, e)| (a.id, e.value.text())).all(db).await?;
        assert_eq!(rows, [(1, some("Rust")), (2, some("rust")), (3, None), (4, None)]);
        let inner = Article::query().join_lateral(|a| a.tags.elements().filter(|e| e.value.text().eq("rust")).filter(|e| e.position.eq(0)));
        assert_eq!(inner.order_by(|(a, _)| a.id.asc()).select(|(a, _)| a.id).all(db).await?, [1, 2]);
        // Also one that names other tables and relations, or contains a subquery.
        let same = Article::query().left_join_lateral(|a| {
            a.tags.elements().filter(move |e| a.original().tags.elements().filter(move |o| o.value.text().eq(e.value.text())).is_present())
        });
        let rows = same.order_by(|(a, _)| a.id.asc()).select(|(a, e)| (a.id, e.value.text())).all(db).await?;
        assert_eq!(rows, [(1, None), (2, some("rust")), (3, None), (4, None)]);

        // Arrays in arrays.
        let deep = Article::query().join_lateral(|a| a.data.elements()).left_join_lateral(|(_, e)| e.value.elements());
        let rows = deep.order_by(|(_, e, d)| (e.position.asc(), d.position.asc())).select(|(_, e, d)| (e.position, d.position, d.value.int())).all(db).await?;
        assert_eq!(rows, [(0, Some(0), Some(1)), (0, Some(1), Some(2)), (1, Some(0), Some(3)), (2, None, None), (3, None, None)]);
        // Those of related rows, and other tables after them.
        let related = Article::query().join_lateral(|a| a.original().tags.elements()).join(|(a, _)| a.original());
        let rows = related.order_by(|(a, e, _)| (a.id.asc(), e.position.asc())).select(|(a, e, o)| (a.id, o.id, e.value.text())).all(db).await?;
        assert_eq!(rows, [(2, 1, some("rust")), (2, 1, some("sql")), (2, 1, some("Rust")), (3, 2, some("rust")), (3, 2, some("web"))]);
        // Together with a list of the program, which has to be in front.
        let names = values(["rust", "go"].map(String::from)).into_query();
        let found = names.filter(|name| Article::query().join_lateral(|a| a.tags.elements()).filter(|(_, e)| e.value.text().eq(name)).is_present());
        assert_eq!(found.all(db).await?, ["rust"]);
    }

    async fn grouped(db: Database) {
        articles(db).await?;
        let tags = || Article::query().join_lateral(|a| a.tags.elements());
        let mut counts = tags().group_by(|(_, e)| e.value.text()).select(|g| (g.count(), g.min(|(a, _)| a.id), g.key)).all(db).await?;
        counts.sort();
        assert_eq!(counts, [(1, Some(1), some("Rust")), (1, Some(1), some("sql")), (1, Some(2), some("web")), (2, Some(1), some("rust"))]);
        let often = tags().group_by(|(_, e)| e.value.text()).having(|g| g.count().gt(1).and(g.key.clone().ne("x"))).select(|g| g.key.clone().concat("!"));
        assert_eq!(often.all(db).await?, ["rust!"].map(some));
        let documents = tags().group_by(|(_, e)| e.value).order_by(|g| g.count().desc()).select(|g| (g.key, g.count()));
        assert_eq!(documents.limit(1).all(db).await?, [(json!("rust"), 2)]);

        // The position, which some servers compute, wherever a key can be.
        let by_position = tags().group_by(|(_, e)| e.position).having(|g| g.key.ge(1).and(g.max(|(_, e)| e.position).ge(1))).order_by(|g| g.key.desc());
        let rows = by_position.select(|g| (g.key, g.key.mul(-10), g.count(), g.sum(|(_, e)| e.position))).all(db).await?;
        let rows: Vec<_> = rows.into_iter().map(|(key, tenth, count, sum)| (key, tenth, count, sum.map(|sum| sum.to_string()))).collect();
        assert_eq!(rows, [(2, -20, 1, some("2")), (1, -10, 2, some("2"))]);
        let below = tags().group_by(|(_, e)| e.position.sub(5)).order_by(|g| g.key.clone().asc()).select(|g| (g.count(), g.key));
        assert_eq!(below.all(db).await?, [(2, -5), (2, -4), (1, -3)]);
        let whole = tags().group_by(|(_, e)| e).order_by(|g| (g.count().desc(), g.key.position.asc())).select(|g| (g.key, g.count()));
        assert_eq!(whole.limit(1).all(db).await?, [(Element { position: 0, value: json!("rust") }, 2)]);
        let numbered = tags().select(|(a, e)| (a.id, orm::window::row_number().over(|w| w.partition_by(e.position).order_by(a.id.asc()))));
        assert_eq!(numbered.into_query().aggregate(|g| g.max(|(_, number)| number)).one(db).await?, Some(2));
        let by_value = Article::query().left_join_lateral(|a| a.tags.elements()).group_by(|(_, e)| e.value).select(|g| g.count()).all(db).await;
        match db.dialect().name {
            // It cannot distinguish JSON null from a row that is not there.
            "MySQL" => assert!(by_value.unwrap_err().to_string().contains("e.value.text()")),
            _ => assert_eq!(by_value?.len(), 5),
        }
        let missing = Article::query().left_join_lateral(|a| a.tags.elements()).group_by(|(_, e)| e.position).order_by(|g| g.key.asc()).select(|g| (g.key, g.count()));
        assert_eq!(missing.all(db).await?, [(None, 2), (Some(0), 2), (Some(1), 2), (Some(2), 1)]);
    }

    async fn as_rows_of_other_queries(db: Database) {
        articles(db).await?;
        let pairs = Article::query().join_lateral(|a| a.tags.elements()).select(|(a, e)| (a.id, e)).into_query();
        let second = pairs.filter(|(_, e)| e.position.eq(1)).order_by(|(id, _)| id.asc()).select(|(id, e)| (id, e.value.text()));
        assert_eq!(second.all(db).await?, [(1, some("sql")), (2, some("web"))]);
        let letters = value(json!(["a", "b"])).elements();
        let both = letters.clone().select(|e| e.value.text()).union(value(json!(["b", "c"])).elements().select(|e| e.value.text()));
        assert_eq!(both.count(db).await?, 3);
        let named = letters.clone().into_rows().named("letters");
        assert_eq!(named.query().filter(|e| e.position.eq(1)).select(|e| e.value.text()).one(db).await?, some("b"));
        let crossed = Article::query().join_rows(letters, |a, e| a.id.eq(e.position.add(1).cast::<u64>()));
        assert_eq!(crossed.order_by(|(a, _)| a.id.asc()).select(|(a, e)| (a.id, e.value.text())).all(db).await?, [(1, some("a")), (2, some("b"))]);
        // Pages: the position is part of the key.
        let tags = || Article::query().join_lateral(|a| a.tags.elements()).order_by(|(a, _)| a.id.asc());
        let (mut cursor, mut found) = (None, Vec::new());
        loop {
            let slice = tags().limit(2).after(cursor.as_ref(), db).await?;
            found.extend(slice.rows.into_iter().map(|(a, e)| (a.id, e.position)));
            cursor = slice.next;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(found, [(1, 0), (1, 1), (1, 2), (2, 0), (2, 1)]);
        let distinct = Article::query().join_lateral(|a| a.tags.elements()).select(|(_, e)| e.value.text().lower()).distinct();
        assert_eq!(distinct.count(db).await?, 3);
    }

    async fn in_changes(db: Database) {
        articles(db).await?;
        let update = Article::update().set(|a| a.data.to(json!("found"))).filter(|a| a.tags.elements().filter(|e| e.value.text().eq("web").and(e.position.eq(1))).is_present());
        assert_eq!(update.execute(db).await?, 1);
        assert_eq!(Article::find(2).one(db).await?.data, json!("found"));
        Article::update().set(|a| a.original_id.to(None)).all_rows().execute(db).await?;
        let delete = Article::delete().filter(|a| a.tags.elements().filter(|e| e.value.text().is_in(["sql", "web"])).is_present());
        assert_eq!(delete.execute(db).await?, 2);
    }

    async fn of_a_long_array(db: Database) {
        // With all of them found by index, this would take a minute on SQLite.
        db.create_tables::<Article>().await?;
        let all = (0..30_000).map(|number| json!(f64::from(number) * 0.37)).collect();
        Article::insert_all([article(1, None, serde_json::Value::Array(all), None)]).execute(db).await?;
        let large = Article::query().join_lateral(|a| a.data.elements()).filter(|(_, e)| e.value.float().ge(1000.0));
        assert_eq!(large.count(db).await?, 30_000 - 2_703);
    }

    async fn what_only_some_databases_have(db: Database) {
        articles(db).await?;
        // More than a filter needs a lateral subquery.
        let last = Article::query().join_lateral(|a| a.tags.elements().order_by(|e| e.position.desc()).limit(1)).order_by(|(a, _)| a.id.asc());
        let rows = last.select(|(a, e)| (a.id, e.value.text())).all(db).await;
        match db.dialect().name {
            "MySQL" => assert_eq!(rows?, [(1, some("Rust")), (2, some("web"))]),
            _ => assert!(rows.unwrap_err().is_unsupported()),
        }
        let full = Article::query().join_lateral(|a| a.tags.elements()).full_join_on::<Article>(|(a, _), b| a.id.eq(b.id)).all(db).await;
        let error = full.unwrap_err();
        assert!(error.is_unsupported() && error.to_string().contains("union_all"), "{error}");
    }
}
