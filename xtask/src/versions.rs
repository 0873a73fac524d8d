//! Tests the dependency that users may have in several versions: a program can contain only one of them, and it may not
//! be the one in the project's lock file.

use std::fs;

use anyhow::Result;

use crate::scratch::Scratch;
use crate::{process, project};

/// The oldest and the newest `rusqlite` that `Cargo.toml` allows.
const ENDS: [&str; 2] = ["0.37", "0.43"];

/// Checks both of them. Returns whether both are right.
pub(crate) fn run() -> Result<bool> {
    for version in ENDS {
        let package = Scratch::new(&std::env::temp_dir(), "versions")?;
        fs::create_dir(package.path().join("src"))?;
        fs::write(package.path().join("src/lib.rs"), "")?;
        fs::write(package.path().join("Cargo.toml"), manifest(version))?;
        // Everything else has the versions of the project.
        fs::copy(project::root().join("Cargo.lock"), package.path().join("Cargo.lock"))?;
        let mut cargo = project::cargo();
        cargo.args(["check", "--package", "orm-sqlite"]).current_dir(package.path());
        cargo.env("CARGO_TARGET_DIR", project::cache()?.join("versions"));
        if !process::run(&mut cargo)?.success() {
            eprintln!("orm-sqlite does not compile with rusqlite {version}");
            return Ok(false);
        }
    }
    Ok(true)
}

fn manifest(version: &str) -> String {
    let package = project::root().join("orm-sqlite").display().to_string();
    format!(
        "[package]\nname = \"versions\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
        [dependencies]\norm-sqlite = {{ path = {package:?} }}\nrusqlite = \"~{version}\"\n\n[workspace]\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_are_those_of_the_manifest() -> Result<()> {
        let manifest = fs::read_to_string(project::root().join("Cargo.toml"))?;
        let [oldest, newest] = ENDS;
        let next = newest.trim_start_matches("0.").parse::<u32>()? + 1;
        assert!(manifest.contains(&format!("rusqlite = {{ version = \">={oldest}, <0.{next}\"")));
        Ok(())
    }
}
