//! Tracing events and spans of statements.

use std::io::Write;
use std::sync::{Arc, Mutex};

use orm::prelude::*;
use tracing::Level;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;

use crate::support::models::*;

/// The output of a subscriber.
#[derive(Clone, Default)]
pub struct Lines(Arc<Mutex<Vec<u8>>>);

impl Lines {
    pub fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    fn subscriber(&self) -> impl tracing::Subscriber + use<> {
        tracing_subscriber::fmt().with_writer(self.clone()).with_ansi(false).finish()
    }

    /// Of everything, and of spans when they close.
    fn subscriber_to_spans(&self) -> impl tracing::Subscriber + use<> {
        let closed = tracing_subscriber::fmt().with_span_events(FmtSpan::CLOSE).with_max_level(Level::DEBUG);
        closed.with_writer(self.clone()).with_ansi(false).finish()
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
    assert!(last.contains("INFO orm: statement db.system.name=\"sqlite\""), "{last}");
    assert!(last.contains("WHERE \\\"users\\\".\\\"name\\\" = ?"), "{last}");
    assert!(last.contains("at=tests/tracing_events.rs:"), "{last}");
    assert!(last.contains("db.response.returned_rows=0 affected_rows=0"), "{last}");
    assert!(!lines.contains("secret name"), "{lines}");
}

#[tokio::test]
async fn echo_logs_statements_that_fail() {
    let lines = Lines::default();
    let _guard = tracing::subscriber::set_default(lines.subscriber());
    let db = Database::open("sqlite::memory:?echo=true&show_params=true").unwrap();
    let name = "nobody";
    sql!("SELECT {name} FROM no_such_table").execute(&db).await.unwrap_err();
    let text = lines.text();
    assert!(text.lines().count() == 1 && text.contains("INFO orm: statement failed: "), "{text}");
    assert!(
        text.contains("error.type=NoSuchTable") && text.contains("nobody") && text.contains("took_us="),
        "{text}"
    );
}

#[tokio::test]
async fn a_session_whose_commit_was_forgotten_is_logged() {
    let lines = Lines::default();
    let _guard = tracing::subscriber::set_default(lines.subscriber());
    let db = Database::open("sqlite::memory:?echo=true").unwrap();
    shop(&db).await.unwrap();
    let told = || lines.text().lines().rfind(|line| line.contains("session dropped")).map(str::to_owned);
    let mut s = db.session();
    let ann = s.get::<User>(1).await.unwrap();
    s[ann].name = "Anna".into();
    s.commit().await.unwrap();
    drop(s);
    assert_eq!(told(), None);
    let mut s = db.session();
    let ann = s.get::<User>(1).await.unwrap();
    s[ann].name = "Ann".into();
    s.add(User::insert().email("new@example.org").name("New"));
    drop(s);
    let told = told().unwrap();
    assert!(told.contains("INFO orm: session dropped with changes that were not committed"), "{told}");
    assert!(told.contains("inserted=1 updated=1 deleted=0"), "{told}");
}

#[tokio::test]
async fn echo_logs_the_steps_of_transactions() {
    let lines = Lines::default();
    let _guard = tracing::subscriber::set_default(lines.subscriber());
    let db =
        Database::builder().bind("audit", "sqlite::memory:").url("sqlite::memory:?echo=true").open().unwrap();
    shop(&db).await.unwrap();
    let log = db.log();
    let before = lines.text().len();
    let mut s = db.session();
    User::delete_by(1).execute(&mut s).await.unwrap();
    let part: orm::Result<()> = s
        .savepoint(async |tx| {
            User::delete_by(2).execute(tx).await?;
            Err(orm::Error::new(orm::ErrorKind::InvalidQuery, "undone"))
        })
        .await;
    assert!(part.is_err());
    s.commit().await.unwrap();
    User::query().count(&mut s).await.unwrap();
    drop(s);
    // The rollback of a dropped session runs in its own task.
    while !lines.text()[before..].contains("\"ROLLBACK\"") {
        tokio::task::yield_now().await;
    }
    let text = lines.text()[before..].to_owned();
    let steps: Vec<&str> = text
        .lines()
        .filter(|line| line.contains("INFO orm: transaction db.system.name=\"sqlite\""))
        .filter_map(|line| line.split("db.query.text=").nth(1)?.split('"').nth(1))
        .collect();
    let savepoint = ["SAVEPOINT orm_1", "ROLLBACK TO SAVEPOINT orm_1", "RELEASE SAVEPOINT orm_1"];
    assert_eq!(steps, [&["BEGIN"], &savepoint[..], &["COMMIT", "BEGIN", "ROLLBACK"]].concat(), "{text}");
    // Those are not statements of the program.
    assert_eq!(log.statements().len(), 3);
}

#[tokio::test]
async fn a_statement_is_a_span() {
    let lines = Lines::default();
    let _guard = tracing::subscriber::set_default(lines.subscriber_to_spans());
    let db = Database::open("sqlite::memory:").unwrap();
    shop(&db).await.unwrap();
    // A callsite that another thread reaches for the first time just while a subscriber is being set may not be
    // registered with it: all are registered now.
    tracing::callsite::rebuild_interest_cache();
    User::query().all(&db).await.unwrap();
    sql!("SELECT no_such_column").execute(&db).await.unwrap_err();
    let text = lines.text();
    let spans: Vec<&str> = text.lines().filter(|line| line.contains("statement{")).collect();
    let query = spans.iter().find(|line| line.contains("SELECT \\\"users\\\"")).unwrap();
    assert!(query.contains("db.system.name=\"sqlite\"") && query.contains("returned_rows=3"), "{query}");
    assert!(query.contains("otel.name=\"SELECT\""), "{query}");
    assert!(!query.contains("otel.status_code") && !query.contains("server.address"), "{query}");
    let failed = spans.last().unwrap();
    assert!(failed.contains("error.type=") && failed.contains("otel.status_code=\"ERROR\""), "{text}");
}

on_servers! {
    async fn a_span_names_server_and_database(fresh: Fresh) {
        let lines = Lines::default();
        let _guard = tracing::subscriber::set_default(lines.subscriber_to_spans());
        shop(&fresh.db).await?;
        tracing::callsite::rebuild_interest_cache();
        User::query().count(&fresh.db).await?;
        let text = lines.text();
        let count = text.lines().rfind(|line| line.contains("statement{") && line.contains("COUNT(*)")).unwrap();
        let (place, name) = fresh.url.rsplit_once('/').unwrap();
        let (host, port) = place.rsplit_once(['/', '@']).unwrap().1.rsplit_once(':').unwrap();
        for field in [
            format!("otel.name=\"SELECT {name}\""),
            format!("db.namespace=\"{name}\""),
            format!("server.address=\"{host}\""),
            format!("server.port={port}"),
        ] {
            assert!(count.contains(&field), "{field} in {count}");
        }
    }
}

#[derive(Model, Debug)]
#[orm(table = "logins")]
struct Login {
    #[orm(primary_key)]
    id: u64,
    #[orm(sensitive)]
    password: String,
}

/// Whatever the logging options.
#[tokio::test]
async fn values_of_sensitive_columns_are_in_no_log_and_no_error() {
    let lines = Lines::default();
    let _guard = tracing::subscriber::set_default(lines.subscriber());
    let db = Database::open("sqlite::memory:?echo=true&show_params=true").unwrap();
    db.create_tables::<Login>().await.unwrap();
    let insert = || Login::insert().id(1).password("top secret");
    insert().execute(&db).await.unwrap();
    let twice = insert().execute(&db).await.unwrap_err();
    assert!(twice.is_unique_violation() && twice.params().is_none(), "{twice:?}");
    let found = Login::query().filter(|l| l.password.eq("top secret"));
    let statement = found.clone().to_sql(db.dialect()).unwrap();
    assert_eq!(found.all(&db).await.unwrap()[0].password, "top secret");
    Login::update().set(|l| l.password.to("top secret 2")).filter(|l| l.id.eq(1)).execute(&db).await.unwrap();
    let mut s = db.session();
    let login = s.get::<Login>(1).await.unwrap();
    s[login].password = "top secret 3".to_owned();
    s.commit().await.unwrap();
    let value = "top secret 3";
    let by_hand = sql!("SELECT {@Login.id} FROM {@Login} WHERE password = {value}").scalar::<u64>(&db).await;
    assert_eq!(by_hand.unwrap(), 1);
    let told = format!("{}{twice:?}{statement:?}", lines.text());
    assert!(told.lines().count() > 6 && !told.contains("top secret"), "{told}");
    // Values of other tables are logged.
    sql!("SELECT {value}").scalar::<String>(&db).await.unwrap();
    assert!(lines.text().contains("top secret 3"));
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
async fn statements_that_are_dropped_are_logged_as_cancelled() {
    let lines = Lines::default();
    let _guard = tracing::subscriber::set_default(lines.subscriber());
    let db = Database::open("sqlite::memory:?echo=true").unwrap();
    let mut numbers = sql!("WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n) SELECT n FROM n")
        .stream::<i64>(&db);
    assert_eq!(numbers.next().await.unwrap(), Some(1));
    assert!(lines.text().is_empty());
    drop(numbers);
    let text = lines.text();
    assert!(text.lines().count() == 1 && text.contains("INFO orm: statement cancelled"), "{text}");
    sql!("SELECT 1").scalar::<i64>(&db).await.unwrap();
    assert!(lines.text().lines().last().unwrap().contains("INFO orm: statement db.system"), "{text}");
}

#[tokio::test]
async fn bind_names_are_logged() {
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
