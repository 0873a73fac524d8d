//! Stored procedures and functions.

use orm::prelude::*;
use orm::raw::{sql, sql_unchecked};
use orm::{ErrorKind, batch, call};

use crate::raw::HOSTILE;
use crate::support::models::*;

/// Creates the procedures of the tests.
async fn create(db: &Database) -> orm::Result<()> {
    shop(db).await?;
    for text in [
        "CREATE PROCEDURE arithmetic(IN a INT, IN b INT, INOUT c DECIMAL(9, 2), OUT d DECIMAL(9, 2), OUT e TEXT)
         BEGIN SET d = a + c; SET c = c * b; SET e = NULL; END",
        "CREATE PROCEDURE rows_of(IN who BIGINT UNSIGNED, OUT posts INT)
         BEGIN
            SELECT id, author_id, reviewer_id, title, body, published FROM posts WHERE author_id = who ORDER BY id;
            UPDATE users SET age = 50 WHERE id = who;
            SELECT name AS NAME, 3 AS posts, NULL AS newest FROM users WHERE id = who;
            SELECT COUNT(*) INTO posts FROM posts p WHERE p.author_id = who;
            SELECT age FROM users WHERE id = who;
         END",
        "CREATE PROCEDURE fails_after_rows()
         BEGIN
            SELECT 1;
            SIGNAL SQLSTATE '45001' SET MESSAGE_TEXT = 'the till is ''empty''', MYSQL_ERRNO = 7001;
         END",
        "CREATE PROCEDURE fails_after_the_end() BEGIN ROLLBACK; SIGNAL SQLSTATE '45001'; END",
        "CREATE PROCEDURE nothing() BEGIN END",
        "CREATE PROCEDURE echo(IN a LONGTEXT CHARACTER SET utf8mb4, INOUT b LONGTEXT CHARACTER SET utf8mb4)
         BEGIN SELECT a; SET b = CONCAT(b, '?'); END",
        "CREATE PROCEDURE commits() BEGIN UPDATE users SET age = 1; COMMIT; END",
        "CREATE PROCEDURE turns_autocommit(IN o INT) BEGIN SET autocommit = o; UPDATE users SET age = 1; END",
        "CREATE FUNCTION twice(a INT) RETURNS INT DETERMINISTIC RETURN 2 * a",
    ] {
        sql(text).execute(db).await?;
    }
    Ok(())
}

#[derive(Row, Debug, PartialEq)]
struct Writer {
    name: String,
    posts: i64,
    newest: Option<u64>,
}

procedure! {
    /// Calls `arithmetic`.
    fn arithmetic(a: i32, in b: i32, inout c: Decimal, out d: Decimal, out e: Option<String>);
    fn quiet() = "nothing";
}

