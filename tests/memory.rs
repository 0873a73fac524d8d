//! Memory use of rows. A separate program, since it counts all allocations.
//!
//! Streams have 300,000 rows, unless the variable sets another number:
//! `ORM_STREAM_ROWS=10000000 cargo xtask servers -- cargo test --release --test memory -- --include-ignored --nocapture`
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

#[allow(dead_code, unreachable_pub, reason = "not all of it is of use here")]
#[path = "support/backend.rs"]
mod backend;

use orm::assert_statements;
use orm::prelude::*;
use peak_alloc::PeakAlloc;

#[global_allocator]
static COUNTED: PeakAlloc = PeakAlloc;

/// One test at a time: allocations of another one would be counted, too.
static ALONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

const ROWS: i32 = 10_000;

/// A small row: the overhead per row matters most.
#[derive(Model, Clone)]
#[orm(table = "points")]
struct Point {
    #[orm(primary_key, auto)]
    id: u64,
    x: i32,
    y: i32,
    name: String,
}

#[derive(Model, Debug, PartialEq)]
#[orm(table = "writers", has_many(texts: Text))]
struct Writer {
    #[orm(primary_key)]
    id: u32,
    name: String,
}

#[derive(Model, Debug, PartialEq)]
#[orm(table = "texts", has_many(notes: Note))]
struct Text {
    #[orm(primary_key)]
    id: u32,
    #[orm(belongs_to = Writer)]
    writer_id: u32,
    words: String,
}

#[derive(Model, Debug, PartialEq)]
#[orm(table = "notes")]
struct Note {
    #[orm(primary_key)]
    id: u32,
    #[orm(belongs_to = Text)]
    text_id: u32,
    words: String,
}

/// Returns how many more bytes are allocated now. Earlier allocations may be freed meanwhile.
fn held(before: usize) -> usize {
    COUNTED.current_usage().saturating_sub(before)
}

#[tokio::test]
async fn of_a_tracked_row_is_at_most_three_times_its_own_size() {
    let _alone = ALONE.lock().await;
    let db = Database::open("sqlite::memory:").unwrap();
    db.create_tables::<Point>().await.unwrap();
    let points = (0..ROWS).map(|n| Point::insert().x(n).y(n).name(format!("point {n}")));
    Point::insert_all(points).execute(&db).await.unwrap();
    // Anything that statements cache is allocated now.
    drop(Point::query().all(&db).await.unwrap());

    let before = COUNTED.current_usage();
    let mut rows = Point::query().all(&db).await.unwrap();
    rows.shrink_to_fit();
    let values = held(before) / rows.len();
    drop(rows);

    let mut s = db.session();
    let before = COUNTED.current_usage();
    let handles = Point::query().track(&mut s).await.unwrap();
    let tracked = held(before) / handles.len();
    assert!(values > 0 && tracked <= 3 * values, "{tracked} bytes for a row of {values}");
    println!("{tracked} bytes for a row of {values}");
}

