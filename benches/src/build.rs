//! Builds the contestants' programs.

use std::fs;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::args::Options;
use crate::project;
use crate::report::Report;
use crate::roster::Entrant;

/// A contestant that has been built.
#[derive(Debug, Clone)]
pub(crate) struct Built {
    pub(crate) entrant: Entrant,
    /// The program that is timed.
    pub(crate) program: PathBuf,
    /// The same program with allocation counting.
    pub(crate) counting: PathBuf,
}

impl Built {
    /// Returns the name for its databases and files.
    pub(crate) fn name(&self) -> String {
        file_name(&self.entrant.title)
    }
}

/// Converts a title to characters that are valid in any name.
fn file_name(title: &str) -> String {
    title.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '_' }).collect()
}

/// The same profile for all, whatever their own manifests say.
const PROFILE: [(&str, &str); 3] = [
    ("CARGO_PROFILE_RELEASE_LTO", "thin"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "1"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "line-tables-only"),
];

/// Builds all contestants; those that fail are left out, which the report states.
pub(crate) fn all(entrants: &[Entrant], options: &Options, report: &mut Report) -> Result<Vec<Built>> {
    let mut built = Vec::new();
    for entrant in entrants {
        let begun = Instant::now();
        eprint!("building {} … ", entrant.title);
        match build(entrant, options) {
            Ok(programs) => {
                eprintln!("{:.1} s", begun.elapsed().as_secs_f32());
                built.push(programs);
            }
            Err(error) => {
                eprintln!("failed: {error:#}");
                report.left_out(&entrant.title, &format!("{error:#}"));
            }
        }
    }
    report.take_part(&built)?;
    Ok(built)
}

fn build(entrant: &Entrant, options: &Options) -> Result<Built> {
    let programs = project::target()?.join("programs");
    fs::create_dir_all(&programs)?;
    let name = file_name(&entrant.title);
    let counting = programs.join(format!("{name}.counting"));
    if options.counts() {
        // Built first, so that the program in the target directory is the one that is timed.
        fs::copy(executable(entrant, &["--features", "contestant/allocations"])?, &counting)?;
    }
    let program = programs.join(name);
    fs::copy(executable(entrant, &[])?, &program)?;
    Ok(Built { entrant: entrant.clone(), program, counting })
}

/// Builds a contestant in release mode; returns the path of its program.
fn executable(entrant: &Entrant, arguments: &[&str]) -> Result<PathBuf> {
    let mut cargo = project::cargo();
    cargo.args(["build", "--release", "--bins", "--message-format", "json-render-diagnostics"]);
    cargo
        .arg("--manifest-path")
        .arg(entrant.manifest())
        .arg("--target-dir")
        .arg(entrant.target()?)
        .args(arguments);
    let output = cargo.envs(PROFILE).stdin(Stdio::null()).output()?;
    if !output.status.success() {
        bail!("it does not build:\n{}", mistakes(&String::from_utf8_lossy(&output.stderr)));
    }
    let messages = String::from_utf8_lossy(&output.stdout);
    let program = messages.lines().rev().find_map(|line| {
        let message: Value = serde_json::from_str(line).ok()?;
        message["executable"].as_str().map(PathBuf::from)
    });
    program.context("cargo built no program")
}

/// Returns the first errors of cargo's output, or else the end of it.
pub(crate) fn mistakes(written: &str) -> String {
    let lines: Vec<&str> = written.lines().collect();
    let first = lines.iter().position(|line| line.starts_with("error"));
    let first = first.unwrap_or(lines.len().saturating_sub(12));
    lines[first..].iter().take(12).copied().collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::mistakes;

    #[test]
    fn of_a_failed_build_the_first_error_is_told() {
        assert_eq!(mistakes("  Compiling x\nerror: no\n  there"), "error: no\n  there");
        assert_eq!(mistakes("a\nb"), "a\nb");
    }
}