on_servers! {
    async fn put_values_out(fresh: Fresh) {
        let db = &fresh.db;
        create(db).await?;
        let ten = Decimal::TEN;
        let mut s = db.session();
        let done = call("arithmetic").arg(3).arg(2).inout(ten).out::<Decimal>().out::<Option<String>>().run(&mut s).await?;
        let (c, d, e) = done.out;
        assert_eq!((c, d, e), (20.into(), 13.into(), None));
        // NULL in, NULL out.
        let none: Option<Decimal> = None;
        let done = call("arithmetic").arg(None::<i32>).arg(2).inout(none).out::<Option<Decimal>>().out::<Option<String>>();
        assert_eq!(done.run(&mut s).await?.out, (None, None, None));
        call("nothing").run(&mut s).await?;
        assert_eq!(User::query().count(&mut s).await?, 3);
        s.commit().await?;
    }

    async fn give_result_sets(fresh: Fresh) {
        let db = &fresh.db;
        create(db).await?;
        let mut done = call("rows_of").arg(1).out::<i64>().run(db).await?;
        assert_eq!(done.out, (3,));
        let posts: Vec<Post> = done.rows()?;
        assert_eq!(posts, Post::query().filter(|p| p.author_id.eq(1)).order_by(|p| p.id.asc()).all(db).await?);
        assert_eq!(done.rows::<Writer>()?, [Writer { name: "Ann".into(), posts: 3, newest: None }]);
        assert_eq!(done.next::<(i32,)>()?, Some(vec![(50,)]));
        assert_eq!(done.next::<i32>()?, None);
        let none = done.rows::<i32>().unwrap_err();
        assert!(none.is_not_found());
        assert_eq!(none.to_string(), "`rows_of` returned no further result set");
        // Unread results do not block other statements.
        let mut s = db.session();
        for _ in 0..3 {
            call("rows_of").arg(2).out::<i64>().run(&mut s).await?;
            assert_eq!(User::query().count(&mut s).await?, 3);
        }
        s.rollback().await?;
        // An error after the first rows is reported even if the rows, or the remaining rows, are not read.
        assert_eq!(sql!("CALL fails_after_rows()").execute(db).await.unwrap_err().kind(), ErrorKind::Raised);
        assert_eq!(sql!("CALL fails_after_rows()").all::<i64>(db).await.unwrap_err().kind(), ErrorKind::Raised);
        assert_eq!(User::query().count(db).await?, 3);
    }

    async fn raise_errors_of_their_own(fresh: Fresh) {
        let db = &fresh.db;
        create(db).await?;
        let mut s = db.session();
        User::update().set(|u| u.name.to("x")).filter(|u| u.id.eq(1)).execute(&mut s).await?;
        let error = call("fails_after_rows").run(&mut s).await.unwrap_err();
        assert!(error.is_raised());
        assert_eq!((error.sqlstate(), error.code()), (Some("45001"), Some(7001)));
        assert_eq!(error.to_string(), "the till is 'empty'");
        assert_eq!(error.sql(), Some("CALL `fails_after_rows`()"));
        // Only the statement failed.
        assert_eq!(User::query().filter(|u| u.name.eq("x")).count(&mut s).await?, 1);
        s.commit().await?;
    }

    async fn are_called_as_they_are_declared(fresh: Fresh) {
        let db = &fresh.db;
        create(db).await?;
        let code = async |error: orm::Result<()>| error.unwrap_err().code();
        let unknown = call("no_such").run(db).await.map(drop);
        assert_eq!(code(unknown).await, Some(1305));
        let few = call("arithmetic").arg(1).run(db).await.map(drop);
        assert_eq!(code(few).await, Some(1318));
        let many = call("nothing").out::<i64>().run(db).await.map(drop);
        assert_eq!(code(many).await, Some(1318));
        let type_of_output = call("rows_of").arg(1).out::<NaiveDate>().run(db).await.unwrap_err();
        assert!(type_of_output.is_decode());
        let input_as_output = call("rows_of").out::<i64>().out::<i64>().run(db).await.unwrap_err();
        assert!(input_as_output.is_decode());
        assert!(input_as_output.to_string().contains("the call of `rows_of` expects 2 output values"), "{input_as_output}");
        assert_eq!(User::query().count(db).await?, 3);
    }

    async fn take_hostile_text(fresh: Fresh) {
        let db = &fresh.db;
        create(db).await?;
        for text in HOSTILE {
            let mut done = call("echo").arg(text).inout((*text).to_owned()).run(db).await?;
            assert_eq!(done.rows::<String>()?, [*text]);
            assert_eq!(done.out.0, format!("{text}?"));
        }
    }

    async fn that_commit_end_the_transaction(fresh: Fresh) {
        let db = &fresh.db;
        create(db).await?;
        let mut s = db.session();
        User::update().set(|u| u.name.to("x")).all_rows().execute(&mut s).await?;
        call("commits").run(&mut s).await?;
        assert!(User::query().count(&mut s).await.unwrap_err().is_transaction_dead());
        s.rollback().await?;
        assert_eq!(User::query().filter(|u| u.name.eq("x")).count(db).await?, 3);
    }

    async fn that_end_the_transaction_and_begin_another_are_found_out(fresh: Fresh) {
        let db = &fresh.db;
        create(db).await?;
        let ends = "CREATE PROCEDURE ends_and_reads() BEGIN ROLLBACK; SELECT COUNT(*) FROM users; UPDATE users SET age = 7; END";
        sql_unchecked(ends).execute(db).await?;
        let raises = "CREATE PROCEDURE ends_and_raises() BEGIN ROLLBACK; UPDATE users SET age = 7; SIGNAL SQLSTATE '45001'; END";
        sql_unchecked(raises).execute(db).await?;
        let all = || User::update().set(|u| u.age.to(9)).all_rows();
        let mut s = db.session();
        for how in 0..4 {
            all().execute(&mut s).await?;
            match how {
                0 | 1 => assert_eq!(call("ends_and_reads").run(&mut s).await?.rows::<i64>()?, [3]),
                2 => assert!(call("ends_and_raises").run(&mut s).await.unwrap_err().is_raised()),
                _ => assert!(sql!("/* reads */ CALL ends_and_reads()").stream::<i64>(&mut s).next().await?.is_some()),
            }
            let refused = match how {
                0 => s.commit().await,
                1 => s.savepoint(async |tx| all().execute(tx).await).await.map(drop),
                _ => all().execute(&mut s).await.map(drop),
            };
            let refused = refused.unwrap_err();
            assert!(refused.is_transaction_dead(), "{how}: {refused:?}");
            s.rollback().await?;
            assert_eq!(User::query().filter(|u| u.age.eq(7)).count(db).await?, 0, "{how}");
        }
        assert_eq!(User::query().filter(|u| u.age.eq(9)).count(db).await?, 0);
    }

    async fn leave_their_warnings_and_the_savepoints_in_a_transaction(fresh: Fresh) {
        let db = &fresh.db;
        create(db).await?;
        sql("CREATE PROCEDURE warns() SIGNAL SQLSTATE '01000' SET MESSAGE_TEXT = 'mind'").execute(db).await?;
        let mut s = db.session();
        User::update().set(|u| u.age.to(1)).all_rows().execute(&mut s).await?;
        let undone: orm::Result<()> = s
            .savepoint(async |mut tx| {
                User::update().set(|u| u.age.to(2)).all_rows().execute(&mut tx).await?;
                for _ in 0..2 {
                    let mut connection = tx.connection().await?;
                    connection.execute(sql!("CALL warns()")).await?;
                    assert_eq!(connection.warnings().await?[0].message, "mind");
                }
                Err(orm::Error::new(ErrorKind::Decode, "undo it"))
            })
            .await;
        assert!(undone.unwrap_err().is_decode());
        quiet().run(&mut s).await?;
        s.commit().await?;
        assert_eq!(User::query().filter(|u| u.age.eq(1)).count(db).await?, 3);
    }

    async fn that_turn_autocommit_on_end_the_transaction(fresh: Fresh) {
        let db = &fresh.db;
        create(db).await?;
        let mut s = db.session();
        for first in [true, false] {
            if !first {
                User::update().set(|u| u.name.to("x")).all_rows().execute(&mut s).await?;
            }
            let error = call("turns_autocommit").arg(1).run(&mut s).await.unwrap_err();
            assert!(error.is_transaction_dead() && error.to_string().starts_with("autocommit is on, and"), "{error:?}");
            assert!(User::delete().all_rows().execute(&mut s).await.unwrap_err().is_transaction_dead());
            s.rollback().await?;
        }
        // The next transaction works as usual.
        User::delete().filter(|u| u.id.eq(3)).execute(&mut s).await?;
        s.rollback().await?;
        assert_eq!(User::query().count(db).await?, 3);
    }

    async fn that_turn_autocommit_off_lose_nothing_silently(fresh: Fresh) {
        let db = &Database::builder().url(&fresh.url).max_connections(1).open()?;
        create(db).await?;
        let ages = || User::query().filter(|u| u.age.eq(1)).count(&fresh.db);
        let error = call("turns_autocommit").arg(0).run(db).await.unwrap_err();
        assert!(error.is_unsupported() && error.to_string().starts_with("autocommit is off"), "{error:?}");
        assert_eq!(ages().await?, 0);
        // Turning it off leaves nothing behind for others.
        sql("SET autocommit = 0").execute(db).await?;
        User::update().set(|u| u.age.to(1)).all_rows().execute(db).await?;
        assert_eq!(ages().await?, 3);
        // On a connection that is used directly, it is allowed.
        let mut connection = db.connection().await?;
        connection.execute(sql("SET autocommit = 0")).await?;
        User::update().set(|u| u.age.to(2)).all_rows().execute(&mut connection).await?;
        assert_eq!(ages().await?, 3);
        connection.execute(sql("COMMIT")).await?;
        assert_eq!(ages().await?, 0);
        User::update().set(|u| u.age.to(1)).all_rows().execute(&mut connection).await?;
        drop(connection);
        assert_eq!(User::query().filter(|u| u.age.eq(1)).count(db).await?, 0);
        User::update().set(|u| u.age.to(1)).all_rows().execute(db).await?;
        assert_eq!(ages().await?, 3);
    }

    async fn have_functions_in_rust(fresh: Fresh) {
        let db = &fresh.db;
        create(db).await?;
        assert_eq!(arithmetic(3, 2, Decimal::ONE).run(db).await?.out, (2.into(), 4.into(), None));
        quiet().run(db).await?;
    }

    async fn functions_are_expressions(fresh: Fresh) {
        let db = &fresh.db;
        create(db).await?;
        let x = 21;
        assert_eq!(sql!("SELECT twice({x})").scalar::<i32>(db).await?, 42);
        let doubled = User::find(1).select(|u| fragment!(Option<i32>, "twice({u.age})"));
        assert_eq!(doubled.one(db).await?, Some(82));
    }

    async fn that_fail_do_not_hide_that_they_ended_the_transaction(fresh: Fresh) {
        let db = &fresh.db;
        create(db).await?;
        let mut s = db.session();
        for fails in 0..3 {
            User::update().set(|u| u.age.to(9)).all_rows().execute(&mut s).await?;
            let done = match fails {
                0 => call("fails_after_the_end").run(&mut s).await.map(drop),
                1 => sql("CALL fails_after_the_end()").execute(&mut s).await.map(drop),
                _ => batch((sql("SELECT 1").typed::<i64>(), sql("CALL fails_after_the_end()"))).run(&mut s).await?.1.map(drop),
            };
            assert!(done.unwrap_err().is_raised());
            let refused = User::update().set(|u| u.age.to(8)).all_rows().execute(&mut s).await.unwrap_err();
            assert!(refused.is_transaction_dead(), "{refused:?}");
            s.rollback().await?;
        }
        assert_eq!(User::query().filter(|u| u.age.lt(10)).count(db).await?, 0);
        // An error that leaves the transaction open does not end it.
        User::update().set(|u| u.age.to(9)).all_rows().execute(&mut s).await?;
        assert!(call("fails_after_rows").run(&mut s).await.unwrap_err().is_raised());
        s.commit().await?;
        assert_eq!(User::query().filter(|u| u.age.eq(9)).count(db).await?, 3);
    }
}

on_sqlite! {
    async fn are_refused_by_sqlite(db: Database) {
        let error = call("transfer").arg(1).out::<i64>().run(db).await.unwrap_err();
        assert!(error.is_unsupported());
        let expected = "SQLite has no stored procedures: run the statements of `transfer` in a transaction, from a \
                        function in Rust";
        assert_eq!(error.to_string(), expected);
    }
}

on_every_backend! {
    async fn triggers_raise_errors_of_their_own(db: Database) {
        shop(db).await?;
        let trigger = if db.dialect().procedures {
            "CREATE TRIGGER guard BEFORE DELETE ON users FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'kept'"
        } else {
            "CREATE TRIGGER guard BEFORE DELETE ON users BEGIN SELECT RAISE(ABORT, 'kept'); END"
        };
        sql(trigger).execute(db).await?;
        let error = User::delete().all_rows().execute(db).await.unwrap_err();
        assert!(error.is_raised(), "{error:?}");
        assert_eq!(error.to_string(), "kept");
    }
}
