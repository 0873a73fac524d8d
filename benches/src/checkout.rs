//! Another revision of this project, checked out for comparison.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::cleanup::{self, Held};
use crate::project;

/// A folder that contains a revision.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// Returns its path.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Removes it.
    pub(crate) fn remove(&self) -> Result<()> {
        git(["worktree".as_ref(), "remove".as_ref(), "--force".as_ref(), self.0.as_ref()])
    }
}

/// A checkout that is removed when dropped.
#[derive(Debug)]
pub(crate) struct Checkout(Folder);

impl Checkout {
    /// Checks out a revision. Always in the same place, so that little has to be rebuilt the next time.
    pub(crate) fn of(revision: &str) -> Result<Self> {
        let folder = Folder(project::target()?.join("checkout"));
        let mut held = cleanup::held();
        if folder.path().exists() {
            // Left by a race that was killed.
            folder.remove()?;
        }
        let [worktree, add, detach] = ["worktree", "add", "--detach"].map(OsStr::new);
        git([worktree, add, detach, folder.0.as_ref(), revision.as_ref()])?;
        held.push(Held::Checkout(folder.clone()));
        Ok(Checkout(folder))
    }

    /// Returns its path.
    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Checkout {
    fn drop(&mut self) {
        cleanup::release(&Held::Checkout(self.0.clone()));
    }
}

/// Runs git in the project.
fn git<const N: usize>(arguments: [&OsStr; N]) -> Result<()> {
    let mut git = Command::new("git");
    let output = git.current_dir(project::root()).args(arguments).output().context("cannot run git")?;
    if !output.status.success() {
        bail!("git: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(())
}
