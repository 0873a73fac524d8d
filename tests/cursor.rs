//! A connection used directly, like PyMySQL's cursor. The features covered by PyMySQL's own tests, and the tests for them here:
//!
//! | PyMySQL | here |
//! |---|---|
//! | `execute`, `fetchone`, `fetchmany`, `fetchall`, `description`, `rowcount` | `executes_and_fetches` |
//! | `lastrowid` | `returns_generated_keys` |
//! | `executemany`, and its rewriting | `executes_many`; the forms of inserts in `orm-core/src/raw/merge/tests.rs` |
//! | `nextset`, skipped sets, an error in a later one | `has_several_sets`, `reports_an_error_after_the_first_result_set` |
//! | several statements in one | `hostile::are_no_second_statement`: rejected; `batch` runs them with a result each |
//! | `SSCursor`: unbuffered, abandoned half-way, another query meanwhile | `stream` |
//! | `show_warnings` | `tells_warnings` |
//! | `callproc`, its result sets and output parameters | `has_several_sets`, `procedure` |
//! | `LOAD DATA LOCAL` | `bulk`: with rows of the program; local files are never sent |
//! | `ping`, `get_server_info`, `autocommit`, `init_command`, `sql_mode`, timeouts, `unix_socket`, `ssl` | `runs_other_statements`, `is_given_back_clean`, `connecting`, `tls` |

use orm::prelude::*;
use orm::raw::{Map, sql};
use orm::sql;
use orm::value::Datum;

use crate::raw::HOSTILE;
use crate::support::models::*;

#[derive(Model)]
#[orm(table = "pairs")]
#[allow(dead_code, reason = "its rows are written by hand")]
struct Pair {
    #[orm(primary_key)]
    a: i64,
    b: String,
}

fn insert(a: i64, b: &str) -> orm::raw::Sql {
    sql!("INSERT INTO pairs (a, b) VALUES ({a}, {b})")
}

