//! A headless browser, controlled by the DevTools protocol:
//! <https://chromedevtools.github.io/devtools-protocol/>.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{ChildStdin, ChildStdout, Command};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use serde_json::{Value, json};

use crate::process::Running;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Chromium with a page.
pub(super) struct Browser {
    /// Ended when this value is dropped.
    _process: Running,
    input: ChildStdin,
    messages: Receiver<Result<Value>>,
    /// The session of the page, once there is one.
    session: Option<String>,
    sent: u64,
    exceptions: Vec<String>,
}

impl Browser {
    /// Starts the browser, with its data in a separate folder. It communicates over two pipes, which it expects as file
    /// descriptors 3 and 4.
    pub(super) fn start(program: &Path, profile: &Path) -> Result<Self> {
        let mut command = Command::new("sh");
        command
            .args(["-c", r#"exec "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null"#])
            .arg(program)
            // It shows only our own page, so there is nothing to isolate, and root cannot use the sandbox.
            .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"])
            .args(["--no-first-run", "--disable-background-networking", "--remote-debugging-pipe"])
            .arg(format!("--user-data-dir={}", profile.display()));
        let (process, input, output) = Running::piped(&mut command)?;
        let (sender, messages) = channel();
        thread::spawn(move || read(output, &sender));
        Ok(Browser { _process: process, input, messages, session: None, sent: 0, exceptions: Vec::new() })
    }

    /// Opens a page.
    pub(super) fn open(&mut self, url: &str) -> Result<()> {
        let target = self.ask("Target.createTarget", json!({ "url": "about:blank" }))?;
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let session = self.ask("Target.attachToTarget", attach)?;
        self.session = session["sessionId"].as_str().map(str::to_owned);
        self.ask("Runtime.enable", json!({}))?;
        let opened = self.ask("Page.navigate", json!({ "url": url }))?;
        opened["errorText"].as_str().map_or(Ok(()), |error| Err(anyhow!("{url} cannot be opened: {error}")))
    }

    /// Evaluates an expression in the page, and awaits a promise.
    pub(super) fn evaluate(&mut self, expression: &str) -> Result<Value> {
        let what = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let mut done = self.ask("Runtime.evaluate", what)?;
        match done["exceptionDetails"].is_null() {
            true => Ok(done["result"]["value"].take()),
            false => bail!("the script of the check failed: {}", exception(&done["exceptionDetails"])),
        }
    }

    /// Returns the uncaught exceptions of the page.
    pub(super) fn exceptions(&self) -> &[String] {
        &self.exceptions
    }

    fn ask(&mut self, method: &str, params: Value) -> Result<Value> {
        self.sent += 1;
        let mut message = json!({ "id": self.sent, "method": method, "params": params });
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        write!(self.input, "{message}\0").context("Chromium has ended")?;
        self.input.flush()?;
        loop {
            let mut answer =
                self.messages.recv_timeout(PATIENCE).with_context(|| format!("no answer to {method}"))??;
            if answer["method"] == "Runtime.exceptionThrown" {
                self.exceptions.push(exception(&answer["params"]["exceptionDetails"]));
            }
            if answer["id"] != self.sent {
                continue;
            }
            if !answer["error"].is_null() {
                bail!("{method}: {}", answer["error"]["message"]);
            }
            return Ok(answer["result"].take());
        }
    }
}

fn exception(details: &Value) -> String {
    let description = details["exception"]["description"].as_str().or(details["text"].as_str());
    description.unwrap_or("an exception without a description").to_owned()
}

/// Reads messages, which end with a NUL.
fn read(output: ChildStdout, to: &Sender<Result<Value>>) {
    for message in BufReader::new(output).split(0) {
        let message = message.map_err(anyhow::Error::from);
        let message = message.and_then(|text| Ok(serde_json::from_slice(&text)?));
        // The receiver is gone: the check is over.
        if to.send(message).is_err() {
            return;
        }
    }
}
