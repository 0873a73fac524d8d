//! Running and logging statements.

use std::panic::Location;
use std::time::{Duration, Instant};

use tracing::{Instrument as _, Level};

use super::Pooled;
use super::member::Member;
use super::tell::tell;
use crate::driver::{Sink, Summary};
use crate::error::{Error, Result};
use crate::query_log::{Counting, Record};
use crate::syntax::Statement;
use crate::value::Datum;

impl Member {
    /// Runs one statement on a connection of this database, which takes its values out.
    pub(crate) async fn run(
        &self,
        connection: &mut Pooled,
        statement: &mut Statement,
        sink: &mut dyn Sink,
        at: &'static Location<'static>,
    ) -> Result<Summary> {
        let watched = self.echo || tracing::enabled!(target: "orm", Level::WARN);
        let told = self.echo || tracing::enabled!(target: "orm", Level::DEBUG);
        // The time of a streamed statement includes that of its consumer.
        let streamed = sink.pauses();
        let system = connection.dialect().name;
        let params = (self.show_params && !statement.sensitive).then(|| statement.params.clone());
        let mut running =
            Running { member: self, statement, system, started: watched.then(Instant::now), at };
        let mut rows = 0;
        let result = match self.logs.record(&running.statement.sql, self.bind(), at) {
            None if !told => connection.run(running.statement, sink).await,
            // Boxed, since it is rare: otherwise every statement's future would be as large as this one.
            record => {
                Box::pin(self.run_observed(record, connection, running.statement, sink, &mut rows, at)).await
            }
        };
        // It has ended, whatever the outcome: `Running` must not report it as dropped.
        let started = running.started.take();
        let (system, sql) = (running.system, &running.statement.sql);
        match result {
            Ok(summary) => {
                if let Some(started) = started {
                    let slow = started.elapsed() >= self.slow && !streamed;
                    let came = (summary.affected, rows);
                    self.say(system, sql, params.as_deref(), came, (started.elapsed(), slow), at);
                }
                Ok(summary)
            }
            Err(error) => {
                let took = started.map_or(Duration::ZERO, |started| started.elapsed());
                Err(self.statement_failed(error, system, sql, params, took, at))
            }
        }
    }

    /// Runs a statement in a tracing span and in query logs.
    async fn run_observed(
        &self,
        record: Option<Record>,
        connection: &mut Pooled,
        statement: &mut Statement,
        sink: &mut dyn Sink,
        rows: &mut u64,
        at: &'static Location<'static>,
    ) -> Result<Summary> {
        let address = connection.address();
        let span = tracing::debug_span!(
            target: "orm",
            "statement",
            otel.name = span_name(&statement.sql, address.database),
            otel.kind = "client",
            otel.status_code = tracing::field::Empty,
            db.system.name = system_name(connection.dialect().name),
            db.namespace = address.database,
            server.address = address.server,
            server.port = address.port,
            bind = self.bind(),
            db.query.text = statement.sql.as_str(),
            db.response.returned_rows = tracing::field::Empty,
            error.r#type = tracing::field::Empty,
            at = %at,
        );
        let mut counting = Counting { sink, row: || *rows += 1 };
        let result = match record {
            None => connection.run(statement, &mut counting).instrument(span.clone()).await,
            Some(record) => record.run(connection, statement, &mut counting).instrument(span.clone()).await,
        };
        span.record("db.response.returned_rows", *rows);
        if let Err(error) = &result {
            span.record("otel.status_code", "ERROR");
            span.record("error.type", tracing::field::debug(error.kind()));
        }
        result
    }

    /// Adds the statement to its error.
    #[cold]
    fn statement_failed(
        &self,
        error: Error,
        system: &'static str,
        sql: &str,
        params: Option<Vec<Datum>>,
        took: Duration,
        at: &'static Location<'static>,
    ) -> Error {
        let shown = params.as_ref().map(|params| format!("{params:?}"));
        // Not logged at level ERROR: whether it is an error is for the caller to say.
        tell!(
            self.echo,
            {
                db.system.name = system_name(system),
                bind = self.bind(),
                db.query.text = sql,
                error.r#type = ?error.kind(),
                params = shown.as_deref(),
                took_us = took.as_micros() as u64,
                at = %at,
            },
            "statement failed: {}",
            error
        );
        let error = self.failed(error.with_sql(sql));
        match params {
            Some(params) => error.with_params(params),
            None => error,
        }
    }

    fn say(
        &self,
        system: &'static str,
        sql: &str,
        params: Option<&[Datum]>,
        (affected, rows): (u64, u64),
        (took, slow): (Duration, bool),
        at: &'static Location<'static>,
    ) {
        let params = params.map(|params| format!("{params:?}"));
        macro_rules! say {
            ($level:expr, $message:literal) => {
                tracing::event!(
                    target: "orm",
                    $level,
                    {
                        db.system.name = system_name(system),
                        bind = self.bind(),
                        db.query.text = sql,
                        db.response.returned_rows = rows,
                        affected_rows = affected,
                        params = params.as_deref(),
                        took_us = took.as_micros() as u64,
                        at = %at,
                    },
                    $message
                )
            };
        }
        if slow {
            say!(Level::WARN, "slow statement");
        } else if self.echo {
            say!(Level::INFO, "statement");
        } else {
            say!(Level::DEBUG, "statement");
        }
    }
}

/// Returns the database system's name according to OpenTelemetry, in lower case.
pub(super) fn system_name(dialect: &'static str) -> &'static str {
    match dialect {
        "SQLite" => "sqlite",
        "MySQL" => "mysql",
        "MariaDB" => "mariadb",
        other => other,
    }
}

/// Returns the name of a statement's span: its first word and the database, such as `SELECT shop`. It has few values, and no
/// data, whatever the statement is.
fn span_name(sql: &str, database: Option<&str>) -> String {
    let sql = sql.trim_start();
    let end = sql.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(sql.len());
    let verb = if end == 0 { "statement".to_owned() } else { sql[..end].to_ascii_uppercase() };
    match database {
        Some(name) => format!("{verb} {name}"),
        None => verb,
    }
}

/// A statement in flight, which is logged if its future is dropped.
struct Running<'m> {
    member: &'m Member,
    statement: &'m mut Statement,
    system: &'static str,
    /// `None` once it has ended, or if nothing logs it.
    started: Option<Instant>,
    at: &'static Location<'static>,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        if let Some(started) = self.started {
            self.say_unfinished(started.elapsed());
        }
    }
}

impl Running<'_> {
    #[cold]
    fn say_unfinished(&self, after: Duration) {
        tell!(
            self.member.echo,
            {
                db.system.name = system_name(self.system),
                bind = self.member.bind(),
                db.query.text = self.statement.sql.as_str(),
                took_us = after.as_micros() as u64,
                at = %self.at,
            },
            "statement cancelled"
        );
    }
}
