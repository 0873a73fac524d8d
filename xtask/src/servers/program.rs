//! A server's program: installed, or unpacked under the target directory.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::apt;
use super::launch::{Home, first_arguments};
use crate::project;
use crate::scratch::{self, Scratch};

/// A Debian package that has a server without its service.
#[derive(Debug)]
pub(super) struct Package {
    pub(super) name: &'static str,
    pub(super) suite: &'static str,
    /// The server's program, below `/usr/sbin`.
    pub(super) program: &'static str,
}

/// How to start a server's program.
#[derive(Debug)]
pub(super) enum Program {
    Installed(PathBuf),
    /// A root directory with the program and all libraries that it needs.
    Unpacked {
        package: &'static Package,
        root: PathBuf,
        libraries: PathBuf,
        loader: PathBuf,
    },
}

impl Program {
    /// Returns the program of a package under the target directory, and fetches it if necessary.
    pub(super) fn unpacked(package: &'static Package) -> Result<Self> {
        let cache = cache()?;
        let root = cache.join(package.program);
        if !root.exists() {
            let Package { name, suite, .. } = package;
            eprintln!("downloading {name} and its libraries from Debian's suite {suite} (some 60 MB, once)");
            let work = Scratch::new(&cache, "unpack")?;
            apt::unpack(name, suite, work.path())
                .with_context(|| format!("{name} of Debian's suite {suite} could not be downloaded"))?;
            work.keep("root", &root)?;
        }
        // For example `usr/lib/x86_64-linux-gnu`, with `ld-linux-x86-64.so.2` in it.
        let libraries = entry(&root.join("usr/lib"), |name| name.ends_with("-linux-gnu"))?;
        let loader = entry(&libraries, |name| name.starts_with("ld-linux"))?;
        Ok(Self::Unpacked { package, root, libraries, loader })
    }

    /// Returns a command with the arguments that every start of the program needs.
    pub(super) fn command(&self) -> Command {
        let mut command = match self {
            Self::Installed(program) => Command::new(program),
            // The machine's C library may be older than the one that the program was built for, so it gets its own
            // loader.
            Self::Unpacked { package, root, libraries, loader } => {
                let mut command = Command::new(loader);
                let program = root.join("usr/sbin").join(package.program);
                command.arg("--library-path").arg(libraries).arg(program);
                command
            }
        };
        first_arguments(&mut command);
        if let Self::Unpacked { root, .. } = self {
            command.arg(format!("--basedir={}", root.join("usr").display()));
        }
        command
    }

    /// Returns where it comes from, for the summary.
    pub(super) fn origin(&self) -> String {
        match self {
            Self::Installed(program) => program.display().to_string(),
            Self::Unpacked { package, .. } => format!("{} of Debian's suite {}", package.name, package.suite),
        }
    }

    /// Makes a server's data directory: a copy of one that `initialise` made once for this version, since making one
    /// takes seconds, and copying does not.
    pub(super) fn initialise(&self, home: &Home, initialise: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
        let cache = cache()?;
        let initial = cache.join(format!("data-{}", self.version()?));
        if !initial.exists() {
            let work = Scratch::new(&cache, "data")?;
            initialise(&work.path().join("data"))?;
            work.keep("data", &initial)?;
        }
        scratch::copy(&initial, &home.join("data"))?;
        Ok(())
    }

    /// Returns, for example, `9.7.4-2`.
    fn version(&self) -> Result<String> {
        let output = self.command().arg("--version").output().context("the server does not start")?;
        let text = String::from_utf8_lossy(&output.stdout);
        let version = text.split_whitespace().skip_while(|word| *word != "Ver").nth(1);
        version.map(str::to_owned).context("the server does not print its version")
    }
}

/// Returns the folder for what is kept between runs.
fn cache() -> Result<PathBuf> {
    let cache = project::cache()?;
    fs::create_dir_all(&cache).with_context(|| format!("cannot make {}", cache.display()))?;
    Ok(cache)
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
