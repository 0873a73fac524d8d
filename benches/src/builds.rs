//! Measures the build of a program of ten entities with each contestant: its `examples/ten.rs`, in a package without
//! any of the race's code.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use nix::sys::resource::{Usage, UsageWho, getrusage};
use serde_json::Value;

use crate::project;
use crate::report::Report;
use crate::roster::Entrant;

/// The build measurements of one contestant.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Builds {
    /// A clean debug build.
    pub(crate) clean: Took,
    /// `cargo check` after a change of the program.
    pub(crate) check: Took,
    /// `cargo build` after a change of the program.
    pub(crate) again: Took,
    /// A clean release build.
    pub(crate) release: Took,
    /// The size of the stripped program, in bytes.
    pub(crate) size: u64,
    /// The number of crates in the dependency tree, including the program.
    pub(crate) crates: usize,
}

/// Time in seconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Took {
    pub(crate) wall: f64,
    /// CPU time of all processors.
    pub(crate) cpu: f64,
}

/// How often quick builds are repeated; the fastest counts.
const REPEATED: usize = 3;

/// Measures the builds of all contestants that have the program; those that do not build are left out, which the report
/// states. The report is written after each, since all of them take half an hour.
pub(crate) fn measure(entrants: &[Entrant], report: &mut Report) -> Result<()> {
    // The same program over a different transport builds the same way.
    let programs = entrants.iter().filter(|entrant| !entrant.entry.name.contains('+'));
    for entrant in programs.filter(|entrant| program(entrant).exists()) {
        eprintln!("the ten entities of {} …", entrant.title);
        let folder = project::target()?.join("builds");
        match remove(&folder).and_then(|()| Ten::make(entrant, &folder)?.measure()) {
            Ok(builds) => report.add_builds(&entrant.title, builds),
            Err(error) => {
                eprintln!("failed: {error:#}");
                report.left_out(&format!("{}, its ten entities", entrant.title), &format!("{error:#}"));
            }
        }
        remove(&folder)?;
        report.write_builds()?;
    }
    Ok(())
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}

fn program(entrant: &Entrant) -> PathBuf {
    entrant.folder().join("examples/ten.rs")
}

/// A package with the program.
struct Ten {
    folder: PathBuf,
}

impl Ten {
    /// Creates it from the contestant's program, dependencies and versions.
    fn make(entrant: &Entrant, folder: &Path) -> Result<Self> {
        let source = folder.join("src");
        fs::create_dir_all(&source)?;
        fs::copy(program(entrant), source.join("main.rs"))?;
        fs::copy(entrant.lock(), folder.join("Cargo.lock"))?;
        fs::write(folder.join("Cargo.toml"), manifest(&dependencies(entrant)?)?)?;
        let ten = Ten { folder: folder.to_owned() };
        ten.cargo(&["fetch"], &[])?;
        Ok(ten)
    }

    fn measure(&self) -> Result<Builds> {
        let clean = self.cargo(&["build"], &[])?;
        self.cargo(&["check"], &[])?;
        let check = self.again(&["check"])?;
        let again = self.again(&["build"])?;
        let release = self.cargo(&["build", "--release"], &[("CARGO_PROFILE_RELEASE_STRIP", "true")])?;
        let size = fs::metadata(self.folder.join("target/release/ten"))?.len();
        Ok(Builds { clean, check, again, release, size, crates: self.crates()? })
    }

    /// Measures a build after a change: the fastest of several. The added item has a name: one more `const _` would
    /// renumber those that macros hide their code in, and all of that code would count as changed.
    fn again(&self, arguments: &[&str]) -> Result<Took> {
        let mut all = Vec::with_capacity(REPEATED);
        for _ in 0..REPEATED {
            let main = self.folder.join("src/main.rs");
            let text = fs::read_to_string(&main)?;
            let change = format!("#[allow(dead_code)]\nconst CHANGE_{}: () = ();", text.len());
            fs::write(&main, format!("{text}\n{change}\n"))?;
            all.push(self.cargo(arguments, &[])?);
        }
        all.into_iter().min_by(|a, b| a.wall.total_cmp(&b.wall)).context("it was not repeated")
    }

