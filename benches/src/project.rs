//! The project's paths.

use std::env;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Returns the root of the workspace.
pub(crate) fn root() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package)
}

/// Returns the folder in cargo's target directory for what is kept from one race to the next.
pub(crate) fn target() -> io::Result<PathBuf> {
    let target = match env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => std::path::absolute(folder)?,
        None => root().join("target"),
    };
    Ok(target.join("race"))
}

/// Returns the cargo that runs this program.
pub(crate) fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}
