//! Connections that break in the middle of something, each at a point that a proxy is told.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use orm::prelude::*;

use crate::support::models::*;
use crate::support::{Fault, Proxy, becomes, becomes_quiet, is_as_new, is_not_in_vain};

async fn rename(on: impl Executor<'_>, name: &str) -> orm::Result<u64> {
    User::update().set(|u| u.name.to(name)).filter(|u| u.id.eq(1)).execute(on).await
}

/// Returns the name as seen without the proxy.
async fn name(fresh: &crate::support::Fresh) -> orm::Result<String> {
    User::find(1).select(|u| u.name).one(&fresh.db).await
}

on_servers! {
    async fn what_is_left_open_would_be_seen(fresh: Fresh) {
        shop(&fresh.db).await?;
        let mut s = fresh.db.session();
        rename(&mut s, "x").await?;
        let mut reader = fresh.db.session();
        User::query().count(&mut reader).await?;
        becomes(fresh, (2, 0)).await;
        s.rollback().await?;
        reader.rollback().await?;
        becomes_quiet(fresh).await;
    }

    async fn a_commit_whose_answer_is_lost_is_in_doubt_and_there(fresh: Fresh) {
        shop(&fresh.db).await?;
        let proxy = Proxy::new(fresh).await;
        let db = &proxy.open("");
        let mut s = db.session();
        rename(&mut s, "there").await?;
        proxy.once("COMMIT", Fault::Swallow);
        let error = s.commit().await.unwrap_err();
        assert!(error.is_commit_in_doubt() && proxy.is_over(), "{error:?}");
        assert!(rename(&mut s, "x").await.unwrap_err().is_commit_in_doubt());
        assert_eq!(name(fresh).await?, "there");
        s.rollback().await?;
        assert_eq!(rename(&mut s, "again").await?, 1);
        s.commit().await?;
        assert_eq!(name(fresh).await?, "again");
        is_as_new(db, fresh).await?;
    }

    async fn one_of_several_databases_that_is_lost_before_the_commit_has_none_committed(fresh: Fresh) {
        shop(&fresh.db).await?;
        let first = crate::support::sqlite().await;
        shop(&first.db).await?;
        let db = Database::builder().url(&first.url).bind("audit", &fresh.url).open()?;
        let mut s = db.session();
        rename(&mut s, "x").await?;
        rename(s.on("audit")?, "x").await?;
        crate::support::kill_all(fresh).await;
        let error = s.commit().await.unwrap_err();
        assert!(error.is_connection_lost() && error.bind() == Some("audit"), "{error:?}");
        assert!(rename(&mut s, "y").await.unwrap_err().is_transaction_dead());
        s.rollback().await?;
        let audit = db.on("audit")?;
        let names = async || {
            let query = || User::find(1).select(|u| u.name);
            orm::Result::Ok([query().one(&db).await?, query().one(&audit).await?])
        };
        assert_eq!(names().await?, ["Ann", "Ann"]);
        rename(&mut s, "y").await?;
        rename(s.on("audit")?, "y").await?;
        s.commit().await?;
        assert_eq!(names().await?, ["y", "y"]);
        drop((s, audit, db));
        first.end().await;
    }

    async fn the_first_of_several_databases_in_doubt_is_told_apart_from_the_others(fresh: Fresh) {
        shop(&fresh.db).await?;
        let proxy = Proxy::new(fresh).await;
        let second = crate::support::sqlite().await;
        shop(&second.db).await?;
        let db = Database::builder().url(proxy.url()).bind("audit", &second.url).open()?;
        let mut s = db.session();
        rename(&mut s, "x").await?;
        rename(s.on("audit")?, "x").await?;
        proxy.once("COMMIT", Fault::Swallow);
        let error = s.commit().await.unwrap_err();
        assert!(error.is_commit_in_doubt(), "{error:?}");
        assert!(error.to_string().ends_with("been committed; in doubt: `default`; rolled back: `audit`"), "{error}");
        s.rollback().await?;
        assert_eq!((name(fresh).await?, name(&second).await?), ("x".into(), "Ann".into()));
        drop((s, db));
        second.end().await;
    }

    async fn a_commit_that_never_arrives_is_in_doubt_and_not_there(fresh: Fresh) {
        shop(&fresh.db).await?;
        let proxy = Proxy::new(fresh).await;
        let db = &proxy.open("");
        for fault in [Fault::Lose, Fault::Reset] {
            let mut s = db.session();
            rename(&mut s, "lost").await?;
            proxy.once("COMMIT", fault);
            let error = s.commit().await.unwrap_err();
            assert!(error.is_commit_in_doubt() && proxy.is_over(), "{fault:?}: {error:?}");
            assert_eq!(name(fresh).await?, "Ann");
            drop(s);
            is_as_new(db, fresh).await?;
        }
    }

    async fn a_commit_that_nobody_answers_is_in_doubt_when_it_is_given_up(fresh: Fresh) {
        shop(&fresh.db).await?;
        let proxy = Proxy::new(fresh).await;
        let db = &proxy.open("");
        let mut s = db.session();
        rename(&mut s, "lost").await?;
        proxy.once("COMMIT", Fault::Blackhole);
        assert!(tokio::time::timeout(Duration::from_millis(100), s.commit()).await.is_err());
        assert!(rename(&mut s, "x").await.unwrap_err().is_commit_in_doubt());
        s.rollback().await?;
        is_as_new(db, fresh).await?;
        assert_eq!(name(fresh).await?, "Ann");
    }

    async fn a_commit_that_is_answered_late_is_a_commit(fresh: Fresh) {
        shop(&fresh.db).await?;
        let proxy = Proxy::new(fresh).await;
        let db = &proxy.open("");
        let mut s = db.session();
        rename(&mut s, "late").await?;
        proxy.once("COMMIT", Fault::Delay(Duration::from_millis(100)));
        let started = Instant::now();
        s.commit().await?;
        assert!(started.elapsed() >= Duration::from_millis(100));
        assert_eq!(name(fresh).await?, "late");
        is_as_new(db, fresh).await?;
    }

    async fn a_closure_in_doubt_is_not_run_again(fresh: Fresh) {
        shop(&fresh.db).await?;
        let proxy = Proxy::new(fresh).await;
        let db = &proxy.open("");
        for (fault, expected) in [(Fault::Lose, Some(41)), (Fault::Swallow, Some(42))] {
            let attempts = AtomicU32::new(0);
            proxy.once("COMMIT", fault);
            let result = db.transaction().retry(5).run(async |mut tx| {
                attempts.fetch_add(1, Ordering::SeqCst);
                User::update().set(|u| u.age.to(u.age.add(1))).filter(|u| u.id.eq(1)).execute(&mut tx).await
            }).await;
            assert!(result.unwrap_err().is_commit_in_doubt());
            assert_eq!(attempts.into_inner(), 1);
            assert_eq!(User::find(1).one(&fresh.db).await?.age, expected);
            is_as_new(db, fresh).await?;
        }
    }

    async fn a_statement_that_breaks_ends_its_transaction(fresh: Fresh) {
        shop(&fresh.db).await?;
        let proxy = Proxy::new(fresh).await;
        let db = &proxy.open("");
        for fault in [Fault::Lose, Fault::Reset, Fault::Swallow, Fault::Cut(3)] {
            let mut s = db.session();
            rename(&mut s, "first").await?;
            proxy.once("second", fault);
            let error = rename(&mut s, "second").await.unwrap_err();
            assert!(error.is_connection_lost() && proxy.is_over(), "{fault:?}: {error:?}");
            assert!(s.commit().await.unwrap_err().is_transaction_dead());
            s.rollback().await?;
            // Even if the server had executed it.
            assert_eq!(User::find(1).select(|u| u.name).one(&mut s).await?, "Ann");
            s.commit().await?;
            is_as_new(db, fresh).await?;
        }
    }

    async fn a_statement_by_itself_may_have_been_done(fresh: Fresh) {
        shop(&fresh.db).await?;
        let proxy = Proxy::new(fresh).await;
        let db = &proxy.open("");
        for (fault, expected) in [(Fault::Lose, "Ann"), (Fault::Swallow, "done")] {
            proxy.once("done", fault);
            let error = rename(db, "done").await.unwrap_err();
            assert!(error.is_connection_lost() && !error.is_retryable(), "{fault:?}: {error:?}");
            assert_eq!(name(fresh).await?, expected);
            is_as_new(db, fresh).await?;
        }
    }

    async fn a_result_that_is_cut_anywhere_is_an_error_or_whole(fresh: Fresh) {
        let users = shop(&fresh.db).await?;
        let proxy = Proxy::new(fresh).await;
        let db = &proxy.open("max_connections=2");
        let all = || User::query().order_by(|u| u.id.asc()).all(db);
        let mut broken = 0;
        for bytes in (0..700).step_by(13) {
            // On a new connection the cut hits the handshake, and afterwards the query.
            proxy.once("", Fault::Cut(bytes));
            match all().await {
                Ok(rows) => assert_eq!(rows, users),
                Err(error) => {
                    broken += 1;
                    assert!(error.is_connection_lost() || error.is_connect(), "{bytes}: {error:?}");
                }
            }
            proxy.heal();
            assert_eq!(all().await?, users, "{bytes}");
        }
        assert!(broken > 10, "{broken}");
        is_as_new(db, fresh).await?;
    }

    async fn a_stream_that_is_cut_gives_right_rows_and_then_an_error(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        let texts = || (0..2000).map(|n| format!("{n} {}", "x".repeat(50)));
        Comment::insert_all(texts().map(|text| Comment::insert().post_id(1).text(text))).execute(db).await?;
        let proxy = Proxy::new(fresh).await;
        let db = &proxy.open("");
        let comments = || Comment::query().filter(|c| c.id.gt(3)).order_by(|c| c.id.asc()).select(|c| c.text);
        // Prepared, so that the next command is the one that returns the rows.
        assert_eq!(comments().all(db).await?.len(), 2000);
        for bytes in [200, 5_000, 60_000] {
            proxy.once("", Fault::Cut(bytes));
            let mut rows = comments().stream(db);
            let mut expected = texts();
            let error = loop {
                match rows.next().await {
                    Ok(row) => assert_eq!(row, expected.next()),
                    Err(error) => break error,
                }
            };
            assert!(error.is_connection_lost() && expected.next().is_some(), "{error:?}");
            drop(rows);
            assert_eq!(comments().all(db).await?.len(), 2000);
        }
        is_as_new(db, fresh).await?;
    }

    async fn a_transaction_that_cannot_begin_has_done_nothing(fresh: Fresh) {
        shop(&fresh.db).await?;
        let proxy = Proxy::new(fresh).await;
        for fault in [Fault::Lose, Fault::Swallow] {
            let db = &proxy.open("");
            proxy.once("autocommit = 0", fault);
            let mut s = db.session();
            let error = rename(&mut s, "x").await.unwrap_err();
            assert!(error.is_connection_lost(), "{fault:?}: {error:?}");
            // Nothing had begun, so nothing has to be rolled back.
            assert_eq!(rename(&mut s, "y").await?, 1);
            s.rollback().await?;
            is_as_new(db, fresh).await?;
        }
        assert_eq!(name(fresh).await?, "Ann");
    }

    async fn savepoints_that_break_end_the_transaction(fresh: Fresh) {
        shop(&fresh.db).await?;
        let proxy = Proxy::new(fresh).await;
        let db = &proxy.open("");
        for words in ["SAVEPOINT orm_1", "RELEASE SAVEPOINT", "ROLLBACK TO"] {
            for fault in [Fault::Lose, Fault::Swallow] {
                let mut s = db.session();
                rename(&mut s, "outside").await?;
                proxy.once(words, fault);
                let inside = s.savepoint(async |mut tx| {
                    rename(&mut tx, "inside").await?;
                    if words == "ROLLBACK TO" { User::find(99).one(&mut tx).await.map(drop) } else { Ok(()) }
                });
                // The closure's error takes precedence over that of the rollback.
                let error = inside.await.unwrap_err();
                assert!(error.is_connection_lost() || error.is_not_found(), "{words} {fault:?}: {error:?}");
                assert!(proxy.is_over());
                let error = rename(&mut s, "x").await.unwrap_err();
                assert!(error.is_transaction_dead() || error.is_connection_lost(), "{words} {fault:?}: {error:?}");
                s.rollback().await?;
                drop(s);
                assert_eq!(name(fresh).await?, "Ann");
                is_as_new(db, fresh).await?;
            }
        }
    }

    async fn a_flush_that_breaks_is_sent_again(fresh: Fresh) {
        shop(&fresh.db).await?;
        let proxy = Proxy::new(fresh).await;
        let db = &proxy.open("");
        for (number, fault) in (0..).zip([Fault::Lose, Fault::Swallow, Fault::Cut(5)]) {
            let mut s = db.session();
            let dan = s.add(User::insert().email(format!("dan{number}@example.org")).name("Dan"));
            s.add(Post::insert().author(dan).title("Hello"));
            proxy.once("INSERT INTO `posts`", fault);
            let error = s.commit().await.unwrap_err();
            assert!(error.is_connection_lost() && proxy.is_over(), "{fault:?}: {error:?}");
            s.rollback().await?;
            s.commit().await?;
            let dan = s.saved(dan)?;
            assert_eq!(Post::query().filter(|p| p.author_id.eq(s[dan].id)).count(&fresh.db).await?, 1);
            is_as_new(db, fresh).await?;
        }
        assert_eq!(User::query().filter(|u| u.name.eq("Dan")).count(&fresh.db).await?, 3);
    }

    async fn a_server_that_does_not_answer_is_no_connection(fresh: Fresh) {
        shop(&fresh.db).await?;
        let proxy = Proxy::new(fresh).await;
        for fault in [Fault::Lose, Fault::Reset, Fault::Swallow, Fault::Cut(2), Fault::Blackhole] {
            let db = &proxy.open("connect_timeout=3");
            proxy.once("", fault);
            let error = User::query().count(db).await.unwrap_err();
            assert!(error.is_connect(), "{fault:?}: {error:?}");
            assert_eq!(User::query().count(db).await?, 3);
            is_as_new(db, fresh).await?;
        }
    }

    async fn cleaning_up_gives_up_on_a_server_that_does_not_answer(fresh: Fresh) {
        shop(&fresh.db).await?;
        let proxy = Proxy::new(fresh).await;
        let db = &proxy.open("max_connections=1");
        let mut s = db.session();
        rename(&mut s, "x").await?;
        proxy.once("ROLLBACK", Fault::Blackhole);
        let started = Instant::now();
        drop(s);
        // The only connection is discarded after a while, so that the next statement gets one.
        assert_eq!(User::find(1).select(|u| u.name).one(db).await?, "Ann");
        assert!(proxy.is_over());
        is_not_in_vain(started);
        is_as_new(db, fresh).await?;
    }

    async fn a_test_of_idling_connections_gives_up_too(fresh: Fresh) {
        shop(&fresh.db).await?;
        let proxy = Proxy::new(fresh).await;
        let db = &proxy.open("idle_check=0s");
        assert_eq!(User::query().count(db).await?, 3);
        proxy.once("", Fault::Blackhole);
        let started = Instant::now();
        assert_eq!(User::query().count(db).await?, 3);
        assert!(proxy.is_over());
        is_not_in_vain(started);
        is_as_new(db, fresh).await?;
    }
}
