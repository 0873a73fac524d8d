//! Running them.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use orm_migrate::{Migrations, State};

use super::{run_sql, tables};

fn two() -> orm::Result<Migrations> {
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
        assert!(ran.iter().map(|ran| (ran.name.as_str(), ran.up, ran.statements)).eq(expected));
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

    async fn say_what_was_run(db: Database) {
        let migrations = two()?;
        let states = async || -> orm::Result<Vec<State>> {
            Ok(migrations.status(db).await?.into_iter().map(|status| status.state).collect())
        };
        assert_eq!(states().await?, [State::Pending, State::Pending]);
        assert_eq!(orm::Schema::reflect(db).await?.tables, [], "status changes nothing");
        migrations.to(db, "1_a").await?;
        assert_eq!(states().await?, [State::Applied, State::Pending]);
        let later = Migrations::from_files([("2_b/up.sql", "")])?;
        let status = later.status(db).await?;
        assert_eq!((status[0].name.as_str(), &status[0].state), ("1_a", &State::Unknown));
        assert_eq!(
            later.up(db).await.unwrap_err().to_string(),
            "the database has the migration `1_a`, which is not here: is the program older than its database?"
        );
    }

    async fn that_were_changed_are_refused(db: Database) {
        Migrations::from_files([("1_a/up.sql", "CREATE TABLE a (n INTEGER)")])?.up(db).await?;
        let changed = Migrations::from_files([("1_a/up.sql", "CREATE TABLE a (n BIGINT)"), ("2_b/up.sql", "-- nothing")])?;
        let error = changed.up(db).await.unwrap_err();
        assert!(error.to_string().starts_with("the migration `1_a` was changed after it was run"), "{error}");
        assert_eq!(changed.allow_changed().up(db).await?.len(), 1);
        // What stands between statements is nobody's business.
        let same = Migrations::from_files([("1_a/up.sql", "-- more\nCREATE TABLE a (n INTEGER);\n\n"), ("2_b/up.sql", "")])?;
        assert_eq!(same.up(db).await?, []);
    }

    async fn are_noted_for_what_is_there(db: Database) {
        run_sql(db, "CREATE TABLE a (n INTEGER)").await?;
        let migrations = two()?;
        migrations.stamp(db, "1_a").await?;
        assert_eq!(migrations.up(db).await?.len(), 1);
        assert_eq!(tables(db).await?, ["a", "b"]);
    }

    async fn are_a_script_for_somebody_else(db: Database) {
        let migrations = two()?;
        let script = migrations.sql(None, db.dialect())?;
        for statement in script.split(";\n").filter(|statement| !statement.trim().is_empty()) {
            run_sql(db, statement).await?;
        }
        assert_eq!(tables(db).await?, ["a", "b"]);

        assert_eq!(migrations.up(db).await?, [], "the script notes what it does");
        assert!(!migrations.sql(Some("1_a"), db.dialect())?.contains("TABLE a"));
    }

    async fn without_a_way_back_stay(db: Database) {
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
        assert_eq!(ran[0].statements, 4);
        assert_eq!(orm::raw::sql("SELECT count(*) FROM log").scalar::<i64>(db).await?, 2);
    }

    async fn with_transactions_of_their_own_are_refused(db: Database) {
        let migrations = Migrations::from_files([("1_a/up.sql", "CREATE TABLE a (n INTEGER); commit; SELECT 1")])?;
        let error = migrations.up(db).await.unwrap_err();
        assert!(error.is_configuration());
        assert!(error.to_string().starts_with("the migration `1_a` has the statement `commit`: leave it out"), "{error}");
        assert_eq!(tables(db).await?, Vec::<String>::new());
    }

    async fn tell_how_far_they_are(db: Database) {
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

    async fn wait_no_longer_than_they_may(db: Database) {
        let mut other = db.connection().await?;
        let take = if db.dialect().ddl.commits {
            "SELECT GET_LOCK(CONCAT('orm_migrations ', LEFT(DATABASE(), 40)), 0)"
        } else {
            "BEGIN IMMEDIATE"
        };
        other.execute(orm::raw::sql(take)).await?;
        let error = two()?.wait(Duration::ZERO).up(db).await.unwrap_err();
        assert!(error.is_lock_timeout(), "{error:?}");
        assert_eq!(error.to_string(), "another program is running migrations, and was waited for 0ns");
        drop(other);
        assert_eq!(two()?.up(db).await?.len(), 2);
    }

    async fn of_several_programs_take_turns(db: Database) {
        let migrations = two()?;
        let (one, other, third) = tokio::join!(migrations.up(db), migrations.up(db), migrations.up(db));
        let mut counts = [one?.len(), other?.len(), third?.len()];
        counts.sort_unstable();
        // On SQLite they take turns for each migration.
        assert_eq!(counts.iter().sum::<usize>(), 2, "{counts:?}");
        assert_eq!(orm::raw::sql("SELECT count(*) FROM a").scalar::<i64>(db).await?, 2);
    }
}

#[test]
fn files_with_other_names_are_refused() {
    for path in ["1_a/up.mysq.sql", "1_a/UP.sql", "1_a/readme.md", "up.sql"] {
        let error = Migrations::from_files([(path, "")]).unwrap_err().to_string();
        assert!(error.starts_with(&format!("`{path}` is no file of a migration")), "{error}");
    }
}

#[test]
fn files_are_read_from_a_folder() {
    let folder = super::Folder::new();
    std::fs::create_dir_all(folder.0.join("1_a")).unwrap();
    std::fs::write(folder.0.join("1_a/up.sqlite.sql"), "SELECT 1").unwrap();
    std::fs::write(folder.0.join("README.md"), "").unwrap();
    assert_eq!(Migrations::read(&folder.0).unwrap().names().collect::<Vec<_>>(), ["1_a"]);
    assert_eq!(Migrations::read(folder.0.join("nowhere")).unwrap().names().count(), 0);
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
            "the migration `1_a` leaves rows of `b` pointing at rows of `a` that are not there; it was undone"
        );
        assert!(run_sql(db, "DELETE FROM a").await.is_err(), "keys are looked at again");
    }
}

#[test]
fn files_are_part_of_a_program() {
    let migrations = orm_migrate::migrations!("tests/migrate/embedded").unwrap();
    assert_eq!(migrations.names().collect::<Vec<_>>(), ["20261125_000000_a"]);
}
