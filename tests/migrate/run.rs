//! Running migrations.

use std::sync::{Arc, Mutex};

use orm::prelude::*;
use orm_migrate::Migrations;

use super::{run_sql, tables};

pub(super) fn two() -> orm::Result<Migrations> {
    Migrations::from_files([
        ("1_a/up.sql", "CREATE TABLE a (n INTEGER);\nINSERT INTO a VALUES (1);\nINSERT INTO a VALUES (2);"),
        ("1_a/down.sql", "DROP TABLE a;"),
        ("2_b/up.sql", "CREATE TABLE b (n INTEGER)"),
        ("2_b/down.sql", "DROP TABLE b"),
    ])
}

on_every_backend! {
    async fn run_once_in_order(db: Database) {
        let migrations = two()?;
        let ran = migrations.up(db).await?;
        let expected = [("1_a", true, 3), ("2_b", true, 1)];
        assert!(ran.iter().map(|ran| (ran.name.as_str(), ran.up, ran.statements.len())).eq(expected));
        assert_eq!(tables(db).await?, ["a", "b"]);
        assert_eq!(migrations.up(db).await?, []);
        assert_eq!(orm::raw::sql("SELECT count(*) FROM a").scalar::<i64>(db).await?, 2);
    }

    async fn go_to_any_state_and_back(db: Database) {
        let migrations = two()?;
        migrations.to(db, "1_a").await?;
        assert_eq!(tables(db).await?, ["a"]);
        migrations.to(db, "2_b").await?;
        let back = migrations.to(db, "1_a").await?;
        assert_eq!((back[0].name.as_str(), back[0].up), ("2_b", false));
        assert_eq!(migrations.down(db, 5).await?.len(), 1);
        assert_eq!(tables(db).await?, Vec::<String>::new());
        let error = migrations.to(db, "3_c").await.unwrap_err();
        assert_eq!(error.to_string(), "there is no migration `3_c`; there are: 1_a, 2_b");
    }

    async fn are_a_script_for_another_tool(db: Database) {
        let migrations = two()?;
        let script = migrations.sql(None, db.dialect())?;
        let mut tool = db.connection().await?;
        for statement in script.split(";\n").filter(|statement| !statement.trim().is_empty()) {
            tool.execute(orm::raw::sql_verbatim(statement)).await?;
        }
        drop(tool);
        assert_eq!(tables(db).await?, ["a", "b"]);

        assert_eq!(migrations.up(db).await?, [], "the script notes what it does");
        assert!(!migrations.sql(Some("1_a"), db.dialect())?.contains("TABLE a"));
    }

    async fn without_a_down_script_cannot_be_reverted(db: Database) {
        let migrations = Migrations::from_files([("1_a/up.sql", "CREATE TABLE a (n INTEGER)")])?;
        migrations.up(db).await?;
        let error = migrations.down(db, 1).await.unwrap_err().to_string();
        assert!(error.starts_with("the migration `1_a` has neither `down."), "{error}");
        assert_eq!(tables(db).await?, ["a"]);
    }

    async fn run_with_statements_that_hold_semicolons(db: Database) {
        let trigger = if db.dialect().procedures {
            "CREATE TRIGGER up_a BEFORE INSERT ON a FOR EACH ROW BEGIN SET NEW.n = NEW.n + 1; END;"
        } else {
            "CREATE TRIGGER up_a AFTER INSERT ON a BEGIN UPDATE a SET n = n + 1; SELECT 1; END;"
        };
        let script = format!("CREATE TABLE a (n INTEGER);\n-- orm:begin\n{trigger}\n-- orm:end\nINSERT INTO a VALUES (1);");
        Migrations::from_files([("1_a/up.sql", script)])?.up(db).await?;
        assert_eq!(orm::raw::sql("SELECT n FROM a").scalar::<i64>(db).await?, 2);
    }

    async fn with_bodies_need_no_lines_that_say_so(db: Database) {
        let each = if db.dialect().procedures { "FOR EACH ROW" } else { "" };
        let script = format!(
            "CREATE TABLE a (n INTEGER); CREATE TABLE log (n INTEGER);
             CREATE TRIGGER t AFTER INSERT ON a {each} BEGIN INSERT INTO log VALUES (1); INSERT INTO log VALUES (2); END;
             INSERT INTO a VALUES (1); -- it's done;"
        );
        let ran = Migrations::from_files([("1_a/up.sql", script)])?.up(db).await?;
        assert_eq!(ran[0].statements.len(), 4);
        assert_eq!(orm::raw::sql("SELECT count(*) FROM log").scalar::<i64>(db).await?, 2);
    }

    async fn with_transactions_of_their_own_are_refused(db: Database) {
        let migrations = Migrations::from_files([("1_a/up.sql", "CREATE TABLE a (n INTEGER); commit; SELECT 1")])?;
        let error = migrations.up(db).await.unwrap_err();
        assert!(error.is_configuration());
        assert!(error.to_string().starts_with("the migration `1_a` has the statement `commit`: remove it"), "{error}");
        assert_eq!(tables(db).await?, Vec::<String>::new());
    }

    async fn keep_braces_as_they_are(db: Database) {
        let script = "CREATE TABLE a (t VARCHAR(50)) /* {not} {{a value}} */;\n-- {nor}\nINSERT INTO a VALUES ('{x} ? {{y}}');";
        Migrations::from_files([("1_a/up.sql", script)])?.up(db).await?;
        assert_eq!(orm::raw::sql("SELECT t FROM a").scalar::<String>(db).await?, "{x} ? {{y}}");
    }

    async fn without_a_script_stop_nothing_half_way(db: Database) {
        let files = [("1_a/up.sql", "CREATE TABLE a (n INTEGER)"), ("2_b/down.sql", "")];
        let error = Migrations::from_files(files)?.up(db).await.unwrap_err();
        assert!(error.to_string().starts_with("the migration `2_b` has neither `up."), "{error}");
        assert_eq!(tables(db).await?, Vec::<String>::new());
    }

    async fn in_a_dry_run_change_nothing(db: Database) {
        let look = two()?.dry_run();
        let would = look.up(db).await?;
        assert_eq!(would[0].statements, ["CREATE TABLE a (n INTEGER)", "INSERT INTO a VALUES (1)", "INSERT INTO a VALUES (2)"]);
        assert_eq!(orm::Schema::reflect(db).await?.tables, []);
        assert_eq!(two()?.up(db).await?, would);
        let back = look.down(db, 5).await?;
        assert!(back.iter().map(|ran| (ran.name.as_str(), ran.up)).eq([("2_b", false), ("1_a", false)]));
        assert_eq!(look.to(db, "1_a").await?[0].statements, ["DROP TABLE b"]);
        assert_eq!((look.up(db).await?, tables(db).await?.len()), (vec![], 2));
    }

    async fn report_progress(db: Database) {
        let told = Arc::new(Mutex::new(Vec::new()));
        let seen = told.clone();
        let migrations = two()?.on_progress(move |at| {
            let way = if at.up { "up" } else { "down" };
            seen.lock().unwrap().push(format!("{way} {} {}/{} {}", at.migration, at.step, at.steps, at.statement));
        });
        migrations.to(db, "1_a").await?;
        migrations.down(db, 1).await?;
        let expected = [
            "up 1_a 1/3 CREATE TABLE a (n INTEGER)",
            "up 1_a 2/3 INSERT INTO a VALUES (1)",
            "up 1_a 3/3 INSERT INTO a VALUES (2)",
            "down 1_a 1/1 DROP TABLE a",
        ];
        assert_eq!(*told.lock().unwrap(), expected);
    }
}

