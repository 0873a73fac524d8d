//! What rows cost that a session tracks. Its own program, since it counts all that is allocated.
#![allow(clippy::unwrap_used, reason = "a test may")]

use std::alloc::System;

use orm::prelude::*;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static COUNTED: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

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
    change.bytes_allocated - change.bytes_deallocated
}

#[tokio::test]
async fn of_a_tracked_row_is_at_most_three_times_its_own_size() {
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