    fn crates(&self) -> Result<usize> {
        let mut cargo = project::cargo();
        cargo.current_dir(&self.folder).args(["tree", "--prefix", "none", "--edges", "normal,build"]);
        let output = cargo.output()?;
        if !output.status.success() {
            bail!("its dependency tree cannot be read: {}", String::from_utf8_lossy(&output.stderr).trim());
        }
        let tree = String::from_utf8_lossy(&output.stdout);
        let mut crates: Vec<&str> = tree.lines().map(|line| line.trim_end_matches(" (*)")).collect();
        crates.sort_unstable();
        crates.dedup();
        Ok(crates.len())
    }

    /// Runs cargo in the package's own target directory.
    fn cargo(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Result<Took> {
        let mut cargo = project::cargo();
        cargo.current_dir(&self.folder).args(arguments).env("CARGO_TARGET_DIR", self.folder.join("target"));
        cargo.envs(variables.iter().copied()).stdin(Stdio::null());
        time(&mut cargo)
    }
}

fn time(command: &mut Command) -> Result<Took> {
    let used = |usage: &Usage| {
        let seconds = |it: nix::sys::time::TimeVal| it.tv_sec() as f64 + it.tv_usec() as f64 / 1e6;
        seconds(usage.user_time()) + seconds(usage.system_time())
    };
    let before = used(&getrusage(UsageWho::RUSAGE_CHILDREN)?);
    let begun = Instant::now();
    let output = command.output()?;
    let wall = begun.elapsed().as_secs_f64();
    if !output.status.success() {
        bail!("it does not build:\n{}", crate::build::mistakes(&String::from_utf8_lossy(&output.stderr)));
    }
    Ok(Took { wall, cpu: used(&getrusage(UsageWho::RUSAGE_CHILDREN)?) - before })
}

/// Returns a contestant's dependencies, as cargo reads them from its manifest.
fn dependencies(entrant: &Entrant) -> Result<Vec<Value>> {
    let mut cargo = project::cargo();
    cargo.args(["metadata", "--no-deps", "--format-version", "1", "--manifest-path"]).arg(entrant.manifest());
    let output = cargo.output()?;
    let metadata: Value = serde_json::from_slice(&output.stdout).context("cargo has no metadata of it")?;
    let manifest = entrant.manifest();
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let mut package =
        packages.filter(|package| package["manifest_path"].as_str().map(Path::new) == Some(&manifest));
    let package = package.next().context("cargo does not know its package")?;
    let all = package["dependencies"].as_array().into_iter().flatten();
    Ok(all.filter(|it| it["kind"].is_null() && it["name"] != "contestant").cloned().collect())
}

/// Returns a manifest with these dependencies.
fn manifest(dependencies: &[Value]) -> Result<String> {
    let mut manifest = String::from("[package]\nname = \"ten\"\nedition = \"2024\"\n\n[workspace]\n");
    for dependency in dependencies {
        let name = dependency["name"].as_str().context("a dependency has no name")?;
        let from = match dependency["path"].as_str() {
            Some(path) => format!("path = {path:?}"),
            None => format!("version = {}", dependency["req"]),
        };
        manifest.push_str(&format!(
            "\n[dependencies.{name}]\n{from}\ndefault-features = {}\nfeatures = {}\n",
            dependency["uses_default_features"], dependency["features"]
        ));
    }
    Ok(manifest)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::manifest;

    #[test]
    fn a_manifest_has_what_cargo_says_of_dependencies() -> anyhow::Result<()> {
        let dependency = json!({
            "name": "sqlx", "req": "^0.9", "path": null, "uses_default_features": false, "features": ["mysql"],
        });
        let expected =
            "\n[dependencies.sqlx]\nversion = \"^0.9\"\ndefault-features = false\nfeatures = [\"mysql\"]\n";
        assert!(manifest(&[dependency])?.ends_with(expected));
        Ok(())
    }
}
