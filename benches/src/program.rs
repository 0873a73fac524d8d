//! A contestant's program: starting it, exchanging lines with it, and ending it.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use contestant::{Answer, Command as Order};

/// A running program; it ends when dropped.
#[derive(Debug)]
pub(crate) struct Program {
    child: Child,
    input: ChildStdin,
    answers: Receiver<String>,
}

impl Program {
    /// Starts a program, and waits until it has connected.
    pub(crate) fn start(program: &Path, url: &str, limit: Duration) -> Result<Self> {
        let mut command = Command::new(program);
        command.arg(url).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().with_context(|| format!("cannot run {}", program.display()))?;
        let input = child.stdin.take().context("it has no input")?;
        let output = child.stdout.take().context("it has no output")?;
        let (sender, answers) = channel();
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        let mut program = Program { child, input, answers };
        match program.answer(limit)? {
            Answer::Open => Ok(program),
            other => bail!("expected its greeting, got {other:?}"),
        }
    }

    /// Sends it an order, and waits for the answer.
    pub(crate) fn ask(&mut self, order: &Order, limit: Duration) -> Result<Answer> {
        let line = serde_json::to_string(order)?;
        // If the program has ended, the missing answer reports that.
        let _ = writeln!(self.input, "{line}").and_then(|()| self.input.flush());
        self.answer(limit)
    }

    fn answer(&mut self, limit: Duration) -> Result<Answer> {
        match self.answers.recv_timeout(limit) {
            Ok(line) => serde_json::from_str(&line).with_context(|| format!("it answered `{line}`")),
            Err(RecvTimeoutError::Timeout) => bail!("it took more than {} s", limit.as_secs()),
            Err(RecvTimeoutError::Disconnected) => bail!("it ended: {}", self.child.wait()?),
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Both can fail only if it has already ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::time::Duration;

    use super::Program;

    const LIMIT: Duration = Duration::from_millis(200);

    /// Returns a shell command that writes its argument, and nothing more.
    fn echo(line: &str) -> String {
        let started = Program::start(Path::new("echo"), line, LIMIT);
        started.map(|_| ()).map_err(|error| format!("{error:#}")).err().unwrap_or_default()
    }

    #[test]
    fn a_program_opens() {
        assert_eq!(echo("\"open\""), "");
    }

    #[test]
    fn what_it_says_instead_is_told() {
        assert_eq!(echo("\"prepared\""), "expected its greeting, got Prepared");
        assert!(echo("hello").starts_with("it answered `hello`: "));
    }

    #[test]
    fn an_end_and_a_delay_are_told() -> Result<(), String> {
        let error = |program: &str, argument: &str| {
            let started = Program::start(Path::new(program), argument, LIMIT);
            started.err().map(|error| format!("{error:#}")).ok_or("it started".to_owned())
        };
        assert_eq!(error("false", "")?, "it ended: exit status: 1");
        assert_eq!(error("sleep", "10")?, "it took more than 0 s");
        assert!(error("/no/such/program", "")?.starts_with("cannot run /no/such/program: "));
        Ok(())
    }
}
