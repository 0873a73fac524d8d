//! Finds, starts and stops the servers that the tests run on.

pub(crate) mod apt;
mod certificates;
mod given;
mod handshake;
mod launch;
mod mariadb;
mod mysql;
mod program;

use std::env;
use std::process::Command;
use std::thread;

use anyhow::{Context, Result, anyhow, bail};

use crate::backend::Backend;
pub(crate) use launch::{Launched, free_port};

/// A running server; if it was started here, it stops when this is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) backend: Backend,
    /// The variable that gives the tests its URL.
    pub(crate) variable: &'static str,
    pub(crate) url: String,
    /// The version from its handshake.
    pub(crate) version: String,
    /// Its origin, for the summary.
    pub(crate) origin: String,
    /// `None` if the user named it.
    launched: Option<Launched>,
}

impl Server {
    /// Returns the server, if it was started here and may be killed.
    pub(crate) fn launched(&mut self) -> Result<&mut Launched> {
        self.launched
            .as_mut()
            .with_context(|| format!("the server is {}, and was not started by xtask", self.origin))
    }
}

/// Which servers to start, and how.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Choice {
    /// Not the installed ones, but those that are unpacked from Debian's packages.
    pub(crate) unpacked: bool,
    /// Options for the servers, without dashes.
    pub(crate) with: Vec<String>,
}

/// The requested servers: those that answer, and the reasons why the others do not.
#[derive(Debug, Default)]
pub(crate) struct Fleet {
    pub(crate) servers: Vec<Server>,
    pub(crate) missing: Vec<(Backend, anyhow::Error)>,
}

impl Fleet {
    /// Starts the servers of these backends in parallel, as chosen, while something else is done.
    pub(crate) fn start<T>(
        backends: &[Backend],
        choice: &Choice,
        meanwhile: impl FnOnce() -> T,
    ) -> (Self, T) {
        let mut fleet = Self::default();
        let other = thread::scope(|scope| {
            let starting: Vec<_> = backends
                .iter()
                .filter_map(|backend| Some((*backend, backend.variable()?)))
                .map(|(backend, variable)| (backend, scope.spawn(move || start(backend, variable, choice))))
                .collect();
            let other = meanwhile();
            for (backend, thread) in starting {
                match thread.join().unwrap_or_else(|_| Err(anyhow!("a bug in xtask: see the panic above"))) {
                    Ok(server) => fleet.servers.push(server),
                    Err(reason) => fleet.missing.push((backend, reason)),
                }
            }
            other
        });
        (fleet, other)
    }

    /// Passes the servers' URLs to a command. The variable of a missing server is removed, since it may name one that
    /// does not answer.
    pub(crate) fn tell(&self, command: &mut Command) {
        for variable in Backend::ALL.into_iter().filter_map(Backend::variable) {
            command.env_remove(variable);
        }
        for server in &self.servers {
            command.env(server.variable, &server.url);
        }
    }
}

fn start(backend: Backend, variable: &'static str, choice: &Choice) -> Result<Server> {
    let given = env::var(variable).ok().filter(|url| !url.is_empty());
    if let Some(url) = given {
        for (asked, option) in [(!choice.with.is_empty(), "--with"), (choice.unpacked, "--unpacked")] {
            if asked {
                bail!("`{option}` has no effect on the server of {variable}, which is already running");
            }
        }
        let version = given::version(backend, &url)
            .map_err(|error| error.context(format!("{variable} names a server that cannot be used")))?;
        return Ok(Server {
            backend,
            variable,
            url,
            version,
            origin: format!("from {variable}"),
            launched: None,
        });
    }
    let (launched, origin) = match backend {
        Backend::MariaDb => mariadb::launch(choice)?,
        Backend::MySql => mysql::launch(choice)?,
        Backend::Sqlite => return Err(anyhow!("SQLite has no server")),
    };
    let url = format!("mysql://root@127.0.0.1:{}/", launched.port);
    let version = launched.version.clone();
    Ok(Server { backend, variable, url, version, origin, launched: Some(launched) })
}
