//! Starts a server on a data directory, and waits until it answers.

use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};
use std::{env, fs};

use anyhow::{Context, Result, bail};
use nix::unistd::geteuid;

use super::{certificates, handshake};
use crate::backend::Backend;
use crate::process::{self, Running};
use crate::scratch::Scratch;

/// A start takes about a second; on a busy machine it may take much longer.
const TIMEOUT: Duration = Duration::from_secs(60);
const PULSE: Duration = Duration::from_millis(20);
/// How often to retry a start whose port another process has taken.
const ATTEMPTS: u32 = 3;

/// A server that was started here.
#[derive(Debug)]
pub(crate) struct Launched {
    // Fields are dropped in order: the server stops before its folder is removed.
    /// `None` after it was killed.
    running: Option<Running>,
    home: Home,
    command: Command,
    pub(crate) port: u16,
    pub(crate) version: String,
}

impl Launched {
    /// Freezes it: it keeps everything that it has, and does nothing.
    pub(crate) fn pause(&self) -> Result<()> {
        self.running()?.pause()
    }

    /// Lets it continue.
    pub(crate) fn resume(&self) -> Result<()> {
        self.running()?.resume();
        Ok(())
    }

    /// Kills it without a shutdown; its data stays as it is.
    pub(crate) fn kill(&mut self) -> Result<()> {
        self.running()?;
        self.running = None;
        Ok(())
    }

    /// Restarts it after it was killed, on the same port and the same data.
    pub(crate) fn start(&mut self) -> Result<()> {
        if self.running.is_some() {
            bail!("it is running");
        }
        for _ in 0..ATTEMPTS {
            if let Some((running, _)) = self.home.run(&mut self.command)? {
                self.running = Some(running);
                return Ok(());
            }
        }
        bail!("its port {} is taken by another process", self.port)
    }

    fn running(&self) -> Result<&Running> {
        self.running.as_ref().context("it is not running")
    }
}

/// A server's temporary folder: data, socket, log.
#[derive(Debug)]
pub(crate) struct Home(Scratch);

impl Home {
    /// Creates the folder, in the system's temporary folder, since a socket's path has at most 108 bytes.
    pub(crate) fn new(backend: Backend) -> Result<Self> {
        let home = Self(Scratch::new(&env::temp_dir(), backend.name())?);
        fs::create_dir(home.join("tmp"))?;
        Ok(home)
    }

    /// Returns a path in the folder.
    pub(crate) fn join(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Starts the server on the folder's `data`, which `program` has initialized. Arguments and options are added to
    /// those of `program`.
    pub(crate) fn launch(self, program: impl Fn() -> Command, options: &[String]) -> Result<Launched> {
        certificates::make(&self.join("tls")).context("the certificates could not be created")?;
        // Another process can take a free port before the server does: then another port is tried.
        for _ in 0..ATTEMPTS {
            let port = free_port()?;
            let mut command = program();
            self.arguments(&mut command, port).args(options.iter().map(|option| format!("--{option}")));
            if let Some((running, version)) = self.run(&mut command)? {
                return Ok(Launched { running: Some(running), home: self, command, port, version });
            }
        }
        bail!("{ATTEMPTS} ports in a row were taken by other processes before the server could use them")
    }

    /// Runs the server and waits for its version; `None` if another process has its port.
    fn run(&self, command: &mut Command) -> Result<Option<(Running, String)>> {
        let log = self.join("log");
        let running = Running::server(command, &log)?;
        match self.version(&running, &log) {
            Ok(version) => Ok(Some((running, version))),
            Err(_) if fs::read_to_string(&log).is_ok_and(|log| log.contains("Address already in use")) => {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Waits for the handshake on the Unix socket: only our server can be there, and it listens on its port by then.
    /// Connecting to the port instead could reach ourselves, as a connection to a free local port may be given that
    /// same port as its source.
    fn version(&self, running: &Running, log: &Path) -> Result<String> {
        let start = Instant::now();
        loop {
            if let Ok(connection) = UnixStream::connect(self.join("socket")) {
                connection.set_read_timeout(Some(TIMEOUT))?;
                return handshake::version(connection);
            }
            if let Some(status) = running.ended()? {
                bail!(process::failure("the server", status, log));
            }
            if start.elapsed() > TIMEOUT {
                bail!("the server did not answer within {} s", TIMEOUT.as_secs());
            }
            sleep(PULSE);
        }
    }

    fn arguments<'a>(&self, program: &'a mut Command, port: u16) -> &'a mut Command {
        let path = |option: &str, name: &str| format!("--{option}={}", self.join(name).display());
        program
            .args([path("datadir", "data"), path("socket", "socket"), path("pid-file", "pid")])
            // On startup, MariaDB removes all temporary tables there, including those of other servers.
            .arg(path("tmpdir", "tmp"))
            .args([format!("--port={port}"), "--bind-address=127.0.0.1".into()])
            .args([path("ssl-ca", "tls/ca.pem"), path("ssl-cert", "tls/server-cert.pem")])
            .args([path("ssl-key", "tls/server-key.pem"), "--max-connections=500".into()])
            // Nothing outlives the run, so there is no reason to wait for the disk. Everything visible to statements
            // keeps its default.
            .args(["--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0", "--skip-log-bin"])
            .arg("--innodb-buffer-pool-size=128M")
    }
}

/// Adds the arguments that every start of a server needs first: ignore the machine's settings, and allow running as
/// root.
pub(crate) fn first_arguments(program: &mut Command) {
    program.arg("--no-defaults");
    if geteuid().is_root() {
        program.arg("--user=root");
    }
}

/// Returns a port that is free at the moment.
pub(crate) fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port on 127.0.0.1")?;
    Ok(listener.local_addr()?.port())
}
