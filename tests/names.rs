//! Users are free in naming models and columns.

use orm::prelude::*;

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
}
