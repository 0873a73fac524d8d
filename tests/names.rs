//! Users are free in naming models and columns.

use orm::prelude::*;
use orm::window;

/// A table with the name that a derived table has, but for the case, and with the same column.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "Derived")]
pub struct Derived {
    #[orm(primary_key)]
    pub id: i64,
    pub c1: i64,
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct Derivation {
    #[orm(primary_key)]
    pub id: i64,
    #[orm(belongs_to = Derived)]
    pub derived_id: i64,
}

/// Shadows names that generated code might rely on.
pub mod shop {
    #![deny(warnings)]
    #![allow(dead_code, unreachable_pub)]

    use orm::prelude::*;

    pub type Result<T> = std::result::Result<T, u8>;
    pub struct Option;
    pub struct Vec;
    pub struct Some;
    pub struct Ok;
    pub type M = i64;
    pub type T = i64;

    #[derive(Model, Debug, PartialEq)]
    #[orm(table = "select", has_many(order: Query))]
    pub struct String {
        #[orm(primary_key)]
        pub r#type: u64,
        pub r#match: ::std::option::Option<::std::string::String>,
        pub filter: i32,
        pub query: bool,
        pub count: i64,
        pub id: u8,
        pub name: M,
        pub eq: T,
        pub self_: f64,
        pub größe: u32,
    }

    #[derive(Model)]
    #[orm(table = "query")]
    pub struct Query {
        #[orm(primary_key, auto)]
        pub insert: u64,
        #[orm(belongs_to = String)]
        pub table_id: u64,
    }
}

on_every_backend! {
    async fn of_keywords_and_of_what_generated_code_uses(db: Database) {
        db.create_tables::<(shop::String, shop::Query)>().await?;
        let row = || shop::String {
            r#type: 1, r#match: Some("m".to_owned()), filter: 2, query: true, count: 3, id: 4, name: 5, eq: 6, self_: 0.5, größe: 7,
        };
        shop::String::insert_all([row()]).execute(db).await?;
        shop::Query::insert().table_id(1).execute(db).await?;
        let found = shop::String::query().filter(|s| s.r#type.eq(1).and(s.filter.gt(1)).and(s.größe.lt(8)).and(s.query.is_true()));
        assert_eq!(found.clone().all(db).await?, [row()]);
        assert_eq!(found.select(|s| (s.count, s.r#match, s.eq)).all(db).await?, [(3, Some("m".to_owned()), 6)]);
        let joined = shop::Query::query().join(|q| q.table()).filter(|(q, t)| q.insert.ge(t.r#type).and(t.order().any(|o| o.insert.eq(1))));
        assert_eq!(joined.count(db).await?, 1);
    }

    async fn of_a_model_within_a_function(db: Database) {
        #[derive(Model)]
        struct Local {
            #[orm(primary_key)]
            id: u64,
        }
        db.create_tables::<Local>().await?;
        Local::insert_all([Local { id: 1 }]).execute(db).await?;
        assert_eq!(Local::find(1).one(db).await?.id, 1);
    }

    async fn that_differ_in_case_only(db: Database) {
        db.create_tables::<(Derived, Derivation)>().await?;
        Derived::insert_all([Derived { id: 1, c1: 7 }]).execute(db).await?;
        Derivation::insert_all([Derivation { id: 1, derived_id: 1 }]).execute(db).await?;
        let inner = Derivation::query().select(|d| (d.id, d.derived_id)).into_query();
        let joined = Derived::query().join_rows(inner, |d, (_, id)| d.id.eq(id)).select(|(d, (id, _))| (d.c1, id));
        assert_eq!(joined.all(db).await?, [(7, 1)]);
        let named = |name| Derived::query().select(|d| d.id).named(name);
        let (upper, lower) = (named("Found"), named("found"));
        assert_eq!(upper.query().join_rows(&lower, |a, b| a.eq(b)).all(db).await?, [(1, 1)]);
        let (upper, lower) = (window::named("W", |w| w), window::named("w", |w| w));
        let counts = Derived::query().select(|_| (window::count().over_named(&upper), window::rank().over_named(&lower)));
        assert_eq!(counts.all(db).await?, [(1, 1)]);
    }

    /// Each CTE of this chain is used twice by the next one.
    async fn of_ctes_that_are_used_twice_each(db: Database) {
        db.create_tables::<Derived>().await?;
        Derived::insert_all([Derived { id: 1, c1: 7 }]).execute(db).await?;
        let mut cte = Derived::query().select(|d| d.id).named("step");
        for _ in 0..24 {
            cte = cte.query().join_rows(&cte, |a, b| a.eq(b)).select(|(a, _)| a).named("step");
        }
        let begun = std::time::Instant::now();
        let statement = cte.query().into_rows().to_sql(db.dialect())?;
        assert!(begun.elapsed().as_secs() < 5 && statement.sql.contains("step_25"), "{statement}");
    }
}
