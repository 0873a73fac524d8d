//! Logging of the steps of transactions: BEGIN, COMMIT, ROLLBACK and savepoints.

use std::time::Instant;

use tracing::Level;

use super::Database;
use super::run::system_name;
use super::tell::tell;
use crate::driver::End;
use crate::error::Result;
use crate::unit::Changes;

/// Logs the steps of the transactions of one database.
#[derive(Debug, Default)]
pub(super) struct Steps {
    /// Whether to log at level INFO.
    pub(super) echo: bool,
    /// The name of the database, unless it is the default one.
    pub(super) bind: Option<Box<str>>,
}

impl Steps {
    /// The time at which a step begins, if it is logged.
    pub(super) fn begin(&self) -> Option<Instant> {
        (self.echo || tracing::enabled!(target: "orm", Level::DEBUG)).then(Instant::now)
    }

    /// Logs a step that has ended.
    pub(super) fn end(
        &self,
        system: &'static str,
        sql: &str,
        started: Option<Instant>,
        result: Result<()>,
    ) -> Result<()> {
        if let Some(started) = started {
            self.say(system, sql, started, &result);
        }
        result
    }

    #[cold]
    fn say(&self, system: &'static str, sql: &str, started: Instant, result: &Result<()>) {
        tell!(
            self.echo,
            {
                db.system.name = system_name(system),
                bind = self.bind.as_deref(),
                db.query.text = sql,
                took_us = started.elapsed().as_micros() as u64,
                error.r#type = result.as_ref().err().map(|error| tracing::field::debug(error.kind())),
            },
            "transaction"
        );
    }
}

impl Database {
    /// Whether anybody wants to know what its sessions do.
    pub(crate) fn is_telling(&self) -> bool {
        self.here().echo || tracing::enabled!(target: "orm", Level::DEBUG)
    }

    /// Tells that a session was dropped with changes that it has never sent.
    #[cold]
    pub(crate) fn tell_unsent(&self, changes: &Changes) {
        tell!(
            self.here().echo,
            {
                inserted = changes.inserted.len(),
                updated = changes.updated.len(),
                deleted = changes.deleted.len(),
            },
            "session dropped with changes that were not committed"
        );
    }
}

/// The name of an end.
pub(super) fn end_text(end: End) -> &'static str {
    match end {
        End::Commit => "COMMIT",
        End::Rollback => "ROLLBACK",
        // The connection's session state is reset for its next use.
        End::Reset => "RESET",
    }
}
