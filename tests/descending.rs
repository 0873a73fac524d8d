//! Descending indexes.

use orm::Schema;
use orm::prelude::*;
use orm::schema::KeyPart;

use crate::ddl::{Article, Sale};
use crate::tables::Shelf;
use crate::verify::{differences, fix};

/// The same indexes, ascending.
#[derive(Model, Debug)]
#[orm(table = "days", index(day), unique(day, nr, name = "days_once"))]
pub struct Day {
    #[orm(primary_key, auto)]
    pub id: u32,
    pub day: NaiveDate,
    pub nr: u32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "days", index(day desc), unique(day, nr desc, name = "days_once"))]
pub struct LastDay {
    #[orm(primary_key, auto)]
    pub id: u32,
    pub day: NaiveDate,
    pub nr: u32,
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

on_every_backend! {
    async fn are_created_as_declared(db: Database) {
        db.create_tables::<(Article, Shelf, Sale)>().await?;
        let schema = Schema::reflect(db).await?;
        let parts = |name: &str| {
            let index = schema.table("sales").unwrap().indexes.iter().find(|index| index.name == name).unwrap();
            let over = |part: &KeyPart| match part.over() {
                KeyPart::Named { name, .. } => (name.clone(), part.is_descending()),
                other => panic!("{other:?}"),
            };
            index.parts.iter().map(over).collect::<Vec<_>>()
        };
        let named = |parts: &[(&str, bool)]| parts.iter().map(|(name, desc)| ((*name).to_owned(), *desc)).collect::<Vec<_>>();
        assert_eq!(parts("sales_article_id_sold_at_idx"), named(&[("article_id", false), ("sold_at", true)]));
        assert_eq!(parts("sales_note"), named(&[("note", true), ("price", false)]));
        assert_eq!(parts("sales_code_sold_at_key"), named(&[("code", false), ("sold_at", true)]));
        let text = orm_reflect::models(&schema, db.dialect());
        for said in ["index(article_id, sold_at desc)", "unique(code, sold_at desc)", " desc, price, name = \"sales_note\")"] {
            assert!(text.contains(said), "{said} is not in\n{text}");
        }
    }

    async fn work_as_keys(db: Database) {
        db.create_tables::<LastDay>().await?;
        let row = |nr| LastDay::insert().day(day(1)).nr(nr);
        LastDay::insert_all([row(1), row(2)]).execute(db).await?;
        let again = row(2).execute(db).await.unwrap_err();
        assert!(again.violates::<LastDay>(|d| (d.day, d.nr)));
        LastDay::insert_all([row(1)]).on_conflict(|d| (d.day, d.nr)).update(|d, _| d.nr.to(9)).execute(db).await?;
        let mut numbers = LastDay::query().select(|d| d.nr).all(db).await?;
        numbers.sort_unstable();
        assert_eq!(numbers, [2, 9]);
    }

    async fn in_the_other_direction_are_a_harmless_difference(db: Database) {
        db.create_tables::<Day>().await?;
        Day::insert().day(day(1)).nr(1).execute(db).await?;
        Schema::verify::<LastDay>(db).await?;
        let found = differences::<LastDay>(db).await?;
        assert_eq!(found.len(), 2, "{found:#?}");
        assert!(found.iter().all(|difference| difference.harmless), "{found:#?}");
        let quote = db.dialect().quote;
        let expected = format!("the index `days_day_idx` of `days` is ({quote}day{quote}), and should be ({quote}day{quote} DESC)");
        assert!(found.iter().any(|difference| difference.to_string() == expected), "{found:#?}");
        fix(db, &found).await?;
        assert_eq!(differences::<LastDay>(db).await?, []);
        assert_eq!(LastDay::query().count(db).await?, 1);
    }
}
