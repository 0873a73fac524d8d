//! Output that can go to a file.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::console::Console;
use crate::failure::{Failure, Outcome};

/// A file instead of standard output.
#[derive(Args)]
pub(crate) struct Output {
    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replace the file if it exists
    #[arg(long, requires = "out")]
    force: bool,
    /// Report what would be written, without writing it
    #[arg(long, requires = "out")]
    dry_run: bool,
}

impl Output {
    pub(crate) fn is_file(&self) -> bool {
        self.out.is_some()
    }

    /// Writes the text to the file, and reports it. The write is atomic: the file is moved into place when it is
    /// complete. A device or a pipe is written to as it is.
    pub(crate) fn write(&self, text: &str, console: &Console) -> Outcome {
        let Some(path) = &self.out else { return console.print(text) };
        let (shown, lines) = (path.display(), text.lines().count());
        let exists = path.exists();
        if exists && !self.force {
            return Err(Failure::File(format!("`{shown}` already exists: pass `--force` to replace it")));
        }
        if self.dry_run {
            let verb = if exists { "replace" } else { "write" };
            console.note(&format!("would {verb} `{shown}` ({lines} lines)"));
            return Ok(());
        }
        let is_device = std::fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir());
        let written = if is_device { std::fs::write(path, text) } else { replace(path, text) };
        written.map_err(|error| Failure::file("write", path, &error))?;
        console.note(&format!("wrote `{shown}` ({lines} lines)"));
        Ok(())
    }
}

fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let written = std::fs::write(&beside, text).and_then(|()| std::fs::rename(&beside, path));
    if written.is_err() {
        // The incomplete file is of no use.
        let _ = std::fs::remove_file(&beside);
    }
    written
}
