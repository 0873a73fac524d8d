//! Processes that end with this program.

use std::fmt::Display;
use std::fs::{self, File};
use std::io::{IsTerminal, stdin};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use nix::sys::signal::{Signal, kill, killpg};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::Pid;

use crate::cleanup;

/// How long a command may take to end after it is told to.
const GRACE: Duration = Duration::from_secs(3);
/// How often a process is polled.
const PULSE: Duration = Duration::from_millis(10);

/// The role of a process.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Role {
    /// In its own process group, so that Ctrl-C only reaches us. Its data is discarded, so it is killed.
    Server,
    /// In its own process group, so that it can be ended along with its children.
    Command,
    /// In our process group, so that it can use the terminal.
    Foreground,
}

/// A process that has not been waited for.
#[derive(Debug)]
pub(crate) struct Child {
    inner: std::process::Child,
    role: Role,
}

impl Child {
    /// Returns whether it is a server.
    pub(crate) fn is_server(&self) -> bool {
        self.role == Role::Server
    }

    /// Ends it and waits for it.
    pub(crate) fn end(&mut self) {
        if self.has_ended() {
            return;
        }
        if self.role != Role::Server {
            self.signal(Signal::SIGTERM);
            let start = Instant::now();
            while !self.has_ended() && start.elapsed() < GRACE {
                sleep(PULSE);
            }
        }
        // Even if the command has ended: its children may not have, and the group keeps its id until then.
        if self.role != Role::Foreground || !self.has_ended() {
            self.signal(Signal::SIGKILL);
        }
        // It can only fail if there is no such process.
        let _ = self.inner.wait();
    }

    fn has_ended(&mut self) -> bool {
        matches!(self.inner.try_wait(), Ok(Some(_)))
    }

    fn signal(&self, signal: Signal) {
        let Ok(id) = self.inner.id().try_into() else { return };
        // It can only fail if the process has just ended.
        let _ = match self.role {
            Role::Foreground => kill(Pid::from_raw(id), signal),
            Role::Server | Role::Command => killpg(Pid::from_raw(id), signal),
        };
    }
}

/// A running process: ended when dropped, and on a signal.
#[derive(Debug)]
pub(crate) struct Running(u32);

impl Running {
    /// Starts a server, whose output goes to a file.
    pub(crate) fn server(command: &mut Command, log: &Path) -> Result<Self> {
        Self::start(quiet(command, log)?, Role::Server)
    }

    /// Starts a command that communicates over its input and output.
    pub(crate) fn piped(command: &mut Command) -> Result<(Self, ChildStdin, ChildStdout)> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let running = Self::start(command, Role::Command)?;
        let mut held = cleanup::held();
        let pipes = held
            .children
            .get_mut(&running.0)
            .map(|child| (child.inner.stdin.take(), child.inner.stdout.take()));
        drop(held);
        match pipes {
            Some((Some(input), Some(output))) => Ok((running, input, output)),
            _ => bail!("process {} has no input and output", running.0),
        }
    }

    fn start(command: &mut Command, role: Role) -> Result<Self> {
        if role != Role::Foreground {
            command.process_group(0);
        }
        let mut held = cleanup::held();
        let inner =
            command.spawn().with_context(|| format!("cannot run {}", command.get_program().display()))?;
        let id = inner.id();
        held.children.insert(id, Child { inner, role });
        Ok(Self(id))
    }

    /// Stops it with SIGSTOP, and waits until all of its threads have stopped, which can take time on a busy machine.
    pub(crate) fn pause(&self) -> Result<()> {
        self.signal(Signal::SIGSTOP);
        match waitpid(Pid::from_raw(self.0.try_into()?), Some(WaitPidFlag::WUNTRACED))? {
            WaitStatus::Stopped(..) => Ok(()),
            other => bail!("expected the process to be stopped, but: {other:?}"),
        }
    }

    /// Lets it continue.
    pub(crate) fn resume(&self) {
        self.signal(Signal::SIGCONT);
    }

    fn signal(&self, signal: Signal) {
        if let Some(child) = cleanup::held().children.get(&self.0) {
            child.signal(signal);
        }
    }

    /// Returns its exit status, if it has ended.
    pub(crate) fn ended(&self) -> Result<Option<ExitStatus>> {
        let mut held = cleanup::held();
        let child = held.children.get_mut(&self.0).ok_or_else(|| anyhow!("process {} is lost", self.0))?;
        Ok(child.inner.try_wait()?)
    }

    fn wait(&self) -> Result<ExitStatus> {
        loop {
            if let Some(status) = self.ended()? {
                return Ok(status);
            }
            sleep(PULSE);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let mut held = cleanup::held();
        if let Some(mut child) = held.children.remove(&self.0) {
            child.end();
        }
    }
}

/// Runs a command to completion, and shows its output.
pub(crate) fn run(command: &mut Command) -> Result<ExitStatus> {
    Running::start(command.stdin(Stdio::null()), Role::Command)?.wait()
}

/// Runs a command to completion, with our input and, if there is one, our terminal.
pub(crate) fn run_in_foreground(command: &mut Command) -> Result<ExitStatus> {
    let role = if stdin().is_terminal() { Role::Foreground } else { Role::Command };
    Running::start(command, role)?.wait()
}

/// Runs a command to completion, with its output in a file. If it fails, the error contains the end of the file.
pub(crate) fn run_quietly(command: &mut Command, log: &Path) -> Result<()> {
    run_quietly_with(command, Stdio::null(), log)
}

/// Runs a command like [`run_quietly`], with this input.
pub(crate) fn run_quietly_with(command: &mut Command, input: impl Into<Stdio>, log: &Path) -> Result<()> {
    let status = Running::start(quiet(command, log)?.stdin(input), Role::Command)?.wait()?;
    if !status.success() {
        bail!(failure(command.get_program().display(), status, log));
    }
    Ok(())
}

/// Describes the failure of a process, with the end of its output.
pub(crate) fn failure(name: impl Display, status: ExitStatus, log: &Path) -> String {
    let written = fs::read(log).unwrap_or_default();
    let written = String::from_utf8_lossy(&written);
    let lines: Vec<&str> = written.lines().filter(|line| !line.trim().is_empty()).collect();
    let end = &lines[lines.len().saturating_sub(8)..];
    format!("{name} failed ({status}) with this output:\n  {}", end.join("\n  "))
}

fn quiet<'a>(command: &'a mut Command, log: &Path) -> Result<&'a mut Command> {
    let file = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
    Ok(command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file))
}
