//! Paths.

use std::env;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Returns the root of the workspace.
pub(crate) fn root() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package)
}

/// Returns cargo's target directory.
pub(crate) fn target() -> io::Result<PathBuf> {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => std::path::absolute(folder),
        None => Ok(root().join("target")),
    }
}

/// Returns the folder for everything that is kept between runs, in cargo's target directory.
pub(crate) fn cache() -> io::Result<PathBuf> {
    Ok(target()?.join("xtask"))
}

/// Returns the cargo that runs this program, in the root of the workspace.
pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root());
    cargo
}

/// Returns the files of this name on `PATH`, or where Debian puts servers: `/usr/sbin` is not on every user's `PATH`.
pub(crate) fn programs(name: &str) -> impl Iterator<Item = PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = env::split_paths(&path).collect();
    folders.push("/usr/sbin".into());
    folders.into_iter().map(move |folder| folder.join(name)).filter(|program| program.is_file())
}
