//! `cargo xtask servers`: the servers of the tests, for other uses.

use std::process::{Command, ExitCode};

use anyhow::{Result, bail};

use crate::args::ServersOptions;
use crate::servers::Fleet;
use crate::{control, process};

/// Starts the servers and runs the command, or follows the commands in the input.
pub(crate) fn run(options: &ServersOptions) -> Result<ExitCode> {
    let (mut fleet, ()) = Fleet::start(&options.only, &options.choice, || ());
    for (backend, reason) in &fleet.missing {
        eprintln!("{}: not started: {reason:#}", backend.name());
    }
    if fleet.servers.is_empty() {
        bail!("no server could be started");
    }
    let Some((program, arguments)) = options.command.split_first() else {
        for server in &fleet.servers {
            println!("{}={}", server.variable, server.url);
        }
        eprintln!(
            "running until Ctrl-C or the end of the input; type pause, resume, kill or start, one per line"
        );
        control::run(&mut fleet)?;
        return Ok(ExitCode::SUCCESS);
    };
    let mut command = Command::new(program);
    command.args(arguments);
    fleet.tell(&mut command);
    let status = process::run_in_foreground(&mut command)?;
    // The result is the exit code of the command; after a signal, there is none.
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from))
}
