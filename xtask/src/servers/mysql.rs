//! MySQL itself: installed, or unpacked from Debian's unstable suite.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::apt;
use super::launch::{Home, Launched, first_arguments};
use crate::backend::Backend;
use crate::scratch::{self, Scratch};
use crate::{process, project};

/// Debian's package of the server without the service.
const PACKAGE: &str = "mysql-server-core";

/// How to start the server's program.
#[derive(Debug)]
enum Program {
    Installed(PathBuf),
    /// A root directory with the program and all libraries that it needs.
    Unpacked {
        root: PathBuf,
        libraries: PathBuf,
        loader: PathBuf,
    },
}

/// Starts MySQL, and returns its origin.
pub(crate) fn launch(options: &[String]) -> Result<(Launched, String)> {
    let home = Home::new(Backend::MySql)?;
    let cache = project::cache()?;
    fs::create_dir_all(&cache).with_context(|| format!("cannot make {}", cache.display()))?;
    let (program, origin) = match find() {
        Some(program) => (Program::Installed(program.clone()), program.display().to_string()),
        None => (unpacked(&cache)?, format!("{PACKAGE} of Debian's unstable suite")),
    };
    initialise(&program, &cache, &home).context("MySQL's data directory could not be created")?;
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
    let launched = home.launch(start, options)?;
    Ok((launched, origin))
}

/// Returns an installed server that is not MariaDB under MySQL's name.
fn find() -> Option<PathBuf> {
    project::programs("mysqld").find(|program| {
        super::mariadb::version(program)
            .is_some_and(|version| version.contains("Ver ") && !version.contains("MariaDB"))
    })
}

/// Returns the server under the target directory, and fetches it if necessary.
fn unpacked(cache: &Path) -> Result<Program> {
    let root = cache.join("mysql");
    if !root.exists() {
        eprintln!(
            "mysql: downloading {PACKAGE} and its libraries from Debian's unstable suite (60 MB, once)"
        );
        let work = Scratch::new(cache, "unpack")?;
        apt::unpack(PACKAGE, work.path()).context("MySQL is not installed, and could not be downloaded")?;
        work.keep("root", &root)?;
    }
    // For example `usr/lib/x86_64-linux-gnu`, with `ld-linux-x86-64.so.2` in it.
    let libraries = entry(&root.join("usr/lib"), |name| name.ends_with("-linux-gnu"))?;
    let loader = entry(&libraries, |name| name.starts_with("ld-linux"))?;
    Ok(Program::Unpacked { root, libraries, loader })
}

fn entry(folder: &Path, wanted: impl Fn(&str) -> bool) -> Result<PathBuf> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.file_name().and_then(|name| name.to_str()).is_some_and(&wanted))
        .with_context(|| {
            format!(
                "{} does not have the expected content: remove target/xtask and try again",
                folder.display()
            )
        })
}

impl Program {
    fn command(&self) -> Command {
        let mut command = match self {
            Self::Installed(program) => Command::new(program),
            // The machine's C library may be older than the one that the program was built for, so it gets its own
            // loader.
            Self::Unpacked { root, libraries, loader } => {
                let mut command = Command::new(loader);
                command.arg("--library-path").arg(libraries).arg(root.join("usr/sbin/mysqld"));
                command
            }
        };
        first_arguments(&mut command);
        if let Self::Unpacked { root, .. } = self {
            command.arg(format!("--basedir={}", root.join("usr").display()));
        }
        command
    }

    /// Returns, for example, `9.7.4-2`.
    fn version(&self) -> Result<String> {
        let output = self.command().arg("--version").output().context("mysqld does not start")?;
        let text = String::from_utf8_lossy(&output.stdout);
        let version = text.split_whitespace().skip_while(|word| *word != "Ver").nth(1);
        version.map(str::to_owned).context("mysqld does not print its version")
    }
}

/// Copies a data directory that was initialized once for this version: initializing takes seconds, copying does not.
fn initialise(program: &Program, cache: &Path, home: &Home) -> Result<()> {
    let initial = cache.join(format!("mysql-data-{}", program.version()?));
    if !initial.exists() {
        let work = Scratch::new(cache, "data")?;
        let mut command = program.command();
        command
            .arg("--initialize-insecure")
            .arg(format!("--datadir={}", work.path().join("data").display()))
            // Not the 100 MB that would be copied each time; the server enlarges it on startup.
            .args(["--loose-innodb-redo-log-capacity=8M", "--skip-log-bin"]);
        process::run_quietly(&mut command, &home.join("log"))?;
        work.keep("data", &initial)?;
    }
    scratch::copy(&initial, &home.join("data"))?;
    Ok(())
}
