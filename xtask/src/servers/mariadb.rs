//! MariaDB: installed from the machine's packages, or unpacked from Debian's current release.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::Choice;
use super::apt;
use super::launch::{Home, Launched, first_arguments};
use super::program::{Package, Program};
use crate::backend::Backend;
use crate::{process, project};

/// Debian 13 has 11.8, which is supported until 2028.
const PACKAGE: Package = Package { name: "mariadb-server-core", suite: "trixie", program: "mariadbd" };

/// What the package's own script executes to make the system tables, except the texts of HELP.
const SYSTEM_TABLES: [&str; 5] = [
    "mariadb_system_tables.sql",
    "mariadb_performance_tables.sql",
    "mariadb_system_tables_data.sql",
    "maria_add_gis_sp_bootstrap.sql",
    "mariadb_sys_schema.sql",
];

/// Starts MariaDB, and returns its origin.
pub(crate) fn launch(choice: &Choice) -> Result<(Launched, String)> {
    let home = Home::new(Backend::MariaDb)?;
    let program = if choice.unpacked {
        Program::unpacked(&PACKAGE)?
    } else {
        Program::Installed(find().map_or_else(|| install(&home.join("log")), Ok)?)
    };
    initialise(&program, &home).context("MariaDB's data directory could not be created")?;
    let start = || {
        let mut command = program.command();
        // What the tests expect of character sets was written down with the defaults of 10.11.
        command.args(["--character-set-server=latin1", "--collation-server=latin1_swedish_ci"]);
        command.arg("--loose-character-set-collations=");
        command
    };
    let launched = home.launch(start, &choice.with)?;
    Ok((launched, program.origin()))
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

fn initialise(program: &Program, home: &Home) -> Result<()> {
    match program {
        Program::Installed(path) => run_script(path, home),
        Program::Unpacked { root, .. } => {
            program.initialise(home, |data| bootstrap(program, root, data, home))
        }
    }
}

/// Runs the package's own script.
fn run_script(program: &Path, home: &Home) -> Result<()> {
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

/// Does what the package's script does, which would run the unpacked programs with the machine's C library.
fn bootstrap(program: &Program, root: &Path, data: &Path, home: &Home) -> Result<()> {
    fs::create_dir(data)?;
    let statements = home.join("bootstrap.sql");
    let mut file = File::create(&statements)?;
    // Without this variable, root would have to log in over a Unix socket.
    writeln!(file, "CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket = NULL;")?;
    for name in SYSTEM_TABLES {
        let part = root.join("usr/share/mariadb").join(name);
        let mut part = File::open(&part).with_context(|| format!("cannot read {}", part.display()))?;
        io::copy(&mut part, &mut file)?;
    }
    let mut command = program.command();
    command
        .args([format!("--datadir={}", data.display()), format!("--tmpdir={}", home.join("tmp").display())])
        // Not the 100 MB that would be copied each time; the server enlarges it on startup.
        .args(["--bootstrap", "--innodb-log-file-size=8M", "--max-allowed-packet=8M"]);
    process::run_quietly_with(&mut command, File::open(statements)?, &home.join("log"))
}
