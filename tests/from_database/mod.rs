//! Models generated from a database. The tables are created by handwritten SQL, in several styles; the generated models
//! are stored beside it, are compiled with the tests, and must equal what is generated now: `INSTA_UPDATE=always cargo
//! test --test suite -- --include-ignored from_database` regenerates them.

mod mariadb;
mod mysql;
mod sqlite;

use orm::prelude::*;
use orm::{Schema, raw};

/// Creates the tables, and returns the name of the server.
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
        // The only remaining differences are tables without a key, features that models cannot express, and SQLite's
        // missing indexes of foreign keys.
        let left = wanted.compare(&Schema::reflect(db).await?, db.dialect());
        let left: Vec<String> = left.iter().map(ToString::to_string).filter(|text| !text.contains("_idx`")).collect();
        match db.dialect().name {
            "SQLite" => assert_eq!(left, ["the table `log` belongs to no model"]),
            _ => assert_eq!(left, [
                "the column `revisions.id` is auto-increment, and should not be",
                "the table `borders` belongs to no model",
                "the table `log` belongs to no model",
            ]),
        }
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
                assert_eq!(Log::query().all(db).await?, []); // a table without a key
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

    async fn have_what_only_servers_have(db: Database) {
        macro_rules! work {
            ($module:ident) => {{
                use $module::*;
                let key = ("node", 1, 0, 2, "en");
                let text = |delta: u32| {
                    EntityText::insert().entity_type("node").entity_id(1).deleted(0).delta(delta).language("en")
                };
                EntityText::insert_all([text(1), text(2)]).execute(db).await?;
                let mut s = db.session();
                let second = EntityText::find(key).track(&mut s).await?[0];
                s[second].body = Some("A body".into());
                let first = EntityText::find(("node", 1, 0, 1, "en")).track(&mut s).await?[0];
                s.delete(first)?;
                s.commit().await?;
                assert_eq!(EntityText::query().select(|t| (t.delta, t.body)).all(db).await?, [(2, Some("A body".to_owned()))]);

                let status = IssueStatus::insert().label("new").returning(db).await?;
                sql!("UPDATE issue_statuses SET changed_at = '2001-01-01'").execute(db).await?;
                IssueStatus::update_by(status.id).set(|s| s.label.to("old")).execute(db).await?;
                let old = IssueStatus::query().filter(|s| s.is_closed.eq(true)).one(db).await?;
                assert!(old.changed_at >= status.changed_at && old.weight == -1);

                Revision::insert().id(7).number(1).execute(db).await?;
                Host::insert_all([Host::insert().hostid(1)]).execute(db).await?;
                let host = Host::find(1).one(db).await?;
                let session = SessionRow::insert().sessionid(5).host(&host).seen_from(1).returning(db).await?;
                Host::update().set(|h| h.main_sessionid.to(session.sessionid)).all_rows().execute(db).await?;
                let by_main = Host::query().filter(|h| h.main_session().host().hostid.eq(1)).count(db).await?;
                let by_child = Host::query().filter(|h| h.sessions_by_seen_from().any(|s| s.sessionid.eq(5))).count(db).await?;
                assert_eq!((by_main, by_child), (1, 1));
            }};
        }
        match tables(db).await? {
            "SQLite" => {}
            "MariaDB" => work!(mariadb),
            _ => work!(mysql),
        }
    }
}
