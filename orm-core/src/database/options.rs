//! The settings of a database, which can be set in its URL and on its builder.

use std::time::Duration;

use crate::driver::{Isolation, OptionDef, Url};
use crate::error::{Error, ErrorKind, Result};
use crate::n_plus_one::NPlusOne;

/// The maximum number of connections: as many as MySQL and MariaDB allow. The pool allocates memory for all of them.
const MOST_CONNECTIONS: usize = 100_000;

/// The settings that have been set.
#[derive(Debug, Clone, Default)]
pub(super) struct Options {
    pub(super) max_connections: Option<usize>,
    pub(super) wait_timeout: Option<Duration>,
    pub(super) idle_check: Option<Duration>,
    pub(super) max_age: Option<Duration>,
    pub(super) slow: Option<Duration>,
    pub(super) echo: Option<bool>,
    pub(super) show_params: Option<bool>,
    pub(super) n_plus_one: Option<NPlusOne>,
    /// Passed to the driver by name.
    pub(super) isolation: Option<Isolation>,
}

/// The options that URLs of every backend take.
pub(super) const KNOWN: &[OptionDef] = &[
    OptionDef { name: "max_connections", help: "the maximum number of connections (10)" },
    OptionDef { name: "wait_timeout", help: "how long to wait for a connection from the pool (30s)" },
    OptionDef {
        name: "idle_check",
        help: "connections idle for longer than this are tested before use (30s)",
    },
    OptionDef { name: "max_age", help: "connections older than this are replaced (2h)" },
    OptionDef { name: "slow", help: "statements that take longer than this are logged as warnings (1s)" },
    OptionDef { name: "echo", help: "log every statement at level INFO (false)" },
    OptionDef { name: "show_params", help: "include the bound values in errors and logs (false)" },
    OptionDef {
        name: "n_plus_one",
        help: "what to do about N+1 queries: off, warn or deny, with a number of repetitions (warn:10 in debug builds, else off)",
    },
];

impl Options {
    /// Fills in what the URL sets and `self` does not.
    pub(super) fn or_from(self, url: &Url) -> Result<Self> {
        Ok(Options {
            max_connections: self.max_connections.or(url.parse("max_connections", "a whole number")?),
            wait_timeout: self.wait_timeout.or(url.duration("wait_timeout")?),
            idle_check: self.idle_check.or(url.duration("idle_check")?),
            max_age: self.max_age.or(url.duration("max_age")?),
            slow: self.slow.or(url.duration("slow")?),
            echo: self.echo.or(url.parse("echo", "true or false")?),
            show_params: self.show_params.or(url.parse("show_params", "true or false")?),
            n_plus_one: self.n_plus_one.or(url.parse("n_plus_one", "off, warn, deny, warn:20 or deny:20")?),
            isolation: self.isolation,
        })
    }

    pub(super) fn check(&self) -> Result<()> {
        if self.max_connections == Some(0) {
            let message = "the option `max_connections` is 0; a database needs at least one connection";
            return Err(Error::new(ErrorKind::Configuration, message));
        }
        if let Some(wanted) = self.max_connections.filter(|wanted| *wanted > MOST_CONNECTIONS) {
            let message =
                format!("the option `max_connections` is {wanted}; the maximum is {MOST_CONNECTIONS}");
            return Err(Error::new(ErrorKind::Configuration, message));
        }
        if let Some(NPlusOne::Warn(0 | 1) | NPlusOne::Deny(0 | 1)) = self.n_plus_one {
            let message =
                "the option `n_plus_one` counts repetitions of a query: the number must be at least 2";
            return Err(Error::new(ErrorKind::Configuration, message));
        }
        Ok(())
    }
}
