//! The versions of the contestants and tools.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::project;
use crate::roster::Entrant;

/// Returns the crates that a contestant is built on, each with its version.
pub(crate) fn of(entrant: &Entrant) -> Result<String> {
    let lock = entrant.lock();
    let lock = fs::read_to_string(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    let version = |name: &&str| {
        let version = version(&lock, name).unwrap_or("?");
        format!("{name} {version}")
    };
    Ok(entrant.entry.crates.iter().map(version).collect::<Vec<_>>().join(", "))
}

/// Returns the version of a package in a lock file.
fn version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let (_, rest) = lock.split_once(&format!("\nname = \"{package}\"\nversion = \""))?;
    Some(rest.split_once('"')?.0)
}

/// Returns the version of `rustc`.
pub(crate) fn rustc() -> Result<String> {
    said(Command::new("rustc").arg("--version").current_dir(project::root()))
}

/// Returns the revision of this project, and whether the working tree has changes.
pub(crate) fn revision() -> Result<String> {
    let mut git = Command::new("git");
    said(git.args(["describe", "--always", "--dirty=, with changes"]).current_dir(project::root()))
}

fn said(command: &mut Command) -> Result<String> {
    let output =
        command.output().with_context(|| format!("cannot run {}", command.get_program().display()))?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn a_version_stands_below_the_whole_name() {
        let lock = "[[package]]\nname = \"sqlx-core\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"sqlx\"\nversion = \"0.9.1\"\n";
        assert_eq!(version(lock, "sqlx"), Some("0.9.1"));
        assert_eq!(version(lock, "diesel"), None);
    }
}
