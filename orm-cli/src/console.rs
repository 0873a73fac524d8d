//! Output and questions.

use std::cell::RefCell;
use std::io::{ErrorKind, IsTerminal as _, Write as _};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use crate::failure::{Failure, Outcome};
use crate::secret::without_passwords;
use crate::terminal::Terminal;

/// The terminal or the pipes of a command.
pub(crate) struct Console {
    /// Whether data and errors are JSON.
    pub(crate) json: bool,
    /// The spinner.
    pub(crate) spinner: ProgressBar,
    /// The terminal to ask at, if there is one.
    terminal: Option<RefCell<Terminal>>,
}

/// The meanings of colours.
#[derive(Clone, Copy)]
pub(crate) enum Tone {
    Good,
    Bad,
    Quiet,
}

impl Console {
    /// Creates a console that can ask questions, unless the output is for a script.
    pub(crate) fn new(json: bool) -> Self {
        Self::at(if json { None } else { Terminal::here() }, json)
    }

    pub(crate) fn at(terminal: Option<Terminal>, json: bool) -> Self {
        // Hidden automatically if there is no terminal.
        let spinner = if json { ProgressBar::hidden() } else { ProgressBar::new_spinner() };
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
            spinner.set_style(style);
        }
        Console { json, spinner, terminal: terminal.map(RefCell::new) }
    }

    /// Asks a yes/no question at the terminal; returns `None` if there is none. Any answer but yes means no.
    pub(crate) fn ask(&self, question: &str) -> Outcome<Option<bool>> {
        self.terminal.as_ref().map(|terminal| terminal.borrow_mut().ask(question)).transpose()
    }

    /// Like [`ask`](Self::ask), but repeats the question until the answer is yes or no.
    pub(crate) fn ask_until_said(&self, question: &str) -> Outcome<Option<bool>> {
        self.terminal.as_ref().map(|terminal| terminal.borrow_mut().ask_until_said(question)).transpose()
    }

    /// Prints data, as text or as JSON.
    pub(crate) fn data<T: Serialize>(&self, data: &T, text: impl FnOnce() -> String) -> Outcome {
        if self.json { self.print(&json(data)?) } else { self.print(&text()) }
    }

    /// Prints text to standard output.
    pub(crate) fn print(&self, text: &str) -> Outcome {
        let mut out = std::io::stdout().lock();
        let end = if text.ends_with('\n') { "" } else { "\n" };
        let written = out.write_all(text.as_bytes()).and_then(|()| out.write_all(end.as_bytes()));
        written.and_then(|()| out.flush()).map_err(|error| match error.kind() {
            ErrorKind::BrokenPipe => Failure::Unread,
            _ => Failure::File(format!("cannot write to standard output: {error}")),
        })
    }

    /// Prints a note to standard error; not for scripts.
    pub(crate) fn note(&self, text: &str) {
        if !self.json {
            let text = paint(Tone::Quiet, &without_passwords(text), std::io::stderr().is_terminal());
            // If standard error is closed, the note is not wanted.
            let _ = writeln!(std::io::stderr(), "{text}");
        }
    }

    /// Prints the reason for a failure to standard error.
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

    /// Colours text for standard output, if that is a terminal.
    pub(crate) fn paint(&self, tone: Tone, text: &str) -> String {
        paint(tone, text, std::io::stdout().is_terminal())
    }

    /// Shows a spinner while a future is awaited, on a terminal only.
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
