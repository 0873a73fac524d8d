//! Models that are written from what is in a database. The tables are made by hand-written SQL, in several styles; what is
//! written from them stands beside it, is compiled with the tests, and must be what is written now:
//! `INSTA_UPDATE=always cargo test --test suite -- --include-ignored from_database` writes it anew.

mod mariadb;
mod mysql;
mod sqlite;

use orm::prelude::*;
use orm::{Schema, raw};

/// Makes the tables, and gives the name of the server.
async fn tables(db: &Database) -> orm::Result<&'static str> {
    raw::sql("SELECT 1").execute(db).await?;
    let name = db.dialect().name;
    let script = if name == "SQLite" { include_str!("sqlite.sql") } else { include_str!("servers.sql") };
    for statement in script.split(";\n").filter(|statement| !statement.trim().is_empty()) {
        raw::sql_unchecked(statement).execute(db).await?;
    }
    Ok(name)
}

on_every_backend! {
    async fn are_as_they_were_committed(db: Database) {
        let name = tables(db).await?.to_lowercase();
        let written = orm_reflect::models(&Schema::reflect(db).await?, db.dialect());
        let path = format!("{}/tests/from_database/{name}.rs", env!("CARGO_MANIFEST_DIR"));
        if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
            std::fs::write(&path, &written).unwrap();
        }
        assert_eq!(written, std::fs::read_to_string(&path).unwrap());
    }

    async fn verify_against_that_database(db: Database) {
        let (wanted, verified) = match tables(db).await? {
            "SQLite" => (Schema::of::<sqlite::Models>(db.dialect())?, Schema::verify::<sqlite::Models>(db).await),
            "MariaDB" => (Schema::of::<mariadb::Models>(db.dialect())?, Schema::verify::<mariadb::Models>(db).await),
            _ => (Schema::of::<mysql::Models>(db.dialect())?, Schema::verify::<mysql::Models>(db).await),
        };
        verified?;
        // All that is left is the table without a key, and that SQLite's models would have an index for each foreign key.
        let left = wanted.compare(&Schema::reflect(db).await?, db.dialect());
        let left: Vec<String> = left.iter().map(ToString::to_string).filter(|text| !text.contains("_idx`")).collect();
        assert_eq!(left, ["the table `log` belongs to no model"]);
    }

    async fn work(db: Database) {
        macro_rules! work {
            ($module:ident) => {{
                use $module::*;
                let root = Category::insert().name("all").returning(db).await?;
                let books = Category::insert().name("books").parent(&root).returning(db).await?;
                let product = Product::insert().category(&books).title("Dune").returning(db).await?;
                assert_eq!(product.state, ProductState::Draft);
                let tag = Tag::insert().name("new").returning(db).await?;
                ProductTag::insert().product(&product).tag(&tag).execute(db).await?;
                let found = Product::query().filter(|p| p.tags().any(|t| t.name.eq("new"))).all(db).await?;
                assert_eq!(found, [product]);
                assert_eq!(Category::query().filter(|c| c.children().any(|c| c.name.eq("books"))).one(db).await?, root);
                assert_eq!(Log::query().all(db).await?, []); // of a table without a key
                let boss = Employee::insert().returning(db).await?;
                Follow::insert().follower(&boss).followed(&boss).execute(db).await?;
                assert_eq!(Employee::query().filter(|e| e.followeds().any(|e| e.manager.is_null())).count(db).await?, 1);
            }};
        }
        match tables(db).await? {
            "SQLite" => work!(sqlite),
            "MariaDB" => work!(mariadb),
            _ => work!(mysql),
        }
    }
}