on_every_backend! {
    async fn executes_and_fetches(db: Database) {
        shop(db).await?;
        let mut connection = db.connection().await?;
        assert_eq!(connection.execute(sql!("SELECT id, name FROM {@User} ORDER BY id")).await?, 3);
        assert_eq!(connection.rows_affected(), 3);
        assert_eq!(connection.columns(), ["id", "name"]);
        assert_eq!(connection.fetch_one::<(u64, String)>()?, Some((1, "Ann".to_owned())));
        assert_eq!(connection.fetch_many::<(u64, String)>(1)?, [(2, "Bob".to_owned())]);
        let rest: Vec<Map> = connection.fetch_all()?;
        assert_eq!(rest[0]["name"], Datum::Text("Cid".into()));
        assert_eq!(connection.fetch_one::<(u64, String)>()?, None);
        assert!(connection.fetch_all::<(u64, String)>()?.is_empty());
        assert!(!connection.next_set());
        // A statement without a result set discards the previous rows.
        connection.execute(sql!("SELECT * FROM {@User}")).await?;
        assert_eq!(connection.execute(sql!("UPDATE {@User} SET age = 1")).await?, 3);
        assert_eq!(connection.fetch_one::<User>()?, None);
        assert!(connection.columns().is_empty());
        assert!(connection.fetch_many::<User>(3)?.is_empty());
        let error = connection.execute(sql!("SELEKT 1")).await.unwrap_err();
        assert!(error.sql().is_some());
        connection.execute(sql!("SELECT * FROM {@User}")).await?;
        assert!(connection.fetch_one::<Post>().unwrap_err().is_decode());
    }

    async fn returns_generated_keys(db: Database) {
        shop(db).await?;
        let mut connection = db.connection().await?;
        let title = "x";
        connection.execute(sql!("INSERT INTO {@Post} (author_id, title, published) VALUES (1, {title}, 0)")).await?;
        assert_eq!((connection.rows_affected(), connection.last_insert_id()), (1, Some(5)));
        connection.execute(sql!("UPDATE {@Post} SET title = 'y' WHERE id = 5")).await?;
        assert_eq!(connection.last_insert_id(), None);
    }

    async fn executes_many(db: Database) {
        db.create_tables::<Pair>().await?;
        let mut connection = db.connection().await?;
        assert_eq!(connection.execute_many((0..1_000).map(|a| insert(a, &a.to_string()))).await?, 1_000);
        assert_eq!(connection.rows_affected(), 1_000);
        assert_eq!(connection.execute_many([]).await?, 0);
        let updates = (0..3).map(|a| sql!("UPDATE pairs SET b = 'x' WHERE a < {a}"));
        assert_eq!(connection.execute_many(updates).await?, 3);
        for (number, text) in (2_000..).zip(HOSTILE) {
            connection.execute_many([insert(number, text), insert(number + 1_000, text)]).await?;
            connection.execute(sql!("SELECT count(*) FROM pairs WHERE a IN ({number}, {other}) AND b = {text}", other = number + 1_000)).await?;
            assert_eq!(connection.fetch_one::<i64>()?, Some(2), "{text:?}");
        }
        let taken = connection.execute_many([insert(-1, ""), insert(5, ""), insert(-2, "")]).await.unwrap_err();
        assert!(taken.is_unique_violation());
        // A single statement: none of its rows is inserted.
        assert_eq!(sql!("SELECT count(*) FROM pairs WHERE a < 0").scalar::<i64>(&mut connection).await?, 0);
    }

    async fn runs_other_statements(db: Database) {
        shop(db).await?;
        let mut connection = db.connection().await?;
        connection.execute(sql!("CREATE TEMPORARY TABLE mine (n INTEGER)")).await?;
        assert_eq!(User::update().set(|u| u.age.to(5)).all_rows().execute(&mut connection).await?, 3);
        let mut rows = User::query().select(|u| u.age).stream(&mut connection);
        assert_eq!(rows.next().await?, Some(Some(5)));
        drop(rows);
        async fn helper(on: impl Executor<'_>) -> orm::Result<i64> {
            let mut on = on.on();
            User::query().count(&mut on).await?;
            sql!("SELECT count(*) FROM mine").scalar(&mut on).await
        }
        assert_eq!(helper(&mut connection).await?, 0);
        connection.ping().await?;
        assert_eq!(connection.server_version(), db.dialect().version);
    }

    async fn of_a_session_is_inside_its_transaction(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let mut connection = s.connection().await?;
        connection.execute(sql!("DELETE FROM {@Comment}")).await?;
        assert_eq!(connection.rows_affected(), 3);
        assert!(connection.execute(sql!("SELEKT 1")).await.is_err());
        drop(connection);
        assert!(s.is_active());
        assert_eq!(Comment::query().count(&mut s).await?, 0);
        s.rollback().await?;
        assert_eq!(Comment::query().count(db).await?, 3);
        s.connection().await?.execute(sql!("DELETE FROM {@Comment}")).await?;
        s.commit().await?;
        assert_eq!(Comment::query().count(db).await?, 0);
        db.transaction()
            .run(async |tx| {
                tx.connection().await?.execute(sql!("UPDATE {@User} SET age = 7")).await?;
                Ok(())
            })
            .await?;
        assert_eq!(User::query().filter(|u| u.age.eq(7)).count(db).await?, 3);
    }

    async fn keeps_the_transaction_that_raw_sql_begins(db: Database) {
        shop(db).await?;
        let mut connection = db.connection().await?;
        connection.execute(sql!("BEGIN")).await?;
        // Several statements each, on some database.
        let first = User::insert().id(7).email("dee@example.org").name("Dee");
        let second = User::insert().email("eve@example.org").name("Eve");
        assert_eq!(User::insert_all([first, second]).execute(&mut connection).await?, 2);
        let renamed = User::update().set(|u| u.name.to("x")).filter(|u| u.id.le(3)).returning(&mut connection).await?;
        assert_eq!(renamed.len(), 3);
        assert_eq!(User::find(7).for_update().one(&mut connection).await?.name, "Dee");
        let more = || User::insert_all([User::insert().email("fay@example.org").name("Fay")]).bulk();
        let error = more().execute(&mut connection).await.unwrap_err();
        assert!(error.is_invalid_query() && error.to_string().contains("raw SQL"), "{error:?}");
        connection.execute(sql!("ROLLBACK")).await?;
        assert_eq!(User::query().order_by(|u| u.id.asc()).select(|u| u.name).all(&mut connection).await?, ["Ann", "Bob", "Cid"]);
        assert_eq!(more().execute(&mut connection).await?, 1);
    }

    async fn is_given_back_clean(db: Database) {
        shop(db).await?;
        for round in 0..3 {
            let mut connection = db.connection().await?;
            connection.execute(sql!("CREATE TEMPORARY TABLE mine (n INTEGER)")).await?;
            connection.execute(sql!("SELECT * FROM {@User}")).await?;
            if round == 1 {
                connection.execute(sql!("BEGIN")).await?;
                connection.execute(sql!("DELETE FROM {@Comment}")).await?;
            }
        }
        // On every connection of the pool.
        let mut sessions: Vec<Session> = (0..db.pool_status().max).map(|_| db.transaction().read_only().session()).collect();
        for s in &mut sessions {
            assert_eq!(Comment::query().count(&mut *s).await?, 3);
            let error = sql!("SELECT * FROM mine").execute(&mut *s).await.unwrap_err();
            assert!(error.is_no_such_table(), "{error:?}");
        }
    }
}

