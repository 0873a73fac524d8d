//! Migrations that end in the middle.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use orm::prelude::*;
use orm_migrate::{Doubt, Migrations, State};

use super::{run_sql, tables};

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
    async fn go_on_behind_the_last_statement(db: Database) {
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
            // Mended, it goes on.
            let ran = migration(&STEPS)?.up(db).await?;
            assert_eq!(ran[0].statements, if db.dialect().ddl.commits { 5 - broken } else { 5 });
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
                assert!(error.to_string().contains("was changed after it was run"), "{error}");
            }
            // Nothing of it was done.
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
                // What was cut off may still run: the next one waits for its lock.
                match migrations.up(db).await {
                    Ok(_) => {}
                    Err(error) if error.is_interrupted() => {
                        let next = match migrations.status(db).await?[0].state {
                            State::Interrupted { done, in_doubt: true, .. } => done,
                            ref other => panic!("{other:?}"),
                        };
                        let there = match next {
                            0 => tables(db).await?.contains(&"a".to_owned()),
                            2 => tables(db).await?.contains(&"b".to_owned()),
                            3 => orm::raw::sql("SELECT m FROM a").all::<Option<i64>>(db).await.is_ok(),
                            other => panic!("statement {other} changes rows: it is noted with its change"),
                        };
                        migrations.settle(db, if there { Doubt::Done } else { Doubt::NotDone }).await?;
                        migrations.up(db).await?;
                    }
                    Err(error) => return Err(error),
                }
                is_there(db).await?;
            }
            migrations.down(db, 1).await?;
        }
        // SQLite does not wait for anything.
        assert!(cut > 0 || !db.dialect().ddl.commits);
    }
}

/// Polls a future so many times at most; it is dropped if it has not ended by then.
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
                // Unless all of it was taken back, something is noted of it.
                match migrations.down(db, 1).await {
                    Err(error) if error.is_interrupted() => {
                        let next = match migrations.status(db).await?[0].state {
                            State::Interrupted { done, in_doubt: true, .. } => ["b", "a"][done as usize],
                            ref other => panic!("{other:?}"),
                        };
                        let gone = !tables(db).await?.contains(&next.to_owned());
                        migrations.settle(db, if gone { Doubt::Done } else { Doubt::NotDone }).await?;
                        migrations.down(db, 1).await?;
                    }
                    back => drop(back?),
                }
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
        assert_eq!(steps("INSERT INTO a VALUES (@n)")?.up(db).await?[0].statements, 1);
        assert_eq!(orm::raw::sql("SELECT n FROM a").scalar::<i64>(db).await?, 5);
    }

    async fn in_doubt_wait_for_somebody_who_knows(fresh: Fresh) {
        let db = &fresh.db;
        let migrations = migration(&STEPS)?;
        let _ = migration(&["CREATE TABLE a (n INTEGER)", "wrong", "", "", "SELECT 1"])?.up(db).await.unwrap_err();
        // As it is when a program ends between sending a statement and noting that it was done.
        run_sql(db, "UPDATE orm_migrations SET begun = 2").await?;
        let error = migrations.up(db).await.unwrap_err();
        assert!(error.is_interrupted());
        assert_eq!(
            error.to_string(),
            "the migration `1_a` was interrupted at statement 2 of 5, and nobody knows whether it was done: look at the \
             database, and say so by `settle`, with `Doubt::Done` or `Doubt::NotDone`; the statement is \
             `INSERT INTO a VALUES (1)`"
        );
        migrations.settle(db, Doubt::NotDone).await?;
        assert!(migrations.settle(db, Doubt::NotDone).await.unwrap_err().is_not_found());
        assert_eq!(migrations.up(db).await?[0].statements, 4);
        is_there(db).await?;
    }
}
