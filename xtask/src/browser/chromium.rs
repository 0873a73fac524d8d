//! Chromium: installed, or installed now.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::project;
use crate::servers::apt;

/// What it is called where it is installed.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// An installed one, or Debian's.
pub(super) fn find_or_install(log: &Path) -> Result<PathBuf> {
    if let Some(program) = find() {
        return Ok(program);
    }
    apt::install("Chromium", &["chromium"], log).context("the page was NOT checked")?;
    find().context("chromium is installed, but there is no program of that name on PATH")
}

fn find() -> Option<PathBuf> {
    NAMES.iter().find_map(|name| project::programs(name).next())
}
