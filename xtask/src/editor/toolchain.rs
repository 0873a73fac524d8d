//! The compiler and the language server.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{process, project};

/// The version of `rust-toolchain.toml`.
const VERSION: &str = "1.95.0";

/// A separate toolchain, with the sources of the standard library. The language server needs them, but they change
/// rustc's messages in `tests/ui`.
pub(super) struct Toolchain(PathBuf);

impl Toolchain {
    /// Returns the toolchain under the target directory, and fetches it if necessary.
    pub(super) fn fetched() -> Result<Self> {
        let cache = project::cache()?;
        let toolchain = Self(cache.join("rustup"));
        if toolchain.server().args(["--version"]).output().is_ok_and(|output| output.status.success()) {
            return Ok(toolchain);
        }
        if project::programs("rustup").next().is_none() {
            bail!("rustup is not installed, and rust-analyzer comes with it");
        }
        eprintln!("downloading rust-analyzer and a toolchain for it (200 MB, once)");
        std::fs::create_dir_all(&cache)?;
        let components = ["--component", "rust-src", "--component", "rust-analyzer"];
        let mut rustup = Command::new("rustup");
        rustup.args(["toolchain", "install", VERSION, "--profile", "minimal", "--no-self-update"]);
        rustup.args(components).env("RUSTUP_HOME", &toolchain.0);
        process::run_quietly(&mut rustup, &cache.join("rustup.log"))
            .context("rust-analyzer could not be downloaded")?;
        Ok(toolchain)
    }

    /// Returns the language server, configured to use this compiler.
    pub(super) fn server(&self) -> Command {
        let mut command = Command::new("rustup");
        command.args(["run", VERSION, "rust-analyzer"]).env("RUSTUP_HOME", &self.0);
        command.env("RUSTUP_TOOLCHAIN", VERSION).env_remove("CARGO").env_remove("RUSTC");
        command
    }
}
