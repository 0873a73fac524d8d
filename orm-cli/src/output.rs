//! Output that can go to a file.

use std::path::PathBuf;

use clap::Args;

use crate::console::Console;
use crate::failure::{Failure, Outcome};

/// A file instead of the standard output.
#[derive(Args)]
pub(crate) struct Output {
    /// Write to this file instead of the standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long, requires = "out")]
    force: bool,
    /// Say what would be written, and write nothing
    #[arg(long, requires = "out")]
    dry_run: bool,
}

impl Output {
    pub(crate) fn is_file(&self) -> bool {
        self.out.is_some()
    }

    /// Writes the text to the file, and reports it. The write is atomic: the file is moved into place when it is
    /// complete.
    pub(crate) fn write(&self, text: &str, console: &Console) -> Outcome {
        let Some(path) = &self.out else { return console.print(text) };
        let (shown, lines) = (path.display(), text.lines().count());
        let exists = path.exists();
        if exists && !self.force {
            return Err(Failure::File(format!("`{shown}` is there already: `--force` replaces it")));
        }
        if self.dry_run {
            let verb = if exists { "replace" } else { "write" };
            console.note(&format!("would {verb} `{shown}` ({lines} lines)"));
            return Ok(());
        }
        let mut beside = path.clone().into_os_string();
        beside.push(".part");
        let beside = PathBuf::from(beside);
        let written = std::fs::write(&beside, text).and_then(|()| std::fs::rename(&beside, path));
        written.map_err(|error| {
            // The incomplete file is of no use.
            let _ = std::fs::remove_file(&beside);
            Failure::file("write", path, &error)
        })?;
        console.note(&format!("wrote `{shown}` ({lines} lines)"));
        Ok(())
    }
}
