//! Migrations that are interrupted.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use orm::prelude::*;
use orm_migrate::{Migrations, Resolution, State};

use super::{run_sql, tables};
use crate::support::{Fault, Proxy};

const STEPS: [&str; 5] = [
    "CREATE TABLE a (n INTEGER)",
    "INSERT INTO a VALUES (1)",
    "CREATE TABLE b (n INTEGER)",
    "ALTER TABLE a ADD COLUMN m INTEGER",
    "UPDATE a SET m = n + 1",
];

fn migration(steps: &[&str]) -> orm::Result<Migrations> {
    Migrations::from_files([
        ("1_a/up.sql", steps.join(";\n").as_str()),
        ("1_a/down.sql", "DROP TABLE b; DROP TABLE a"),
    ])
}

async fn is_there(db: &Database) -> orm::Result<()> {
    assert_eq!(tables(db).await?, ["a", "b"]);
    let rows: Vec<(i64, i64)> = orm::raw::sql("SELECT n, m FROM a").all(db).await?;
    assert_eq!(rows, [(1, 2)]);
    Ok(())
}

on_every_backend! {
    async fn continue_after_the_last_statement(db: Database) {
        for broken in 0..STEPS.len() {
            let mut steps = STEPS;
            steps[broken] = "INSERT INTO nowhere VALUES (1)";
            let error = migration(&steps)?.up(db).await.unwrap_err();
            assert!(error.is_no_such_table(), "{error}");
            let place = format!("the migration `1_a` failed at statement {} of 5, `INSERT INTO nowhere", broken + 1);
            assert!(error.to_string().starts_with(&place), "{error}");
            let state = &migration(&steps)?.status(db).await?[0].state;
            if db.dialect().ddl.commits {
                let done = u32::try_from(broken).unwrap();
                assert_eq!(*state, State::Interrupted { done, steps: 5, in_doubt: false });
            } else {
                assert_eq!((state, tables(db).await?), (&State::Pending, vec![]));
            }
            // Once fixed, it continues.
            let ran = migration(&STEPS)?.up(db).await?;
            let before = if db.dialect().ddl.commits { broken } else { 0 };
            assert_eq!((ran[0].done_before, ran[0].statements.len()), (before, 5 - before));
            is_there(db).await?;
            migration(&STEPS)?.down(db, 1).await?;
            assert_eq!(tables(db).await?, Vec::<String>::new());
        }
    }

    async fn whose_done_part_was_changed_are_refused(db: Database) {
        let _ = migration(&["CREATE TABLE a (n INTEGER)", "wrong"])?.up(db).await.unwrap_err();
        let changed = migration(&["CREATE TABLE a (n BIGINT)", "CREATE TABLE b (n INTEGER)"])?.up(db).await;
        match changed {
            Err(error) if db.dialect().ddl.commits => {
                assert!(error.to_string().contains("the statements that had run by then were changed since"), "{error}");
            }
            // Nothing remained of the first attempt.
            changed => assert_eq!(changed?.len(), 1),
        }
    }

    async fn on_the_way_back_are_finished_first(db: Database) {
        let back = |down: &str| Migrations::from_files([("1_a/up.sql", STEPS.join(";\n").as_str()), ("1_a/down.sql", down)]);
        back("")?.up(db).await?;
        let _ = back("DROP TABLE b; wrong;")?.down(db, 1).await.unwrap_err();
        assert_eq!(back("DROP TABLE b; DROP TABLE a")?.down(db, 1).await?.len(), 1);
        assert_eq!(tables(db).await?, Vec::<String>::new());
    }

    async fn at_any_time_are_never_guessed_at(db: Database) {
        let migrations = migration(&STEPS)?;
        let mut cut = 0;
        for microseconds in (0..40).map(|turn| turn * 700) {
            let time = std::time::Duration::from_micros(microseconds);
            if let Ok(result) = tokio::time::timeout(time, migrations.up(db)).await {
                result?;
                is_there(db).await?;
            } else {
                cut += 1;
                // The interrupted statement may still be running: the next run waits for its lock, and checks what was
                // done.
                migrations.up(db).await?;
                is_there(db).await?;
            }
            migrations.down(db, 1).await?;
        }
        // On SQLite, no future is ever pending.
        assert!(cut > 0 || !db.dialect().ddl.commits);
    }
}

