//! What must be gone when the program ends: processes it started, folders it made.
//!
//! Values do it when dropped, which covers errors and panics; a signal drops nothing, so what is held is also listed here.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::process::Child;

/// What is to be ended or removed.
#[derive(Debug)]
pub(crate) struct Held {
    /// Started and not yet waited for, by process id.
    pub(crate) children: BTreeMap<u32, Child>,
    /// Temporary folders.
    pub(crate) folders: BTreeSet<PathBuf>,
}

static HELD: Mutex<Held> = Mutex::new(Held { children: BTreeMap::new(), folders: BTreeSet::new() });

/// What is held now. Locked by whoever starts or ends a process, so that none is started while the handler ends them.
pub(crate) fn held() -> MutexGuard<'static, Held> {
    // Nothing here is left half-changed by a panic.
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// On SIGINT, SIGTERM and SIGHUP: ends and removes all that is held, then exits.
pub(crate) fn on_signals() -> Result<()> {
    ctrlc::set_handler(|| {
        let mut held = held();
        // Commands first: they would complain about a server that has gone.
        let (servers, commands): (Vec<_>, Vec<_>) =
            held.children.values_mut().partition(|child| child.is_server());
        commands.into_iter().chain(servers).for_each(Child::end);
        held.folders.iter().for_each(|folder| remove(folder));
        eprintln!("\ninterrupted: every server is stopped");
        // With the lock still held. 128 + SIGINT, as a shell reports it.
        std::process::exit(130);
    })
    .context("cannot watch for signals")
}

/// Removes a folder; one that stays behind is worth a word and no failure.
pub(crate) fn remove(folder: &Path) {
    // What was killed a moment ago may still be writing a file.
    for _ in 0..10 {
        match fs::remove_dir_all(folder) {
            Err(error) if error.kind() == ErrorKind::DirectoryNotEmpty => sleep(Duration::from_millis(20)),
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return eprintln!("warning: {} could not be removed: {error}", folder.display());
            }
            _ => return,
        }
    }
    eprintln!("warning: {} could not be removed: it is still being written to", folder.display());
}
