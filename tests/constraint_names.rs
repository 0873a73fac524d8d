//! Names of foreign keys and checks, given by a model.

use orm::Schema;
use orm::prelude::*;
use orm::schema::{Pair, TablePart};

use crate::ddl::{Article, Sale};
use crate::tables::Shelf;
use crate::verify::{differences, fix};

/// Models without constraint names.
mod unnamed {
    use orm::prelude::*;

    #[derive(Model, Debug)]
    #[orm(table = "coins", check = "worth > 0")]
    pub struct Coin {
        #[orm(primary_key)]
        pub id: u32,
        pub worth: i32,
        #[orm(belongs_to = Coin)]
        pub other_id: Option<u32>,
    }
}

mod named {
    use orm::prelude::*;

    #[derive(Model, Debug)]
    #[orm(table = "coins", check("worth > 0", name = "coins_have_worth"))]
    pub struct Coin {
        #[orm(primary_key)]
        pub id: u32,
        pub worth: i32,
        #[orm(belongs_to = Coin, constraint = "coins_and_others")]
        pub other_id: Option<u32>,
    }
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 26).unwrap()
}

on_every_backend! {
    async fn are_what_errors_tell(db: Database) {
        db.create_tables::<(Article, Shelf, Sale)>().await?;
        let article = Article::insert().shop_id(1).code("a").title("A").returning(db).await?;
        let sale = |code| Sale::insert().article(&article).code(code).sold_at(day()).price(1);
        sale(1).execute(db).await?;
        let debt = sale(2).price(-1).execute(db).await.unwrap_err();
        assert_eq!((debt.kind(), debt.constraint()), (orm::ErrorKind::CheckViolation, Some("sales_not_negative")));
        assert!(debt.to_string().contains("the check constraint `sales_not_negative` failed"), "{debt}");
        let of_nothing = Sale::insert().article_id(99).code(3).sold_at(day()).price(1).execute(db).await.unwrap_err();
        assert!(of_nothing.is_foreign_key_violation());
        let on_no_shelf = sale(4).room("B").shelf_no(4).execute(db).await.unwrap_err();
        assert!(on_no_shelf.is_foreign_key_violation());
        if db.dialect().name != "SQLite" {
            assert_eq!((of_nothing.constraint(), on_no_shelf.constraint()), (Some("sales_of"), Some("sales_from_shelf")));
        }
    }

    async fn are_in_the_database_and_in_models_of_it(db: Database) {
        db.create_tables::<(Article, Shelf, Sale)>().await?;
        let schema = Schema::reflect(db).await?;
        let sales = schema.table("sales").unwrap();
        let mut keys: Vec<&str> = sales.foreign_keys.iter().map(|key| key.name.as_str()).collect();
        keys.sort_unstable();
        assert_eq!(keys, ["sales_from_shelf", "sales_of"]);
        assert!(sales.checks.iter().any(|check| check.name.as_deref() == Some("sales_not_negative")), "{:?}", sales.checks);
        let text = orm_reflect::models(&schema, db.dialect());
        for said in [
            "belongs_to = Article, constraint = \"sales_of\"",
            "by = (room, shelf_no), on_delete = cascade, constraint = \"sales_from_shelf\"",
            ", name = \"sales_not_negative\"))]",
        ] {
            assert!(text.contains(said), "{said} is not in\n{text}");
        }
        // The other one has a generated name.
        assert!(text.lines().any(|line| line.starts_with("#[orm(check = ") && line.contains("1000")), "{text}");
    }

    async fn do_not_matter_unless_a_model_declares_them(db: Database) {
        db.create_tables::<named::Coin>().await?;
        assert_eq!(differences::<named::Coin>(db).await?, []);
        assert_eq!(differences::<unnamed::Coin>(db).await?, []);
    }

    async fn that_differ_are_a_harmless_difference(db: Database) {
        db.create_tables::<unnamed::Coin>().await?;
        unnamed::Coin::insert().id(1).worth(2).execute(db).await?;
        Schema::verify::<named::Coin>(db).await?;
        let found = differences::<named::Coin>(db).await?;
        let parts = |found: &[orm::schema::Difference]| {
            found.iter().map(|difference| {
                assert!(difference.harmless, "{difference}");
                matches!(&difference.part, TablePart::ForeignKey(Pair::Differs { .. }) | TablePart::Check(Pair::Differs { .. }))
            }).collect::<Vec<_>>()
        };
        assert_eq!(parts(&found), [true, true], "{found:#?}");
        let mut told: Vec<String> = found.iter().map(ToString::to_string).collect();
        told.sort(); // on servers, foreign keys come last
        assert!(told[0].starts_with("the check `coins_have_worth` of `coins` "), "{}", told[0]);
        assert_eq!(told[1], "the foreign key `coins_and_others` of `coins` is called `coins_other_fkey`");
        fix(db, &found).await?;
        assert_eq!(differences::<named::Coin>(db).await?, []);
        let nothing = named::Coin::update().set(|c| c.worth.to(0)).all_rows().execute(db).await.unwrap_err();
        assert_eq!(nothing.constraint(), Some("coins_have_worth"));
    }
}

#[test]
fn are_refused_where_a_server_takes_no_such_name() {
    #[derive(Model)]
    #[orm(
        table = "short",
        check("id > 0", name = "s234567890123456789012345678901234567890123456789012345678901234")
    )]
    pub struct Short {
        #[orm(primary_key)]
        pub id: u32,
    }
    let dialect = orm::dialect::Dialect { max_identifier: Some(60), ..orm::dialect::MYSQL.clone() };
    let error = Schema::of::<Short>(&dialect).unwrap_err();
    assert!(error.to_string().contains("is longer than the 60 characters"), "{error}");
}
