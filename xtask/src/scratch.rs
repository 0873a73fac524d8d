//! Temporary folders that are removed whatever happens.

use std::fs::{self, DirBuilder};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context, Result};

use crate::cleanup;

/// A temporary folder: removed when dropped, and on a signal.
#[derive(Debug)]
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    /// Creates a folder in `parent` that is new and that only this user may enter.
    pub(crate) fn new(parent: &Path, name: &str) -> Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = parent.join(format!("orm-{name}-{}-{number}", process::id()));
        let made = || DirBuilder::new().mode(0o700).create(&folder);
        made().with_context(|| format!("cannot make the temporary folder {}", folder.display()))?;
        cleanup::held().folders.insert(folder.clone());
        Ok(Self(folder))
    }

    /// Returns the path.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Keeps a finished folder under its final name. The rename is atomic: a folder of that name is always complete.
    pub(crate) fn keep(&self, folder: &str, final_name: &Path) -> Result<()> {
        match fs::rename(self.0.join(folder), final_name) {
            // Another run was faster; its folder is just as good.
            Err(_) if final_name.exists() => Ok(()),
            renamed => renamed.with_context(|| format!("cannot make {}", final_name.display())),
        }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        cleanup::remove(&self.0);
        cleanup::held().folders.remove(&self.0);
    }
}

/// Copies a folder with its content.
pub(crate) fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to)?;
        } else {
            fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}