/// Returns rows of an integer and a text, as many as requested, without a table of that size.
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
    let before = COUNTED.current_usage();
    let mut rows = numbers().stream::<(i64, String)>(&db);
    let (mut count, mut most) = (0u64, 0);
    while let Some((number, text)) = rows.next().await.unwrap() {
        assert!(number > 0 && !text.is_empty());
        count += 1;
        if count.is_multiple_of(1_000) {
            most = most.max(held(before));
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

/// Loads something twice; returns it with the bytes that it occupies, and the peak while it was loaded.
async fn measured<T>(load: impl AsyncFn() -> orm::Result<T>) -> orm::Result<(T, usize, usize)> {
    drop(load().await?); // anything that statements cache is allocated now
    COUNTED.reset_peak_usage();
    let before = COUNTED.current_usage();
    let loaded = load().await?;
    Ok((loaded, COUNTED.current_usage() - before, COUNTED.peak_usage() - before))
}

fn within_a_fifth(what: &str, result: usize, peak: usize) {
    println!("{what}: {result} bytes, {peak} at most");
    assert!(peak * 10 <= result * 12, "{what}: {result} bytes, {peak} at most");
}

/// Creates 10,000 parents with ten children each, whose rows are in no order; and three levels, each ten times larger
/// than the one above.
async fn graphs(db: &Database) -> orm::Result<()> {
    db.create_tables::<(Writer, Text, Note)>().await?;
    Writer::insert_all((0..10_000).map(|id| Writer { id, name: format!("writer {id}") })).execute(db).await?;
    let words = |id: u32| format!("text {id} of somebody who has something to say about it, and says it");
    // A prime, so that every number occurs once, and neighbors have different parents.
    let mixed = |number: u32| number * 7919 % 100_000;
    let texts = (0..100_000).map(|n| Text { id: mixed(n), writer_id: n / 10, words: words(n) });
    Text::insert_all(texts).execute(db).await?;
    let notes = (0..100_000).map(|n| Note { id: mixed(n), text_id: mixed(n / 10), words: words(n) });
    Note::insert_all(notes).execute(db).await?;

    let wide = async || {
        let writers = Writer::query().order_by(|w| w.id.asc()).with(|w| w.texts());
        Ok(assert_statements!(db, 2, writers.all(db).await?))
    };
    let (loaded, result, peak) = measured(wide).await?;
    assert_eq!(loaded.len(), 10_000);
    for (number, (writer, texts)) in (0..).zip(&loaded) {
        assert_eq!((writer.id, texts.len()), (number, 10));
        assert!(texts.iter().all(|text| text.writer_id == number));
    }
    drop(loaded);
    within_a_fifth("wide", result, peak);

    let before = COUNTED.current_usage();
    COUNTED.reset_peak_usage();
    let mut streamed = Writer::query().with(|w| w.texts()).stream(db).portions(100);
    let mut rows = 0;
    while let Some((writer, texts)) = streamed.next().await? {
        assert_eq!((writer.id, texts.len()), (rows, 10));
        rows += 1;
    }
    drop(streamed);
    let most = COUNTED.peak_usage() - before;
    println!("streamed: {most} bytes at most");
    assert!(rows == 10_000 && most * 20 < result, "{most} bytes for a stream of {result}");

    let deep = async || {
        let writers = Writer::query().filter(|w| w.id.lt(1_000)).with(|w| w.texts().with(|t| t.notes()));
        Ok(assert_statements!(db, 3, writers.all(db).await?))
    };
    let (loaded, result, peak) = measured(deep).await?;
    let texts = loaded.iter().flat_map(|(_, texts)| texts);
    let notes = texts.clone().flat_map(|(text, notes)| notes.iter().map(move |note| (text, note)));
    assert_eq!((texts.count(), notes.clone().count()), (10_000, 100_000));
    assert!(notes.clone().all(|(text, note)| note.text_id == text.id));
    drop(loaded);
    within_a_fifth("deep", result, peak);
    Ok(())
}

async fn graphs_of(fresh: impl Future<Output = backend::Fresh>) {
    let _alone = ALONE.lock().await;
    let fresh = fresh.await;
    graphs(&fresh.db).await.unwrap();
    fresh.end().await;
}

mod of_a_graph_is_little_more_than_its_own {
    use super::{backend, graphs_of};

    #[tokio::test]
    async fn sqlite() {
        graphs_of(backend::sqlite()).await;
    }

    #[tokio::test]
    #[ignore = "needs a MariaDB server: `cargo xtask test` starts one"]
    async fn mariadb() {
        graphs_of(backend::mariadb()).await;
    }

    #[tokio::test]
    #[ignore = "needs a MySQL server: `cargo xtask test` starts one"]
    async fn mysql() {
        graphs_of(backend::mysql()).await;
    }
}
