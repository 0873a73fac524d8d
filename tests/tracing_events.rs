//! What statements say of themselves.

use std::io::Write;
use std::sync::{Arc, Mutex};

use orm::prelude::*;
use tracing_subscriber::fmt::MakeWriter;

use crate::support::models::*;

/// What a subscriber has written.
#[derive(Clone, Default)]
pub struct Lines(Arc<Mutex<Vec<u8>>>);

impl Lines {
    pub fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    fn subscriber(&self) -> impl tracing::Subscriber + use<> {
        tracing_subscriber::fmt().with_writer(self.clone()).with_ansi(false).finish()
    }
}

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

async fn lines(url: &str) -> String {
    let lines = Lines::default();
    let _guard = tracing::subscriber::set_default(lines.subscriber());
    let db = Database::open(url).unwrap();
    shop(&db).await.unwrap();
    User::query().filter(|u| u.name.eq("secret name")).all(&db).await.unwrap();
    lines.text()
}

#[tokio::test]
async fn echo_logs_statements_with_their_place_and_without_values() {
    let lines = lines("sqlite::memory:?echo=true").await;
    let last = lines.lines().last().unwrap();
    assert!(last.contains("INFO orm: statement db.system.name=\"SQLite\""), "{last}");
    assert!(last.contains("WHERE \\\"users\\\".\\\"name\\\" = ?"), "{last}");
    assert!(last.contains("at=tests/tracing_events.rs:"), "{last}");
    assert!(!lines.contains("secret name"), "{lines}");
}

#[tokio::test]
async fn values_are_logged_if_they_are_asked_for() {
    assert!(lines("sqlite::memory:?echo=true&show_params=true").await.contains("secret name"));
}

#[tokio::test]
async fn slow_statements_are_warnings() {
    assert!(lines("sqlite::memory:?slow=0ms").await.contains("WARN orm: slow statement"));
    assert!(lines("sqlite::memory:").await.is_empty());
}

#[tokio::test]
async fn statements_that_are_dropped_are_not_finished() {
    let lines = Lines::default();
    let _guard = tracing::subscriber::set_default(lines.subscriber());
    let db = Database::open("sqlite::memory:?echo=true").unwrap();
    let mut numbers = sql!("WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n) SELECT n FROM n")
        .stream::<i64>(&db);
    assert_eq!(numbers.next().await.unwrap(), Some(1));
    assert!(lines.text().is_empty());
    drop(numbers);
    let text = lines.text();
    assert!(text.lines().count() == 1 && text.contains("INFO orm: statement not finished"), "{text}");
    sql!("SELECT 1").scalar::<i64>(&db).await.unwrap();
    assert!(lines.text().lines().last().unwrap().contains("INFO orm: statement db.system"), "{text}");
}

#[tokio::test]
async fn further_databases_are_named() {
    let lines = Lines::default();
    let _guard = tracing::subscriber::set_default(lines.subscriber());
    let db = Database::builder()
        .url("sqlite::memory:?echo=true")
        .bind("audit", "sqlite::memory:?echo=true")
        .open()
        .unwrap();
    let audit = db.on("audit").unwrap();
    audit.create_tables::<User>().await.unwrap();
    db.create_tables::<User>().await.unwrap();
    let lines = lines.text();
    let named: Vec<bool> = lines.lines().map(|line| line.contains("bind=\"audit\"")).collect();
    assert_eq!(named, [true, false], "{lines}");
}
