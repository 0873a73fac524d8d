//! Finds or installs MariaDB.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::apt;
use super::launch::{Home, Launched, first_arguments};
use crate::backend::Backend;
use crate::{process, project};

/// Starts MariaDB, and returns its origin.
pub(crate) fn launch(options: &[String]) -> Result<(Launched, String)> {
    let home = Home::new(Backend::MariaDb)?;
    let program = match find() {
        Some(program) => program,
        None => install(&home.join("log"))?,
    };
    initialise(&program, &home).context("MariaDB's data directory could not be created")?;
    let start = || {
        let mut command = Command::new(&program);
        first_arguments(&mut command);
        // What the tests expect of character sets was written down with the defaults of 10.11.
        command.args(["--character-set-server=latin1", "--collation-server=latin1_swedish_ci"]);
        command.arg("--loose-character-set-collations=");
        command
    };
    let launched = home.launch(start, options)?;
    Ok((launched, program.display().to_string()))
}

/// Returns an installed server. Either name may be MariaDB's, and `mysqld` may be MySQL.
fn find() -> Option<PathBuf> {
    let mut programs = project::programs("mariadbd").chain(project::programs("mysqld"));
    programs.find(|program| version(program).is_some_and(|version| version.contains("MariaDB")))
}

/// Returns the version that a server's program reports.
pub(crate) fn version(program: &Path) -> Option<String> {
    let output = Command::new(program).args(["--no-defaults", "--version"]).output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Installs the programs without the package that makes them a service: nothing is left running, and no service is
/// touched.
fn install(log: &Path) -> Result<PathBuf> {
    apt::install("MariaDB", &["mariadb-server-core", "mariadb-client-core"], log)?;
    find().context("mariadb-server-core is installed, but there is no mariadbd on PATH or in /usr/sbin")
}

fn initialise(program: &Path, home: &Home) -> Result<()> {
    // Next to the server's `sbin`, if it is not on PATH.
    let beside = program.ancestors().nth(2).map(|base| base.join("bin/mariadb-install-db"));
    let script = project::programs("mariadb-install-db")
        .next()
        .or(beside.filter(|script| script.is_file()))
        .context("mariadb-install-db was not found next to mariadbd")?;
    let mut command = Command::new(script);
    first_arguments(&mut command);
    command
        .arg(format!("--datadir={}", home.join("data").display()))
        // Where it removes all temporary tables, as the server does on startup.
        .env("TMPDIR", home.join("tmp"))
        .args(["--auth-root-authentication-method=normal", "--skip-test-db"]);
    process::run_quietly(&mut command, &home.join("log"))
}