/// Polls a future at most this many times, and drops it if it has not completed by then.
async fn polled<F: Future>(future: F, most: usize) -> Option<F::Output> {
    let (mut future, mut left) = (pin!(future), most);
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending if left == 0 => Poll::Ready(None),
        Poll::Pending => {
            left -= 1;
            Poll::Pending
        }
    })
    .await
}

on_servers! {
    async fn at_any_time_on_the_way_back_are_still_known(fresh: Fresh) {
        let db = &fresh.db;
        let migrations = migration(&["CREATE TABLE a (n INTEGER)", "CREATE TABLE b (n INTEGER)"])?;
        for most in 0.. {
            migrations.up(db).await?;
            let ended = polled(migrations.down(db, 1), most).await;
            if ended.is_none() {
                migrations.down(db, 1).await?;
            }
            assert_eq!(tables(db).await?, Vec::<String>::new(), "cut off after {most} turns");
            assert_eq!(migrations.status(db).await?[0].state, State::Pending);
            if ended.is_some() {
                assert!(most > 10, "there are more moments than that");
                break;
            }
        }
    }

    async fn set_again_what_is_of_the_connection(fresh: Fresh) {
        let db = &fresh.db;
        let steps = |last: &'static str| migration(&["SET @n = 5", "CREATE TABLE a (n INTEGER)", last]);
        steps("INSERT INTO nowhere VALUES (@n)")?.up(db).await.unwrap_err();
        assert_eq!(steps("INSERT INTO a VALUES (@n)")?.up(db).await?[0].statements.len(), 1);
        assert_eq!(orm::raw::sql("SELECT n FROM a").scalar::<i64>(db).await?, 5);
    }

    async fn in_the_middle_of_a_statement(fresh: Fresh) {
        let words = ["CREATE TABLE a", "INSERT INTO a", "CREATE TABLE b", "ALTER TABLE a", "UPDATE a SET m", "COMMIT"];
        for words in words {
            let proxy = Proxy::new(fresh).await;
            let db = &proxy.open("");
            // The server does not receive it, or its answer is lost.
            for fault in [Fault::Lose, Fault::Swallow] {
                proxy.once(words, fault);
                let error = migration(&STEPS)?.up(db).await.unwrap_err();
                assert!(error.is_connection_lost() && proxy.is_over(), "{words} {error:?}");
                migration(&STEPS)?.up(db).await?;
                is_there(&fresh.db).await?;
                migration(&STEPS)?.down(db, 1).await?;
            }
        }
    }

    async fn in_the_middle_of_a_view_or_routine(fresh: Fresh) {
        let steps = [
            "CREATE TABLE a (n INTEGER)",
            "CREATE VIEW v AS SELECT n FROM a",
            "CREATE TRIGGER r BEFORE INSERT ON a FOR EACH ROW SET NEW.n = NEW.n + 1",
            "CREATE PROCEDURE p() SELECT 1",
            "CREATE FUNCTION f() RETURNS INT DETERMINISTIC RETURN 1",
            "INSERT INTO a VALUES (1)",
        ];
        let back = "DROP FUNCTION f; DROP PROCEDURE p; DROP TRIGGER r; DROP VIEW v; DROP TABLE a";
        let migrations = Migrations::from_files([("1_a/up.sql", steps.join(";\n").as_str()), ("1_a/down.sql", back)])?;
        let drops = back.split("; ").map(|drop| (drop, false));
        for (words, up) in steps[1..5].iter().map(|step| (&step[..15], true)).chain(drops) {
            let proxy = Proxy::new(fresh).await;
            let db = &proxy.open("");
            for fault in [Fault::Lose, Fault::Swallow] {
                if !up {
                    migrations.up(db).await?;
                }
                proxy.once(words, fault);
                let error = if up { migrations.up(db).await } else { migrations.down(db, 1).await }.unwrap_err();
                assert!(error.is_connection_lost() && proxy.is_over(), "{words} {error:?}");
                if up {
                    migrations.up(db).await?;
                    assert_eq!(orm::raw::sql("SELECT f() + n FROM v").scalar::<i64>(db).await?, 3);
                }
                migrations.down(db, 1).await?;
                assert_eq!(tables(&fresh.db).await?, Vec::<String>::new());
            }
        }
    }

    async fn in_doubt_wait_for_somebody_who_knows(fresh: Fresh) {
        let db = &fresh.db;
        let steps = |last: &'static str| migration(&["CREATE TABLE a (n INTEGER)", "TRUNCATE TABLE a", last]);
        for (resolution, left) in [(Resolution::Done, 1), (Resolution::NotDone, 2)] {
            steps("INSERT INTO nowhere VALUES (1)")?.up(db).await.unwrap_err();
            // As after a program that ended between sending a statement and recording that it was done.
            run_sql(db, "UPDATE orm_migrations SET done = 1").await?;
            let migrations = steps("INSERT INTO a VALUES (1)")?;
            let state = State::Interrupted { done: 1, steps: 3, in_doubt: true };
            assert_eq!(migrations.status(db).await?[0].state, state);
            let error = migrations.up(db).await.unwrap_err();
            assert!(error.is_interrupted());
            assert_eq!(
                error.to_string(),
                "the migration `1_a` was interrupted at statement 2 of 3, and it is not known whether that \
                 was executed: look at the database, and record the outcome with `resolve` (`orm migrate resolve`), as \
                 `Resolution::Done` or `Resolution::NotDone`; the statement is `TRUNCATE TABLE a`"
            );
            migrations.resolve(db, resolution).await?;
            assert!(migrations.resolve(db, resolution).await.unwrap_err().is_not_found());
            assert_eq!(migrations.up(db).await?[0].statements.len(), left);
            migrations.stamp(db, "1_a").await?;
            run_sql(db, "DELETE FROM orm_migrations").await?;
            run_sql(db, "DROP TABLE a").await?;
        }
    }

    async fn with_another_statement_than_the_one_in_doubt_are_not_guessed_at(fresh: Fresh) {
        let db = &fresh.db;
        run_sql(db, "CREATE TABLE a (n INTEGER)").await?;
        run_sql(db, "CREATE TABLE b (n INTEGER)").await?;
        let alter = |table: &str| Migrations::from_files([("1_a/up.sql", format!("ALTER TABLE {table} ADD COLUMN m INTEGER"))]);
        let proxy = Proxy::new(fresh).await;
        proxy.once("ALTER TABLE a", Fault::Lose);
        assert!(alter("a")?.up(&proxy.open("")).await.unwrap_err().is_connection_lost());
        let error = alter("b")?.allow_changed().up(db).await.unwrap_err();
        assert!(error.is_interrupted(), "{error}");
        alter("b")?.allow_changed().resolve(db, Resolution::NotDone).await?;
        alter("b")?.allow_changed().up(db).await?;
        run_sql(db, "SELECT m FROM b").await?;
    }

    async fn that_the_program_lacks_are_not_ignored(fresh: Fresh) {
        let db = &fresh.db;
        migration(&["CREATE TABLE a (n INTEGER)", "INSERT INTO nowhere VALUES (1)"])?.up(db).await.unwrap_err();
        let others = Migrations::from_files([("2_b/up.sql", "CREATE TABLE b (n INTEGER)")])?.allow_missing();
        let error = others.up(db).await.unwrap_err();
        assert!(error.to_string().starts_with("the migration `1_a` was interrupted, and this program does not have it"), "{error}");
        run_sql(db, "DROP TABLE a").await?;
        others.resolve(db, Resolution::Undone).await?;
        assert_eq!(others.up(db).await?.len(), 1);
    }

    async fn undone_by_hand_start_over(fresh: Fresh) {
        let db = &fresh.db;
        migration(&["CREATE TABLE a (n INTEGER)", "INSERT INTO nowhere VALUES (1)"])?.up(db).await.unwrap_err();
        run_sql(db, "DROP TABLE a").await?;
        let fixed = migration(&["CREATE TABLE a (n BIGINT)"])?;
        assert_eq!(fixed.status(db).await?[0].state, State::Changed);
        fixed.resolve(db, Resolution::Undone).await?;
        assert!(fixed.resolve(db, Resolution::Undone).await.unwrap_err().is_not_found());
        assert_eq!(fixed.up(db).await?[0].done_before, 0);
    }
}
