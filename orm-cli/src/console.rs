//! What is printed, and how.

use std::cell::RefCell;
use std::io::{ErrorKind, IsTerminal as _, Write as _};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use crate::failure::{Failure, Outcome};
use crate::secret::without_passwords;
use crate::terminal::Terminal;

/// The terminal, or the pipes, that a command talks to.
pub(crate) struct Console {
    /// Whether data and errors are JSON.
    pub(crate) json: bool,
    /// What turns while something is awaited.
    pub(crate) spinner: ProgressBar,
    /// Whom to ask, if anybody is there.
    terminal: Option<RefCell<Terminal>>,
}

/// What colours are for.
#[derive(Clone, Copy)]
pub(crate) enum Tone {
    Good,
    Bad,
    Quiet,
}

impl Console {
    /// One that asks whoever sits there, unless the output is for a script.
    pub(crate) fn new(json: bool) -> Self {
        Self::at(if json { None } else { Terminal::here() }, json)
    }

    pub(crate) fn at(terminal: Option<Terminal>, json: bool) -> Self {
        // Hidden by itself where there is no terminal.
        let spinner = if json { ProgressBar::hidden() } else { ProgressBar::new_spinner() };
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
            spinner.set_style(style);
        }
        Console { json, spinner, terminal: terminal.map(RefCell::new) }
    }

    /// Asks a question, yes or no, of whoever sits at the terminal; nothing if nobody does. No answer is a no.
    pub(crate) fn ask(&self, question: &str) -> Outcome<Option<bool>> {
        self.terminal.as_ref().map(|terminal| terminal.borrow_mut().ask(question)).transpose()
    }

    /// As [`ask`](Self::ask), where no answer is none: the question comes again.
    pub(crate) fn ask_until_said(&self, question: &str) -> Outcome<Option<bool>> {
        self.terminal.as_ref().map(|terminal| terminal.borrow_mut().ask_until_said(question)).transpose()
    }

    /// Data, as text or as JSON.
    pub(crate) fn data<T: Serialize>(&self, data: &T, text: impl FnOnce() -> String) -> Outcome {
        if self.json { self.print(&json(data)?) } else { self.print(&text()) }
    }

    /// A text on the standard output.
    pub(crate) fn print(&self, text: &str) -> Outcome {
        let mut out = std::io::stdout().lock();
        let end = if text.ends_with('\n') { "" } else { "\n" };
        let written = out.write_all(text.as_bytes()).and_then(|()| out.write_all(end.as_bytes()));
        written.and_then(|()| out.flush()).map_err(|error| match error.kind() {
            ErrorKind::BrokenPipe => Failure::Unread,
            _ => Failure::File(format!("cannot write to the standard output: {error}")),
        })
    }

    /// A word beside the data, on the standard error; not for scripts.
    pub(crate) fn note(&self, text: &str) {
        if !self.json {
            let text = paint(Tone::Quiet, &without_passwords(text), std::io::stderr().is_terminal());
            // Whoever has closed the standard error does not want to know.
            let _ = writeln!(std::io::stderr(), "{text}");
        }
    }

    /// Why it did not work, on the standard error.
    pub(crate) fn failure(&self, failure: &Failure) {
        let Some(report) = failure.report() else { return };
        let text = match json(&report) {
            Ok(text) if self.json => text,
            _ => {
                let word = paint(Tone::Bad, "error:", std::io::stderr().is_terminal());
                format!("{word} {report}")
            }
        };
        let _ = writeln!(std::io::stderr(), "{}", without_passwords(&text));
    }

    /// A text of the standard output in colour, if it goes to a terminal.
    pub(crate) fn paint(&self, tone: Tone, text: &str) -> String {
        paint(tone, text, std::io::stdout().is_terminal())
    }

    /// Something that turns while a future is awaited; on a terminal only.
    pub(crate) async fn wait<F: Future>(&self, what: &str, work: F) -> F::Output {
        self.spinner.set_message(without_passwords(what));
        self.spinner.enable_steady_tick(Duration::from_millis(120));
        let output = work.await;
        self.spinner.finish_and_clear();
        output
    }
}

fn json<T: Serialize>(data: &T) -> Outcome<String> {
    serde_json::to_string_pretty(data).map_err(|error| Failure::File(format!("cannot write JSON: {error}")))
}

fn paint(tone: Tone, text: &str, is_terminal: bool) -> String {
    // <https://no-color.org>
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if refused || !is_terminal || text.is_empty() {
        return text.to_owned();
    }
    let code = match tone {
        Tone::Good => "32",
        Tone::Bad => "1;31",
        Tone::Quiet => "2",
    };
    format!("\x1b[{code}m{text}\x1b[0m")
}
