//! Streams of rows.

use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::Instant;

use orm::prelude::*;
use orm::raw::sql_unchecked;
use orm::{RowStream, sql};

use crate::support::models::*;
use crate::support::{Fault, Proxy, is_not_in_vain};

const DIGITS: &str = "WITH d AS (SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL \
    SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9) ";

/// Returns up to ten million rows of an integer and a text; their order is up to the server.
fn rows(count: u64) -> orm::raw::Sql {
    sql_unchecked(format!(
        "{DIGITS} SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d + 100000 * g.d + 1000000 * h.d AS n,
         'some text that is as long as texts are' AS t
         FROM d h, d g, d f, d e, d c, d b, d a LIMIT {{count}}"
    ))
    .bind("count", count)
}

/// Returns the integers from 0 to 999, in order.
fn numbers() -> orm::raw::Sql {
    sql_unchecked(format!("{DIGITS} SELECT a.d + 10 * b.d + 100 * c.d AS n FROM d a, d b, d c ORDER BY n"))
}

/// The row type of `rows`.
type Line = (i64, String);

static ALIVE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

/// A value that is counted while it is alive.
#[derive(Debug)]
struct Counted(#[allow(dead_code)] i64);

impl Value for Counted {
    const KIND: orm::value::Kind = orm::value::Kind::BigInt;

    fn to_datum(&self) -> orm::value::Datum {
        unreachable!("it is only read")
    }

    fn from_cell(cell: &mut orm::value::Cell<'_>) -> Result<Self, orm::value::Mismatch> {
        PEAK.fetch_max(ALIVE.fetch_add(1, Ordering::Relaxed) + 1, Ordering::Relaxed);
        i64::from_cell(cell).map(Counted)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        ALIVE.fetch_sub(1, Ordering::Relaxed);
    }
}

async fn count<T>(mut rows: RowStream<'_, T>) -> orm::Result<u64> {
    let mut count = 0;
    while rows.next().await?.is_some() {
        count += 1;
    }
    Ok(count)
}

on_every_backend! {
    async fn gives_all_rows_in_order(db: Database) {
        let users = shop(db).await?;
        let mut rows = User::query().order_by(|u| u.id.asc()).stream(db);
        let mut streamed = Vec::new();
        while let Some(user) = rows.next().await? {
            streamed.push(user);
        }
        assert_eq!(streamed, users);
        assert_eq!(rows.next().await?, None);
        assert_eq!(rows.next().await?, None);
        assert_eq!(count(User::query().filter(|u| u.id.gt(9)).stream(db)).await?, 0);
        let mut rows = numbers().stream::<i64>(db);
        for expected in 0..1_000 {
            assert_eq!(rows.next().await?, Some(expected));
        }
        assert_eq!(rows.next().await?, None);
        // Columns of raw rows are matched to a model's fields by name.
        let names = sql!("SELECT version, name, id, email, created_at, age FROM {@User} ORDER BY id");
        assert_eq!(names.stream::<User>(db).next().await?.as_ref(), users.first());
    }

    async fn gives_parts(db: Database) {
        let mut parts = numbers().stream::<i64>(db).chunks(300);
        let mut all = Vec::new();
        for size in [300, 300, 300, 100] {
            let part = parts.next().await?.unwrap();
            assert_eq!(part.len(), size);
            all.extend(part);
        }
        assert_eq!(all, (0..1_000).collect::<Vec<_>>());
        assert_eq!(parts.next().await?, None);
    }

    async fn is_a_stream(db: Database) {
        shop(db).await?;
        use futures_core::Stream as _;
        let mut rows = User::query().order_by(|u| u.id.asc()).select(|u| u.name).stream(db);
        let mut names = Vec::new();
        while let Some(name) = std::future::poll_fn(|context| Pin::new(&mut rows).poll_next(context)).await {
            names.push(name?);
        }
        assert_eq!(names, ["Ann", "Bob", "Cid"]);
        let pending = std::future::poll_fn(|context| Poll::Ready(Pin::new(&mut rows).poll_next(context))).await;
        assert!(matches!(pending, Poll::Ready(None)));
    }

    async fn can_be_left_in_a_session_which_goes_on(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        for count in [1, 50, 200, 100_000, 5_000_000] {
            User::update().set(|u| u.age.to(u.age.add(1))).filter(|u| u.id.eq(1)).execute(&mut s).await?;
            let mut stream = rows(count).stream::<Line>(&mut s);
            assert!(stream.next().await?.is_some());
            drop(stream);
            assert_eq!(User::query().count(&mut s).await?, 3);
        }
        // As the first statement, and right before the end.
        s.commit().await?;
        for _ in 0..2 {
            let mut stream = rows(100_000).stream::<Line>(&mut s);
            stream.next().await?;
            drop(stream);
            s.commit().await?;
        }
        assert_eq!(User::find(1).one(db).await?.age, Some(46));
        let mut stream = rows(100_000).stream::<Line>(&mut s);
        stream.next().await?;
        drop(stream);
        User::delete().all_rows().execute(&mut s).await?;
        s.rollback().await?;
        assert_eq!(User::query().count(db).await?, 3);
    }

    async fn can_be_left_on_the_database(db: Database) {
        shop(db).await?;
        for count in [1, 200, 100_000, 5_000_000] {
            for _ in 0..3 {
                let mut stream = rows(count).stream::<Line>(db);
                assert!(stream.next().await?.is_some());
                drop(stream);
                assert_eq!(User::query().count(db).await?, 3);
            }
        }
        drop(rows(10).stream::<Line>(db));
        // Several at a time, each on its own connection.
        let (mut one, mut two) = (numbers().stream::<i64>(db), numbers().stream::<i64>(db));
        for expected in 0..1_000 {
            assert_eq!(one.next().await?, Some(expected));
            assert_eq!(two.next().await?, Some(expected));
        }
    }

    async fn stops_at_an_error_of_a_row(db: Database) {
        shop(db).await?;
        let mut ages = sql!("SELECT age FROM {@User} ORDER BY id").stream::<i32>(db);
        assert_eq!(ages.next().await?, Some(41));
        assert_eq!(ages.next().await?, Some(17));
        assert!(ages.next().await.unwrap_err().is_decode());
        assert_eq!(ages.next().await?, None);
        let mut s = db.session();
        let mut users = sql!("SELECT id FROM {@User}").stream::<User>(&mut s);
        assert_eq!(users.next().await.unwrap_err().columns(), ["email"]);
        drop(users);
        let mut wrong = sql!("SELEKT 1").stream::<i64>(&mut s);
        let error = wrong.next().await.unwrap_err();
        assert!(error.sql().is_some());
        drop(wrong);
        assert_eq!(User::query().count(&mut s).await?, 3);
        s.commit().await?;
    }

    async fn changes_rows_that_it_gives_back(db: Database) {
        shop(db).await?;
        if db.dialect().insert_returning {
            let mut ids = sql!("INSERT INTO {@Profile} (user_id, bio) VALUES (1, 'a'), (2, 'b') RETURNING user_id").stream::<u64>(db);
            assert_eq!(ids.next().await?, Some(1));
            assert_eq!(ids.next().await?, Some(2));
            assert_eq!(ids.next().await?, None);
            drop(ids);
            assert_eq!(Profile::query().count(db).await?, 2);
        }
    }

    async fn moves_between_threads(db: Database) {
        fn sends<T: Send>(_: &T) {}
        let rows = numbers().stream::<i64>(db);
        sends(&rows);
        assert_eq!(count(rows).await?, 1_000);
    }

    async fn keeps_few_rows_in_memory(db: Database) {
        // One at a time, since the counter is shared.
        static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
        let _turn = TURN.lock().await;
        PEAK.store(0, Ordering::Relaxed);
        let mut stream = rows(500_000).stream::<(Counted, String)>(db);
        let mut count = 0;
        while let Some(_row) = stream.next().await? {
            count += 1;
        }
        assert_eq!(count, 500_000);
        let peak = PEAK.load(Ordering::Relaxed);
        assert!((2..=200).contains(&peak), "{peak} rows were alive at a time");
        assert_eq!(ALIVE.load(Ordering::Relaxed), 0);
    }
}

on_servers! {
    async fn leaves_nothing_behind_if_its_transaction_ends_after_it_was_left(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        sql_unchecked("CREATE TABLE verses (n BIGINT PRIMARY KEY, t VARCHAR(100) NOT NULL)").execute(db).await?;
        let fill = format!("INSERT INTO verses {DIGITS} SELECT a.d + 10 * b.d + 100 * c.d, REPEAT('t', 100) FROM d a, d b, d c");
        sql_unchecked(fill).execute(db).await?;
        // The deadlock victim is the transaction with fewer changes, so not this one.
        let mut other = db.session();
        sql!("UPDATE verses SET t = 'other' WHERE n >= 900").execute(&mut other).await?;
        let birthday = || User::update().set(|u| u.age.to(u.age.add(1))).filter(|u| u.id.eq(1));
        let mut s = db.session();
        birthday().execute(&mut s).await?;
        let mut stream = sql!("SELECT n, t FROM verses ORDER BY n FOR UPDATE").stream::<Line>(&mut s);
        assert!(stream.next().await?.is_some());
        drop(stream);
        sql!("UPDATE verses SET t = 'other' WHERE n = 0").execute(&mut other).await?;
        other.commit().await?;
        let error = birthday().execute(&mut s).await.unwrap_err();
        assert!(error.is_deadlock(), "{error:?}");
        assert!(s.commit().await.unwrap_err().is_transaction_dead());
        s.rollback().await?;
        birthday().execute(&mut s).await?;
        s.commit().await?;
        assert_eq!(User::find(1).one(db).await?.age, Some(42));
    }

    async fn leaves_its_error_behind_but_not_the_end_of_its_transaction(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        for (name, end) in [
            ("fails", "SIGNAL SQLSTATE '45001'"),
            ("ends", "ROLLBACK"),
            ("ends_and_fails", "ROLLBACK; SIGNAL SQLSTATE '45001'"),
        ] {
            let procedure = format!("CREATE PROCEDURE {name}() BEGIN SELECT id FROM users; {end}; END");
            sql_unchecked(procedure).execute(db).await?;
        }
        // More than a stream reads at once.
        User::insert_all((0..20).map(|n| User::insert().email(n.to_string()).name("New"))).execute(db).await?;
        let birthday = || User::update().set(|u| u.age.to(u.age.add(1))).filter(|u| u.id.eq(1));
        let mut s = db.session();
        birthday().execute(&mut s).await?;
        for _ in 0..2 {
            let mut stream = sql!("CALL fails()").stream::<u64>(&mut s);
            assert!(stream.next().await?.is_some());
            drop(stream);
            birthday().execute(&mut s).await?;
        }
        s.commit().await?;
        assert_eq!(User::find(1).one(db).await?.age, Some(44));
        // An error that ends the transaction is reported, though.
        for call in ["CALL ends()", "CALL ends_and_fails()"] {
            birthday().execute(&mut s).await?;
            let mut stream = sql_unchecked(call).stream::<u64>(&mut s);
            assert!(stream.next().await?.is_some());
            drop(stream);
            let error = birthday().execute(&mut s).await.unwrap_err();
            assert!(error.is_transaction_dead(), "{error:?}");
            s.rollback().await?;
            birthday().execute(&mut s).await?;
            let mut stream = sql_unchecked(call).stream::<u64>(&mut s);
            assert!(stream.next().await?.is_some());
            drop(stream);
            assert!(s.commit().await.unwrap_err().is_transaction_dead());
            s.rollback().await?;
        }
        assert_eq!(User::find(1).one(db).await?.age, Some(44));
    }

    async fn can_be_left_with_a_server_that_cannot_be_told(fresh: Fresh) {
        let proxy = Proxy::new(fresh).await;
        let db = &proxy.open("max_connections=1");
        let mut s = db.session();
        let mut stream = rows(5_000_000).stream::<Line>(&mut s);
        assert!(stream.next().await?.is_some());
        drop(stream);
        proxy.once("KILL QUERY", Fault::Blackhole);
        let started = Instant::now();
        let error = sql!("SELECT 1").scalar::<i64>(&mut s).await.unwrap_err();
        assert!(proxy.is_over() && error.is_connection_lost(), "{error:?}");
        is_not_in_vain(started);
        s.rollback().await?;
        assert_eq!(sql!("SELECT 1").scalar::<i64>(db).await?, 1);
    }

    async fn can_be_left_before_a_row_that_cannot_be_read(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        let mut s = db.session();
        let birthday = || User::update().set(|u| u.age.to(u.age.add(1))).filter(|u| u.id.eq(1));
        birthday().execute(&mut s).await?;
        // The server is told to stop then, which nobody waits for.
        let text = format!(
            "{DIGITS} SELECT IF(a.d = 3, NULL, a.d) AS n FROM d a, d b, d c, d e ORDER BY e.d, c.d, b.d, a.d"
        );
        let mut stream = sql_unchecked(text).stream::<i64>(&mut s);
        assert_eq!(stream.next().await?, Some(0));
        drop(stream);
        birthday().execute(&mut s).await?;
        s.commit().await?;
        assert_eq!(User::find(1).one(db).await?.age, Some(43));
    }

    async fn can_be_left_whatever_the_size_of_its_rows(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        let mut s = db.session();
        for size in (1..20).map(|step| step * 1_000) {
            User::update().set(|u| u.age.to(u.age.add(1))).filter(|u| u.id.eq(1)).execute(&mut s).await?;
            let mut stream = sql!("SELECT p.id, REPEAT('t', {size}) FROM posts p, posts q, posts r, posts o").stream::<(u64, String)>(&mut s);
            assert!(stream.next().await?.is_some());
            drop(stream);
        }
        s.commit().await?;
        assert_eq!(User::find(1).one(db).await?.age, Some(60));
    }
}