on_servers! {
    async fn has_several_sets(fresh: Fresh) {
        let db = &fresh.db;
        sql("CREATE PROCEDURE sets(IN n INT) BEGIN SELECT n; DO 0; SELECT n + 1 AS m, 'x'; END").execute(db).await?;
        let mut connection = db.connection().await?;
        let n = 5;
        assert_eq!(connection.execute(sql!("CALL sets({n})")).await?, 1);
        assert_eq!(connection.fetch_one::<i64>()?, Some(5));
        assert!(connection.next_set());
        assert_eq!(connection.columns()[0], "m");
        assert_eq!(connection.fetch_all::<(i64, String)>()?, [(6, "x".to_owned())]);
        assert!(!connection.next_set());
        connection.execute(sql!("CALL sets({n})")).await?;
        connection.execute(sql!("SELECT 7")).await?;
        assert_eq!(connection.fetch_all::<i64>()?, [7]);
        assert!(!connection.next_set());
    }

    async fn reports_an_error_after_the_first_result_set(fresh: Fresh) {
        let db = &fresh.db;
        sql("CREATE PROCEDURE fails() BEGIN SELECT 1; SELECT * FROM no_such; END").execute(db).await?;
        let mut connection = db.connection().await?;
        assert!(connection.execute(sql!("CALL fails()")).await.unwrap_err().is_no_such_table());
        // Nothing is left over for the next statement.
        assert_eq!(connection.execute(sql!("SELECT 7")).await?, 1);
        assert_eq!(connection.fetch_all::<i64>()?, [7]);
        assert!(!connection.next_set());
    }

    async fn tells_warnings(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        let mut connection = db.connection().await?;
        connection.execute(sql!("SELECT 1 / 0")).await?;
        let warnings = connection.warnings().await?;
        assert_eq!(warnings.len(), 1, "{warnings:?}");
        assert_eq!((warnings[0].level.as_str(), warnings[0].code), ("Warning", 1365));
        connection.execute(sql!("DROP TABLE IF EXISTS no_such")).await?;
        assert_eq!(connection.warnings().await?[0].code, 1051);
        connection.execute(sql!("SELECT * FROM {@User}")).await?;
        assert_eq!(connection.warnings().await?, []);
    }

    async fn has_variables(fresh: Fresh) {
        let db = &fresh.db;
        let mut connection = db.connection().await?;
        let before: String = connection.variable("sql_mode").await?;
        let wait: u64 = connection.variable("lock_wait_timeout").await?;
        connection.set_variable("lock_wait_timeout", 7).await?;
        connection.set_variable("sql_mode", "ANSI_QUOTES").await?;
        assert_eq!(connection.variable::<u64>("lock_wait_timeout").await?, 7);
        assert_eq!(connection.variable::<String>("sql_mode").await?, "ANSI_QUOTES");
        let unknown = connection.variable::<u64>("no_such`thing").await.unwrap_err();
        assert_eq!(unknown.code(), Some(1193), "{unknown:?}");
        drop(connection);
        for _ in 0..3 {
            let mut connection = db.connection().await?;
            assert_eq!(connection.variable::<String>("sql_mode").await?, before);
            assert_eq!(connection.variable::<u64>("lock_wait_timeout").await?, wait);
            assert_eq!(connection.variable::<String>("time_zone").await?, "+00:00");
            connection.set_variable("time_zone", "+02:00").await?;
        }
        // Those of a session's connection are discarded with it, too.
        let mut s = db.session();
        s.connection().await?.set_variable("lock_wait_timeout", 9).await?;
        s.commit().await?;
        let mut sessions: Vec<Session> = (0..db.pool_status().max).map(|_| db.session()).collect();
        for s in &mut sessions {
            assert_eq!(sql!("SELECT @@lock_wait_timeout").scalar::<u64>(&mut *s).await?, wait);
        }
    }
}

on_sqlite! {
    async fn sqlite_has_no_variables(db: Database) {
        let mut connection = db.connection().await?;
        let error = connection.variable::<i64>("sql_mode").await.unwrap_err();
        assert!(error.is_unsupported());
        assert_eq!(
            error.to_string(),
            "SQLite has no variables such as `sql_mode`: what can be set there is a PRAGMA, for `execute`"
        );
        assert!(connection.set_variable("sql_mode", 1).await.unwrap_err().is_unsupported());
        assert_eq!(connection.warnings().await?, []);
    }
}
