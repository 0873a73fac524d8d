//! What older servers need instead, on the servers that are here.

use orm::prelude::*;
use orm::{ErrorKind, assert_statements, values};
use serde_json::{Value as Json, json};

use crate::descending::{Day, LastDay};
use crate::support::as_of;
use crate::verify::differences;

/// The last one before each of the bugs that is avoided was mended.
const OLD_MARIADB: &str = "10.11.8-MariaDB";
const OLD_MYSQL: &str = "8.0.30";

/// Texts that JSON escapes, that are outside the basic plane, or that are empty.
const TEXTS: [&str; 6] =
    ["quote \" and backslash \\", "line\nand tab\t", "\u{1f600} emoji", "", "\0 and \u{1}", "é"];

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "labels")]
pub struct Label {
    #[orm(primary_key, length = 60)]
    pub id: String,
    pub text: Option<String>,
    pub data: Json,
    #[orm(json)]
    pub words: Vec<String>,
}

fn label(id: &str, text: Option<&str>) -> Label {
    let words = TEXTS.map(str::to_owned).to_vec();
    Label {
        id: id.to_owned(),
        text: text.map(str::to_owned),
        data: json!({ "key": text, "more": TEXTS }),
        words,
    }
}

async fn labels(db: &Database) -> orm::Result<()> {
    db.create_tables::<Label>().await?;
    Label::insert_all(TEXTS.map(|text| label(text, None))).execute(db).await?;
    Ok(())
}

/// Opens the database as of an old version.
async fn old(db: &Database) -> orm::Result<Database> {
    db.ping().await?;
    as_of(if db.dialect().name == "MariaDB" { OLD_MARIADB } else { OLD_MYSQL }, db)
}

on_servers! {
    async fn a_flush_stores_what_it_is_given(fresh: Fresh) {
        let db = &old(&fresh.db).await?;
        labels(db).await?;
        let mut s = db.session();
        for (handle, text) in Label::query().order_by(|l| l.id.asc()).track(&mut s).await?.into_iter().zip(TEXTS) {
            let changed = label("", (text != "é").then_some(text));
            (s[handle].text, s[handle].data) = (changed.text, changed.data);
        }
        assert_statements!(db, 1, s.commit().await?);
        let stored = Label::query().order_by(|l| l.id.asc()).all(&fresh.db).await?;
        for (stored, text) in stored.iter().zip(TEXTS) {
            let text = (text != "é").then_some(text);
            assert_eq!(*stored, label(&stored.id, text));
        }
        assert_eq!(stored.len(), TEXTS.len());
    }

    async fn lists_find_what_they_are_given(fresh: Fresh) {
        let db = &old(&fresh.db).await?;
        labels(db).await?;
        let many = (0..5_000).map(|n| format!("none {n}")).chain(TEXTS.map(str::to_owned));
        let many: Vec<String> = many.collect();
        assert_eq!(Label::query().filter(|l| l.id.is_in(many)).count(db).await?, TEXTS.len() as i64);
        let rows = values(TEXTS.map(|text| (text.to_owned(), text.is_empty().then(|| json!([text])))));
        let found = Label::query().join_rows(rows, |l, (id, _)| l.id.eq(id)).select(|(l, (id, data))| (l.id, id, data));
        let found = found.all(db).await?;
        assert_eq!(found.len(), TEXTS.len());
        assert!(found.iter().all(|(stored, id, data)| stored == id && *data == id.is_empty().then(|| json!([""]))), "{found:?}");
    }

    async fn orders_of_indexes_are_not_compared_where_there_are_none(fresh: Fresh) {
        fresh.db.ping().await?;
        let mariadb = fresh.db.dialect().name == "MariaDB";
        let db = &as_of(if mariadb { "10.7.8-MariaDB" } else { OLD_MYSQL }, &fresh.db)?;
        db.create_tables::<Day>().await?;
        let descending = differences::<LastDay>(db).await?.len();
        assert_eq!(descending, if mariadb { 0 } else { 2 });
    }

    async fn derived_tables_with_elements_are_not_merged(fresh: Fresh) {
        let db = &old(&fresh.db).await?;
        labels(db).await?;
        let lengths = || {
            let of = Label::query().join_lateral(|l| l.words.elements());
            of.group_by(|(l, _)| l.id).select(|g| (g.key, g.count()))
        };
        let (derived, cte) = (lengths().into_query(), lengths().named("lengths"));
        let kept_apart = db.dialect().name != "MariaDB";
        for (query, found) in [
            (derived.to_sql(db.dialect())?, derived.clone().filter(|(_, n)| n.eq(6)).count(db).await?),
            (cte.query().to_sql(db.dialect())?, cte.query().filter(|(_, n)| n.eq(6)).count(db).await?),
        ] {
            assert_eq!((query.sql.contains("LIMIT"), found), (kept_apart, TEXTS.len() as i64), "{}", query.sql);
        }
    }

    async fn elements_of_arrays_are_joined_and_not_looked_for(fresh: Fresh) {
        let db = &old(&fresh.db).await?;
        labels(db).await?;
        let words = Label::query().filter(|l| l.id.eq("é")).join_lateral(|l| l.words.elements());
        let words = words.order_by(|(_, e)| e.position.asc()).select(|(_, e)| e.value.text());
        assert_eq!(words.all(db).await?, TEXTS.map(|text| Some(text.to_owned())));
        let filtered = Label::query().filter(|l| l.words.elements().filter(|e| e.value.text().eq("é")).is_present());
        if db.dialect().name == "MariaDB" {
            let error = filtered.count(db).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Unsupported);
            assert!(error.to_string().contains("10.11.8 does not support the elements of an array in a subquery"), "{error}");
        } else {
            assert_eq!(filtered.count(db).await?, 6);
        }
    }
}
