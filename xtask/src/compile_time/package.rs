//! The package of the program to check.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeVal;

use crate::scratch::Scratch;
use crate::{process, project};

/// A package in a temporary folder that depends on `orm`.
pub(super) struct Package(Scratch);

impl Package {
    /// Creates it, and checks its dependencies.
    pub(super) fn new() -> Result<Self> {
        let package = Self(Scratch::new(&std::env::temp_dir(), "compile-time")?);
        fs::create_dir(package.folder().join("src"))?;
        fs::write(package.folder().join("Cargo.toml"), manifest())?;
        fs::copy(project::root().join("Cargo.lock"), package.folder().join("Cargo.lock"))?;
        package.check("")?;
        Ok(package)
    }

    /// Returns the processor time for checking the program: the fastest of several runs, since all disturbances only
    /// add to it.
    pub(super) fn fastest(&self, program: &str, rounds: u32) -> Result<Duration> {
        let mut fastest = Duration::MAX;
        for round in 0..rounds {
            // The text must differ each time, or cargo would have nothing to do.
            fastest = fastest.min(self.check(&format!("// {round}\n{program}"))?);
        }
        Ok(fastest)
    }

    /// Returns the size of the program in bytes after macro expansion.
    pub(super) fn expanded(&self, program: &str) -> Result<usize> {
        self.write(program)?;
        let text = self.folder().join("expanded.rs");
        let mut cargo = self.cargo("compile-time-expanded")?;
        // The compiler option is unstable, and must be enabled explicitly.
        cargo.args(["rustc", "--quiet", "--profile=check", "--", "-Zunpretty=expanded"]);
        cargo.arg("-o").arg(&text).env("RUSTC_BOOTSTRAP", "1");
        process::run_quietly(&mut cargo, &self.folder().join("expand.log"))?;
        Ok(fs::read(&text)?.len())
    }

    fn check(&self, program: &str) -> Result<Duration> {
        self.write(program)?;
        let mut cargo = self.cargo("compile-time")?;
        cargo.args(["check", "--quiet"]);
        let before = processor_time()?;
        process::run_quietly(&mut cargo, &self.folder().join("check.log"))?;
        Ok(processor_time()? - before)
    }

    fn write(&self, program: &str) -> Result<()> {
        let file = self.folder().join("src/lib.rs");
        fs::write(&file, program).with_context(|| format!("cannot write {}", file.display()))
    }

    fn cargo(&self, target: &str) -> Result<Command> {
        let mut cargo = project::cargo();
        cargo.current_dir(self.folder()).env("CARGO_INCREMENTAL", "0");
        cargo.env("CARGO_TARGET_DIR", project::cache()?.join(target));
        Ok(cargo)
    }

    fn folder(&self) -> &Path {
        self.0.path()
    }
}

/// Returns the processor time of all child processes that have ended, which excludes everything else on the machine.
fn processor_time() -> Result<Duration> {
    let used = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    Ok(duration(used.user_time()) + duration(used.system_time()))
}

fn duration(time: TimeVal) -> Duration {
    let (seconds, micros) = (time.tv_sec().try_into().unwrap_or(0), time.tv_usec().try_into().unwrap_or(0));
    Duration::from_secs(seconds) + Duration::from_micros(micros)
}

fn manifest() -> String {
    let root = project::root().display().to_string();
    format!(
        "[package]\nname = \"compile-time\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
        [dependencies]\norm = {{ path = {root:?}, default-features = false }}\n\n[workspace]\n"
    )
}
