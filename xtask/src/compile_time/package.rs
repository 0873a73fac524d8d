//! The package whose program is checked.

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
    /// Makes it, and checks what it depends on.
    pub(super) fn new() -> Result<Self> {
        let package = Self(Scratch::new(&std::env::temp_dir(), "compile-time")?);
        fs::create_dir(package.folder().join("src"))?;
        fs::write(package.folder().join("Cargo.toml"), manifest())?;
        fs::copy(project::root().join("Cargo.lock"), package.folder().join("Cargo.lock"))?;
        package.check("")?;
        Ok(package)
    }

    /// How much time of a processor the program takes to check: the fastest of so many times, since everything else only adds to it.
    pub(super) fn fastest(&self, program: &str, rounds: u32) -> Result<Duration> {
        let mut fastest = Duration::MAX;
        for round in 0..rounds {
            // Another text each time, or there would be nothing to check.
            fastest = fastest.min(self.check(&format!("// {round}\n{program}"))?);
        }
        Ok(fastest)
    }

    /// How many bytes the program has when its macros are expanded.
    pub(super) fn expanded(&self, program: &str) -> Result<usize> {
        self.write(program)?;
        let text = self.folder().join("expanded.rs");
        let mut cargo = self.cargo("compile-time-expanded")?;
        // What is asked of the compiler is not for everybody, so it must be told that we mean it.
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

/// Of all processes that were started and have ended: what else the machine does has no part in it.
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
