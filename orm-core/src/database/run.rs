//! Running a statement, and saying so.

use std::panic::Location;
use std::time::{Duration, Instant};

use tracing::Level;

use super::Pooled;
use super::member::Member;
use crate::driver::{Sink, Summary};
use crate::error::{Error, Result};
use crate::syntax::Statement;
use crate::value::Datum;

impl Member {
    /// Runs one statement on a connection of this database, which takes its values away.
    pub(crate) async fn run(
        &self,
        connection: &mut Pooled,
        statement: &mut Statement,
        sink: &mut dyn Sink,
        at: &'static Location<'static>,
    ) -> Result<Summary> {
        let watched = self.echo || tracing::enabled!(target: "orm", Level::WARN);
        // What is taken row by row takes as long as whoever takes it.
        let streamed = sink.pauses();
        let system = connection.dialect().name;
        let params = self.show_params.then(|| statement.params.clone());
        let mut running =
            Running { member: self, statement, system, started: watched.then(Instant::now), at };
        let result = match self.logs.record(&running.statement.sql, self.bind(), at) {
            None => connection.run(running.statement, sink).await,
            // In a box, as all that is rare: what waits for a statement is as large as whatever it may wait for.
            Some(record) => Box::pin(record.run(connection, running.statement, sink)).await,
        };
        // Whatever came of it, it has ended.
        let started = running.started.take();
        let (system, sql) = (running.system, &running.statement.sql);
        match result {
            Ok(summary) => {
                if let Some(started) = started {
                    let slow = started.elapsed() >= self.slow && !streamed;
                    self.say(system, sql, params.as_deref(), summary, (started.elapsed(), slow), at);
                }
                Ok(summary)
            }
            Err(error) => Err(self.statement_failed(error, system, sql, params, at)),
        }
    }

    /// Adds the statement to its error.
    #[cold]
    fn statement_failed(
        &self,
        error: Error,
        system: &'static str,
        sql: &str,
        params: Option<Vec<Datum>>,
        at: &'static Location<'static>,
    ) -> Error {
        let kind = error.kind();
        tracing::event!(
            target: "orm",
            Level::DEBUG,
            { db.system.name = system, bind = self.bind(), db.query.text = sql, error.r#type = ?kind, at = %at },
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
        summary: Summary,
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
                        db.system.name = system,
                        bind = self.bind(),
                        db.query.text = sql,
                        db.response.affected_rows = summary.affected,
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

/// A statement on its way, which says so if its future is dropped.
struct Running<'m> {
    member: &'m Member,
    statement: &'m mut Statement,
    system: &'static str,
    /// Nothing if it has ended, or if nobody wants to know.
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
        macro_rules! say {
            ($level:expr) => {
                tracing::event!(
                    target: "orm",
                    $level,
                    {
                        db.system.name = self.system,
                        bind = self.member.bind(),
                        db.query.text = self.statement.sql.as_str(),
                        took_us = after.as_micros() as u64,
                        at = %self.at,
                    },
                    "statement not finished"
                )
            };
        }
        if self.member.echo {
            say!(Level::INFO);
        } else {
            say!(Level::DEBUG);
        }
    }
}