#[test]
fn files_with_other_names_are_refused() {
    for path in ["1_a/up.mysq.sql", "1_a/UP.sql", "1_a/readme.md", "up.sql"] {
        let error = Migrations::from_files([(path, "")]).unwrap_err().to_string();
        assert!(error.starts_with(&format!("`{path}` is not a file of a migration")), "{error}");
    }
}

#[test]
fn files_are_read_from_a_folder() {
    let folder = super::Folder::new();
    std::fs::create_dir_all(folder.0.join("1_a")).unwrap();
    std::fs::write(folder.0.join("1_a/up.sqlite.sql"), "SELECT 1").unwrap();
    std::fs::write(folder.0.join("README.md"), "").unwrap();
    assert_eq!(Migrations::read(&folder.0).unwrap().names().collect::<Vec<_>>(), ["1_a"]);
    // A migration for another database.
    std::fs::create_dir_all(folder.0.join("audit/1_b")).unwrap();
    std::fs::write(folder.0.join("audit/1_b/up.sql"), "").unwrap();
    assert_eq!(Migrations::read(&folder.0).unwrap().names().count(), 1);
}

#[tokio::test(flavor = "current_thread")]
async fn folders_that_are_not_there_are_named() -> orm::Result<()> {
    let migrations = Migrations::read("no/such/folder")?;
    assert_eq!(migrations.names().count(), 0);
    let db = Database::open("sqlite::memory:")?;
    for error in [migrations.up(&db).await.unwrap_err(), migrations.status(&db).await.unwrap_err()] {
        assert!(error.is_configuration());
        let folder = std::path::absolute("no/such/folder").unwrap();
        let message =
            format!("the migrations folder `{}` does not exist: make the first migration", folder.display());
        assert!(error.to_string().starts_with(&message), "{error}");
    }
    Ok(())
}

on_sqlite! {
    async fn that_would_lose_a_trigger_are_undone(db: Database) {
        run_sql(db, "CREATE TABLE a (n INTEGER)").await?;
        run_sql(db, "CREATE TRIGGER mine AFTER INSERT ON a BEGIN SELECT 1; END").await?;
        let script = "CREATE TABLE new_a (n TEXT); DROP TABLE a; ALTER TABLE new_a RENAME TO a;";
        let error = Migrations::from_files([("1_a/up.sql", script)])?.up(db).await.unwrap_err();
        assert!(error.to_string().contains("trigger `mine`"), "{error}");
        assert_eq!(orm::Schema::reflect(db).await?.table("a").unwrap().columns[0].ty, "INTEGER");
    }

    async fn that_would_break_a_foreign_key_are_undone(db: Database) {
        run_sql(db, "CREATE TABLE a (n INTEGER PRIMARY KEY)").await?;
        run_sql(db, "CREATE TABLE b (n INTEGER REFERENCES a (n))").await?;
        run_sql(db, "INSERT INTO a VALUES (1)").await?;
        run_sql(db, "INSERT INTO b VALUES (1)").await?;
        let error = Migrations::from_files([("1_a/up.sql", "DELETE FROM a")])?.up(db).await.unwrap_err();
        assert!(error.is_foreign_key_violation());
        assert_eq!(
            error.to_string(),
            "the migration `1_a` leaves rows of `b` that reference missing rows of `a`; it was rolled back"
        );
        assert!(run_sql(db, "DELETE FROM a").await.is_err(), "keys are looked at again");
    }
}

#[test]
fn files_are_part_of_a_program() {
    let migrations = orm_migrate::migrations!("tests/migrate/embedded").unwrap();
    assert_eq!(migrations.names().collect::<Vec<_>>(), ["20261125_000000_a"]);
}
