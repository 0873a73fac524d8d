//! Finds or installs Chromium.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::project;
use crate::servers::apt;

/// The names of installed browsers.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Returns an installed browser, or installs Debian's.
pub(super) fn find_or_install(log: &Path) -> Result<PathBuf> {
    if let Some(program) = find() {
        return Ok(program);
    }
    apt::install("Chromium", &["chromium"], log).context("the page was NOT checked")?;
    find().context("chromium is installed, but no program `chromium` is on PATH")
}

fn find() -> Option<PathBuf> {
    NAMES.iter().find_map(|name| project::programs(name).next())
}
