//! MySQL itself: installed, or unpacked from Debian's unstable suite.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::launch::{Home, Launched};
use super::program::{Package, Program};
use super::{Choice, mariadb};
use crate::backend::Backend;
use crate::{process, project};

/// No release of Debian has it.
const PACKAGE: Package = Package { name: "mysql-server-core", suite: "unstable", program: "mysqld" };

/// Starts MySQL, and returns its origin.
pub(crate) fn launch(choice: &Choice) -> Result<(Launched, String)> {
    let home = Home::new(Backend::MySql)?;
    let program = match find() {
        Some(program) if !choice.unpacked => Program::Installed(program),
        _ => Program::unpacked(&PACKAGE).context("MySQL is not installed")?,
    };
    initialise(&program, &home).context("MySQL's data directory could not be created")?;
    let files = home.join("files");
    fs::create_dir(&files)?;
    let start = || {
        let mut command = program.command();
        // The built-in folder for LOAD DATA does not exist, and the server does not start without it.
        command
            .args(["--mysqlx=OFF", "--local-infile=ON"])
            .arg(format!("--secure-file-priv={}", files.display()));
        command
    };
    let launched = home.launch(start, &choice.with)?;
    Ok((launched, program.origin()))
}

/// Returns an installed server that is not MariaDB under MySQL's name.
fn find() -> Option<PathBuf> {
    project::programs("mysqld").find(|program| {
        mariadb::version(program)
            .is_some_and(|version| version.contains("Ver ") && !version.contains("MariaDB"))
    })
}

fn initialise(program: &Program, home: &Home) -> Result<()> {
    program.initialise(home, |data| {
        let mut command = program.command();
        command
            .arg("--initialize-insecure")
            .arg(format!("--datadir={}", data.display()))
            // Not the 100 MB that would be copied each time; the server enlarges it on startup.
            .args(["--loose-innodb-redo-log-capacity=8M", "--skip-log-bin"]);
        process::run_quietly(&mut command, &home.join("log"))
    })
}
