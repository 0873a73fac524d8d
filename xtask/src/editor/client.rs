//! A client of a language server: JSON-RPC over its input and output.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{ChildStdin, ChildStdout, Command};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::process::Running;

/// How long the server may be silent.
const PATIENCE: Duration = Duration::from_secs(300);

/// A running language server.
pub(super) struct Client {
    input: ChildStdin,
    messages: Receiver<Value>,
    last_id: u64,
    _server: Running,
}

impl Client {
    /// Starts the server and initializes it.
    pub(super) fn start(command: &mut Command, greeting: &Value) -> Result<Self> {
        let (server, input, output) = Running::piped(command)?;
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Ok(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let mut client = Client { input, messages, last_id: 0, _server: server };
        client.request("initialize", greeting)?;
        client.notify("initialized", &json!({}))?;
        Ok(client)
    }

    /// Sends a request, and waits for the response.
    pub(super) fn request(&mut self, method: &str, params: &Value) -> Result<Value> {
        self.last_id += 1;
        let id = self.last_id;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}))?;
        loop {
            let message = self.next()?;
            if message["method"].is_null() && message["id"] == id {
                if let Some(error) = message.get("error") {
                    bail!("{method}: {}", error["message"]);
                }
                return Ok(message["result"].clone());
            }
        }
    }

    /// Sends a notification, which has no response.
    pub(super) fn notify(&mut self, method: &str, params: &Value) -> Result<()> {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}))
    }

    /// Waits until the server has analysed the whole program.
    pub(super) fn wait_until_ready(&mut self) -> Result<()> {
        loop {
            let message = self.next()?;
            if message["method"] == "experimental/serverStatus" && message["params"]["quiescent"] == true {
                return Ok(());
            }
        }
    }

    /// Returns the next message; requests of the server get an empty response.
    fn next(&mut self) -> Result<Value> {
        let message =
            self.messages.recv_timeout(PATIENCE).context("the language server has closed its output")?;
        if !message["method"].is_null() && !message["id"].is_null() {
            self.send(&json!({"jsonrpc": "2.0", "id": message["id"], "result": null}))?;
        }
        Ok(message)
    }

    fn send(&mut self, message: &Value) -> Result<()> {
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len())?;
        self.input.flush().context("the language server has closed its input")
    }
}

/// Reads a message: headers, an empty line, and as many bytes as the headers say.
fn read(output: &mut BufReader<ChildStdout>) -> Result<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line)? == 0 {
            bail!("the output has ended");
        }
        match line.trim().split_once(": ") {
            Some(("Content-Length", bytes)) => length = bytes.parse()?,
            Some(_) => {}
            None => break,
        }
    }
    let mut text = vec![0; length];
    output.read_exact(&mut text)?;
    Ok(serde_json::from_slice(&text)?)
}
