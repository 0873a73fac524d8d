//! Schema reflection.

use orm::prelude::*;
use orm::schema::{KeyPart, ReferentialAction};
use orm::{Schema, assert_statements, raw};

use crate::ddl::{Article, Everywhere};
use crate::support::models::*;
use crate::tables::{Book, Egg, Hen, Shelf};

async fn run(db: &Database, sql: &str) -> orm::Result<()> {
    raw::sql_unchecked(sql).execute(db).await.map(drop)
}

/// Replaces the quotes of standard SQL with those of the database.
fn quoted(db: &Database, sql: &str) -> String {
    sql.replace('"', &db.dialect().quote.to_string())
}

on_every_backend! {
    async fn takes_a_statement_for_each_kind_of_thing(db: Database) {
        db.create_tables::<(Shelf, Book)>().await?;
        let few = if db.dialect().name == "SQLite" { 5 } else { 7 };
        assert_statements!(db, few, Schema::reflect(db).await?);
        db.create_tables::<Everywhere>().await?;
        // For articles, there is a full-text index.
        let few = if db.dialect().ddl.full_text { few + 1 } else { few };
        let schema = assert_statements!(db, few, Schema::reflect(db).await?);
        assert_eq!(schema.tables.len(), 13);
        // In an order in which they can be created.
        let at = |name| schema.tables.iter().position(|table| table.name.name == name).unwrap();
        assert!(at("users") < at("posts") && at("posts") < at("comments") && at("shelves") < at("books"));
    }

    async fn has_columns_keys_and_conditions(db: Database) {
        db.create_tables::<(Article, Shelf, Book, User, Post)>().await?;
        let schema = Schema::reflect(db).await?;
        let articles = schema.table("articles").unwrap();
        assert_eq!(articles.primary_key, ["id"]);
        let column = |name| articles.column(name).unwrap();
        assert!(column("id").auto && !column("SHOP").auto);
        assert!(column("state").nullable && !column("title").nullable);
        assert!(column("twice").generated.as_ref().unwrap().stored);
        assert!(!column("more").generated.as_ref().unwrap().stored);
        assert!(column("twice").generated.as_ref().unwrap().expression.contains("stock"), "{:?}", column("twice"));
        assert!(column("state").default.as_ref().unwrap().contains("'it"), "{:?}", column("state"));
        assert_eq!((&column("title").default, &column("title").generated), (&None, &None));
        assert_eq!(articles.checks.iter().filter(|check| check.condition.contains("code") && check.condition.contains("none")).count(), 1);
        let beginning = articles.indexes.iter().find(|index| index.name == "articles_code").unwrap();
        assert!(beginning.unique);
        match db.dialect().name {
            "SQLite" => assert_eq!(beginning.parts[1], KeyPart::Expression("substr(\"code\", 1, 8)".into())),
            _ => {
                assert_eq!(beginning.parts[1], KeyPart::Named { name: "code".into(), prefix: Some(8) });
                assert_eq!(articles.comment.as_deref(), Some("what is sold; it's all here"));
                assert_eq!(column("code").comment.as_deref(), Some("as on the \\ label"));
                assert_eq!((articles.engine.as_deref(), articles.charset.as_deref()), (Some("InnoDB"), Some("utf8mb4")));
            }
        }
        let posts = schema.table("posts").unwrap();
        let mut keys: Vec<_> = posts.foreign_keys.iter().map(|key| (key.name.as_str(), key.on_delete)).collect();
        keys.sort_by_key(|(name, _)| *name);
        assert_eq!(keys, [("posts_author_fkey", ReferentialAction::Cascade), ("posts_reviewer_fkey", ReferentialAction::SetNull)]);
        let shelf = &schema.table("books").unwrap().foreign_keys[0];
        assert_eq!((&shelf.columns, &shelf.parent_columns), (&vec!["room".to_owned(), "number".to_owned()], &vec!["room".to_owned(), "number".to_owned()]));
        assert_eq!(schema.table("shelves").unwrap().primary_key, ["room", "number"]);
        assert_eq!(schema.table("posts").unwrap().indexes.iter().find(|index| index.name == "posts_author_id_published_idx").unwrap().columns(), Some(vec!["author_id", "published"]));
    }

    async fn has_views_and_procedures(db: Database) {
        db.create_tables::<User>().await?;
        run(db, "CREATE VIEW grown_up AS SELECT id FROM users WHERE age >= 18").await?;
        let servers = db.dialect().procedures;
        if servers {
            run(db, "CREATE PROCEDURE nothing() SELECT 1").await?;
        }
        let schema = Schema::reflect(db).await?;
        assert_eq!(schema.tables.len(), 1);
        assert_eq!(schema.views[0].name, "grown_up");
        assert!(schema.views[0].query.to_lowercase().contains("select"), "{:?}", schema.views);
        assert_eq!(schema.routines, if servers { vec!["nothing"] } else { vec![] });
    }

    async fn has_what_others_have_written(db: Database) {
        raw::sql("SELECT 1").execute(db).await?;
        run(db, &quoted(db, r#"CREATE TABLE "Odd Name" ("the id" INTEGER PRIMARY KEY, "Ünï" VARCHAR(20) NOT NULL DEFAULT 'a''b', n DECIMAL(8,2) DEFAULT 1.5, CHECK (n < 5))"#)).await?;
        run(db, &quoted(db, r#"CREATE TABLE child (a INTEGER NOT NULL, b INTEGER NOT NULL UNIQUE, up INTEGER, PRIMARY KEY (b, a), FOREIGN KEY (up) REFERENCES "Odd Name" ("the id") ON DELETE SET NULL ON UPDATE CASCADE)"#)).await?;
        run(db, "CREATE INDEX child_up_a ON child (up, a)").await?;
        let schema = Schema::reflect(db).await?;
        let odd = schema.table("Odd Name").unwrap();
        assert_eq!(odd.primary_key, ["the id"]);
        assert_eq!(odd.column("Ünï").unwrap().default.as_deref(), Some("'a''b'"));
        assert_eq!(odd.column("Ünï").unwrap().ty.to_lowercase(), "varchar(20)");
        assert_eq!(odd.checks.len(), 1);
        assert!(odd.checks[0].condition.contains("5"));
        let child = schema.table("child").unwrap();
        assert_eq!(child.primary_key, ["b", "a"]);
        assert!(child.indexes.iter().any(|index| index.unique && index.columns() == Some(vec!["b"])));
        assert!(child.indexes.iter().any(|index| !index.unique && index.columns() == Some(vec!["up", "a"])));
        assert_eq!(child.foreign_keys.len(), 1);
        let key = &child.foreign_keys[0];
        assert_eq!((key.parent.name.as_str(), &key.parent_columns[..]), ("Odd Name", &["the id".to_owned()][..]));
        assert_eq!((key.on_delete, key.on_update), (ReferentialAction::SetNull, ReferentialAction::Cascade));
    }

    async fn of_a_foreign_key_cycle_is_in_some_order(db: Database) {
        db.create_tables::<(Egg, Hen)>().await?;
        let schema = Schema::reflect(db).await?;
        let names: Vec<&str> = schema.tables.iter().map(|table| table.name.name.as_str()).collect();
        assert_eq!(names, ["hens", "eggs"]);
        assert_eq!(Schema::reflect(&mut db.session()).await?, schema);
    }

    async fn of_an_empty_database_is_empty(db: Database) {
        assert_eq!(Schema::reflect(db).await?, Schema::default());
    }
}

on_servers! {
    async fn keeps_defaults_of_bits_and_bytes(fresh: Fresh) {
        let db = &fresh.db;
        run(db, "CREATE TABLE t (n INT PRIMARY KEY, bits BIT(5) NOT NULL DEFAULT b'101', bytes VARBINARY(9) NOT NULL DEFAULT 'a\\\\b')").await?;
        let schema = Schema::reflect(db).await?;
        run(db, "DROP TABLE t").await?;
        for statement in schema.ddl(db.dialect()) {
            raw::sql_verbatim(statement).execute(db).await?;
        }
        assert_eq!(schema.compare(&Schema::reflect(db).await?, db.dialect()), []);
        run(db, "INSERT INTO t (n) VALUES (1)").await?;
        let (bits, bytes): (i64, String) = raw::sql("SELECT bits + 0, HEX(bytes) FROM t").one(db).await?;
        assert_eq!((bits, bytes.as_str()), (5, "615C62"));
    }
}
