//! What rows cost in memory. Its own program, since it counts all that is allocated.
//!
//! Streams are of 300,000 rows, unless it is said how many:
//! `ORM_STREAM_ROWS=10000000 cargo xtask servers -- cargo test --release --test memory -- --include-ignored --nocapture`
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

use std::alloc::System;

use orm::prelude::*;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static COUNTED: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// One test at a time: whatever another one allocates would count, too.
static ALONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

const ROWS: i32 = 10_000;

/// A small row: what is kept beside it counts most.
#[derive(Model, Clone)]
#[orm(table = "points")]
struct Point {
    #[orm(primary_key, auto)]
    id: u64,
    x: i32,
    y: i32,
    name: String,
}

/// How many bytes more are allocated now.
fn held(region: &Region<'_, System>) -> usize {
    let change = region.change();
    // What was there before may go meanwhile.
    change.bytes_allocated.saturating_sub(change.bytes_deallocated)
}

#[tokio::test]
async fn of_a_tracked_row_is_at_most_three_times_its_own_size() {
    let _alone = ALONE.lock().await;
    let db = Database::open("sqlite::memory:").unwrap();
    db.create_tables::<Point>().await.unwrap();
    let points = (0..ROWS).map(|n| Point::insert().x(n).y(n).name(format!("point {n}")));
    Point::insert_all(points).execute(&db).await.unwrap();
    // Whatever statements keep is there already.
    drop(Point::query().all(&db).await.unwrap());

    let region = Region::new(COUNTED);
    let mut rows = Point::query().all(&db).await.unwrap();
    rows.shrink_to_fit();
    let values = held(&region) / rows.len();
    drop(rows);

    let mut s = db.session();
    let region = Region::new(COUNTED);
    let handles = Point::query().track(&mut s).await.unwrap();
    let tracked = held(&region) / handles.len();
    assert!(values > 0 && tracked <= 3 * values, "{tracked} bytes for a row of {values}");
    println!("{tracked} bytes for a row of {values}");
}

/// Rows of a number and a text, as many as are asked for: no table has to be that large.
fn numbers() -> orm::raw::Sql {
    let digits = "(SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 \
                  UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)";
    let all: Vec<String> = (0..7).map(|place| format!("{digits} AS t{place}")).collect();
    let rows: u64 = std::env::var("ORM_STREAM_ROWS").map_or(300_000, |rows| rows.parse().unwrap());
    orm::raw::sql_unchecked(format!(
        "SELECT t0.d + 1, 'some text that is copied' FROM {} LIMIT {rows}",
        all.join(" CROSS JOIN ")
    ))
}

async fn stream(url: &str) {
    let _alone = ALONE.lock().await;
    let db = Database::open(url).unwrap();
    db.ping().await.unwrap();
    let region = Region::new(COUNTED);
    let mut rows = numbers().stream::<(i64, String)>(&db);
    let (mut count, mut most) = (0u64, 0);
    while let Some((number, text)) = rows.next().await.unwrap() {
        assert!(number > 0 && !text.is_empty());
        count += 1;
        if count.is_multiple_of(1_000) {
            most = most.max(held(&region));
        }
    }
    drop(rows);
    println!("{}: {count} rows, {} KiB at most", db.dialect().name, most / 1024);
    assert!(count >= 300_000 && most < 1 << 20, "{most} bytes for a stream of {count} rows");
}

mod of_a_stream_does_not_grow_with_its_rows {
    use super::stream;

    async fn server(variable: &str) {
        let Ok(url) = std::env::var(variable) else {
            panic!("this test needs the server whose URL is in {variable}: run `cargo xtask test`");
        };
        stream(&url).await;
    }

    #[tokio::test]
    async fn sqlite() {
        stream("sqlite::memory:").await;
    }

    #[tokio::test]
    #[ignore = "needs a MariaDB server: `cargo xtask test` starts one"]
    async fn mariadb() {
        server("ORM_TEST_MARIADB").await;
    }

    #[tokio::test]
    #[ignore = "needs a MySQL server: `cargo xtask test` starts one"]
    async fn mysql() {
        server("ORM_TEST_MYSQL").await;
    }
}
