//! Debian packages: `apt-get`, and unpacking without installing.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use nix::unistd::geteuid;

use crate::{process, project};

/// The keys of Debian's own suites, which are part of every Debian.
const KEYRING: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

/// Installs packages, which requires root. The error says which program is missing.
pub(crate) fn install(program: &str, packages: &[&str], log: &Path) -> Result<()> {
    if !geteuid().is_root() || project::programs("apt-get").next().is_none() {
        let packages = packages.join(" ");
        bail!(
            "{program} is not installed, and only root on Debian or Ubuntu can have it installed: install {packages}"
        );
    }
    eprintln!("installing {}", packages.join(" "));
    let install = || -> Result<()> {
        process::run_quietly(get().arg("update"), log)?;
        process::run_quietly(get().args(["install", "-y", "--no-install-recommends"]).args(packages), log)
    };
    install().with_context(|| format!("{program} is not installed, and installing it failed"))
}

/// Returns a non-interactive `apt-get`.
fn get() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").arg("--quiet");
    command
}

/// Unpacks a package from one of Debian's suites, with all of its dependencies, into `root` in the folder `work`.
///
/// Requires no root and installs nothing: apt keeps its lists and archives in `work`, and is told that no package is
/// installed, so that it fetches every library, including the C library.
pub(crate) fn unpack(package: &str, suite: &str, work: &Path) -> Result<()> {
    for program in ["apt-get", "dpkg"] {
        if project::programs(program).next().is_none() {
            bail!("that needs Debian's {program}, which is not installed");
        }
    }
    if !Path::new(KEYRING).exists() {
        bail!("the key that signs Debian's packages is not in {KEYRING}: install debian-archive-keyring");
    }
    let settings = configure(suite, work).context("cannot write apt's settings")?;
    let log = work.join("log");
    let apt = || {
        let mut apt = get();
        apt.arg("--config-file").arg(&settings);
        apt
    };
    process::run_quietly(apt().arg("update"), &log)?;
    process::run_quietly(apt().args(["install", "--yes", "--download-only", package]), &log)?;

    let root = work.join("root");
    for archive in fs::read_dir(work.join("archives"))? {
        let archive = archive?.path();
        if archive.extension().is_some_and(|extension| extension == "deb") {
            process::run_quietly(Command::new("dpkg").arg("--extract").arg(archive).arg(&root), &log)?;
        }
    }
    Ok(())
}

/// Writes the private settings; the machine's proxy settings still apply.
fn configure(suite: &str, work: &Path) -> Result<PathBuf> {
    for folder in ["root", "lists/partial", "archives/partial", "etc/sources.list.d", "etc/preferences.d"] {
        fs::create_dir_all(work.join(folder))?;
    }
    fs::write(work.join("status"), "")?;
    fs::write(
        work.join("etc/sources.list.d/debian.sources"),
        format!(
            "Types: deb\nURIs: http://deb.debian.org/debian\nSuites: {suite}\nComponents: main\n\
             Targets: Packages\nSigned-By: {KEYRING}\n"
        ),
    )?;
    let work_name = work.display();
    let settings = work.join("apt.conf");
    fs::write(
        &settings,
        format!(
            r#"Dir::State "{work_name}";
Dir::State::lists "{work_name}/lists";
Dir::State::status "{work_name}/status";
Dir::Cache "{work_name}";
Dir::Cache::archives "{work_name}/archives";
Dir::Etc "{work_name}/etc";
APT::Install-Recommends "false";
// The usual user for downloads may not enter our folder.
APT::Sandbox::User "root";
// The lock would be the system's.
Debug::NoLocking "true";
// Commands that would tell the system of new packages.
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
"#
        ),
    )?;
    Ok(settings)
}
