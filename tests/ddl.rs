//! The DDL of every attribute of a model.

use orm::dialect::{Dialect, MARIADB, MYSQL, SQLITE};
use orm::prelude::*;
use orm::{Schema, raw};

use crate::support::models::{Comment, Post, Profile, User};
use crate::tables::{Book, Egg, Hen, Shelf};
use crate::types::{Dog, Other, Whole};

/// Every table attribute that all databases support.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(
    table = "articles",
    comment = "what is sold; it's all here",
    engine = "InnoDB",
    charset = "utf8mb4",
    collation = "utf8mb4_bin",
    unique(shop_id, code(8), name = "articles_code"),
    index(title(20), name = "articles_title"),
    index(shop_id, price),
    full_text(title, name = "articles_words"),
    check = "price >= 0 AND stock <> 13",
    check = "code <> 'none'"
)]
pub struct Article {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(column = "SHOP")]
    pub shop_id: u32,
    #[orm(length = 40, collation = "utf8mb4_bin", comment = "as on the \\ label")]
    pub code: String,
    pub title: String,
    #[orm(precision = (12, 2), server_default = "0.5")]
    pub price: Decimal,
    #[orm(server_default = "7")]
    pub stock: i16,
    #[orm(length = 10, server_default = "'it''s'")]
    pub state: Option<String>,
    #[orm(generated = "stock * 2")]
    pub twice: i32,
    #[orm(generated = "stock + 1", virtual)]
    pub more: i32,
    #[orm(sql_type = "VARCHAR(3)", unique)]
    pub short: Option<String>,
    pub photo: Option<Vec<u8>>,
}

/// Explicit names, and descending indexes.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(
    table = "sales",
    belongs_to(shelf: Shelf, by = (room, shelf_no), on_delete = cascade, constraint = "sales_from_shelf"),
    check("price >= 0", name = "sales_not_negative"),
    check("price < 1000"),
    index(article_id, sold_at desc),
    index(note(10) desc, price, name = "sales_note"),
    unique(code, sold_at desc)
)]
pub struct Sale {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Article, constraint = "sales_of")]
    pub article_id: u64,
    #[orm(length = 10)]
    pub room: Option<String>,
    pub shelf_no: Option<u16>,
    pub code: u32,
    pub sold_at: NaiveDate,
    pub price: i64,
    pub note: Option<String>,
}

/// Not supported by MariaDB: an index on an expression.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(
    table = "members",
    unique(expr = "lower(email)", name = "members_email"),
    index(expr = "length(email) + 1" desc, id, name = "members_length")
)]
pub struct Member {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(length = 100)]
    pub email: String,
}

/// Supported only by SQLite: a partial index.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "drafts", unique(name, name = "drafts_live", where = "gone IS NULL"))]
pub struct Draft {
    #[orm(primary_key)]
    pub id: u32,
    #[orm(length = 100, collation = "NOCASE")]
    pub name: String,
    pub gone: Option<i32>,
}

/// All tables that every database supports.
pub type Everywhere = (Article, Sale, Shelf, Book, Hen, Egg, Whole, Other, Dog, User, Profile, Post, Comment);

fn printed<S: orm::schema::ModelSet>(dialect: &Dialect) -> String {
    match Schema::of::<S>(dialect) {
        Ok(schema) => schema.ddl(dialect).join(";\n\n"),
        Err(error) => format!("-- {error}"),
    }
}

macro_rules! snapshots {
    ($($name:ident $dialect:ident;)*) => { $(
        #[test]
        fn $name() {
            let all = [printed::<Everywhere>(&$dialect), printed::<Member>(&$dialect), printed::<Draft>(&$dialect)];
            insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
                insta::assert_snapshot!(concat!("ddl.", stringify!($name)), all.join(";\n\n"));
            });
        }
    )* };
}
snapshots! {
    sqlite SQLITE;
    mysql MYSQL;
    mariadb MARIADB;
}

on_every_backend! {
    async fn is_what_is_executed(db: Database) {
        let log = db.log();
        db.create_tables::<Everywhere>().await?;
        let sent: Vec<String> = log.statements().iter().map(|statement| statement.sql.clone()).collect();
        let sent: Vec<&String> = sent.iter().filter(|sql| !sql.starts_with("SELECT 1 FROM")).collect();
        let printed = Schema::of::<Everywhere>(db.dialect())?.ddl(db.dialect());
        assert_eq!(sent, printed.iter().collect::<Vec<_>>());
    }

    async fn holds_what_it_says(db: Database) {
        db.create_tables::<Article>().await?;
        let new = |code: &str| Article::insert().shop_id(1).code(code).title("T");
        let first = new("abcdefgh-1").returning(db).await?;
        assert_eq!((first.price, first.stock, first.state.as_deref()), (Decimal::new(5, 1), 7, Some("it's")));
        assert_eq!((first.twice, first.more), (14, 8));
        // Unique by their prefix, in either case.
        assert!(new("abcdefgh-2").execute(db).await.unwrap_err().is_unique_violation());
        new("ABCDEFGH-2").execute(db).await?;
        assert!(new("none").execute(db).await.unwrap_err().is_check_violation());
    }

    async fn names_the_models_that_its_keys_lead_to(db: Database) {
        db.ping().await?;
        let created = db.create_tables::<(Comment, Post)>().await;
        if db.dialect().name == "SQLite" {
            created?; // which looks for the parent once there is a row
            return Ok(());
        }
        let error = created.unwrap_err().to_string();
        let advice = "it references the table of `User`: create missing tables together with it, with \
                      `create_tables::<(User, ..)>()`";
        assert!(error.ends_with(advice), "{error}");
        db.create_tables::<User>().await?;
        db.create_tables::<(Comment, Post)>().await?;
    }

    async fn some_of_it_not_every_database_has(db: Database) {
        // The kind of server is known when the first statement connects.
        raw::sql("SELECT 1").execute(db).await?;
        let new = |email: &str| Member::insert().email(email);
        match db.dialect().name {
            "MariaDB" => {
                let error = db.create_tables::<Member>().await.unwrap_err();
                assert!(error.is_unsupported());
                assert_eq!(
                    error.to_string(),
                    "`Member` has an index over an expression, which MariaDB does not support; make it a \
                     column with `generated` and index that"
                );
            }
            _ => {
                db.create_tables::<Member>().await?;
                new("Ann").execute(db).await?;
                assert!(new("aNN").execute(db).await.unwrap_err().is_unique_violation());
            }
        }
        if db.dialect().name == "SQLite" {
            db.create_tables::<Draft>().await?;
            let draft = |id, gone| Draft { id, name: if id == 2 { "X".into() } else { "x".into() }, gone };
            Draft::insert_all([draft(1, Some(1)), draft(2, None), draft(4, Some(2))]).execute(db).await?;
            assert!(Draft::insert_all([draft(3, None)]).execute(db).await.unwrap_err().is_unique_violation());
        } else {
            assert!(db.create_tables::<Draft>().await.unwrap_err().is_unsupported());
        }
    }
}
