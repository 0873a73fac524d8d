//! `cargo xtask browser`: tests the page of the service in a real browser.

mod chromium;
mod devtools;

use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Command, ExitCode};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::process::{self, Running};
use crate::project;
use crate::scratch::Scratch;
use crate::servers::free_port;
use devtools::Browser;

/// The script of user actions and expected results, which runs in the page.
const CHECK: &str = include_str!("check.js");
/// How long the service may take to start.
const PATIENCE: Duration = Duration::from_secs(20);

/// Starts the service on empty databases, opens its page in Chromium, and uses it.
pub(crate) fn run() -> Result<ExitCode> {
    let scratch = Scratch::new(&std::env::temp_dir(), "browser")?;
    let chromium = chromium::find_or_install(&scratch.path().join("apt.log"))?;
    if !process::run(project::cargo().args(["build", "--package", "service"]))?.success() {
        bail!("the service does not compile");
    }
    let (_service, address) = serve(scratch.path())?;
    let mut browser = Browser::start(&chromium, &scratch.path().join("profile"))?;
    browser.open(&format!("http://{address}/"))?;
    let seen = browser.evaluate(CHECK)?;
    let wrong = report(&seen)? + browser.exceptions().iter().map(|text| eprintln!("wrong: {text}")).count();
    if wrong > 0 {
        eprintln!("\n{wrong} of these checks failed, in {}", chromium.display());
        return Ok(ExitCode::FAILURE);
    }
    eprintln!("\nThe page works, in {}", chromium.display());
    Ok(ExitCode::SUCCESS)
}

/// Starts the service on a free port, with its databases in a folder.
fn serve(folder: &Path) -> Result<(Running, SocketAddr)> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, free_port()?));
    let target = project::cache()?.parent().context("the target folder was not found")?.to_owned();
    let mut command = Command::new(target.join("debug/service"));
    command.env("SERVICE_LISTEN", address.to_string());
    for (variable, name) in [("", "main"), ("_AUDIT", "audit"), ("_CACHE", "cache")] {
        let url = format!("sqlite:{}", folder.join(format!("{name}.db")).display());
        command.env(format!("DATABASE_URL{variable}"), url);
    }
    let log = folder.join("service.log");
    let service = Running::server(&mut command, &log)?;
    let start = Instant::now();
    while TcpStream::connect(address).is_err() {
        if let Some(status) = service.ended()? {
            bail!(process::failure("the service", status, &log));
        }
        if start.elapsed() > PATIENCE {
            bail!("the service does not listen on {address} after {PATIENCE:?}");
        }
        sleep(Duration::from_millis(20));
    }
    Ok((service, address))
}

/// Prints the results; returns the number of failures.
fn report(seen: &Value) -> Result<usize> {
    let seen = seen.as_array().filter(|seen| !seen.is_empty()).context("the check reported nothing")?;
    for one in seen {
        let verdict = if one["ok"] == true { "right" } else { "wrong" };
        let detail = one["detail"].as_str().map(|detail| format!(": {detail}")).unwrap_or_default();
        eprintln!("{verdict}: {}{detail}", one["what"].as_str().unwrap_or_default());
    }
    Ok(seen.iter().filter(|one| one["ok"] != true).count())
}
