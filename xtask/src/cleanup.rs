//! Cleans up when the program ends: processes it started, folders it made.
//!
//! Values do this when dropped, which covers errors and panics; a signal drops nothing, so what is held is also listed
//! here.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::process::Child;

/// What must be ended or removed.
#[derive(Debug)]
pub(crate) struct Held {
    /// Started and not yet waited for, by process id.
    pub(crate) children: BTreeMap<u32, Child>,
    /// Temporary folders.
    pub(crate) folders: BTreeSet<PathBuf>,
}

static HELD: Mutex<Held> = Mutex::new(Held { children: BTreeMap::new(), folders: BTreeSet::new() });

/// Returns what is held now. Locked while a process is started or ended, so that none is started while the handler ends
/// them.
pub(crate) fn held() -> MutexGuard<'static, Held> {
    // A panic leaves nothing half-changed here.
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Installs the handler of SIGINT, SIGTERM and SIGHUP, which ends and removes everything that is held, and exits.
pub(crate) fn on_signals() -> Result<()> {
    ctrlc::set_handler(|| {
        let mut held = held();
        // Commands first: they would complain about a server that is gone.
        let (servers, commands): (Vec<_>, Vec<_>) =
            held.children.values_mut().partition(|child| child.is_server());
        commands.into_iter().chain(servers).for_each(Child::end);
        held.folders.iter().for_each(|folder| remove(folder));
        eprintln!("\ninterrupted: every server is stopped");
        // With the lock still held. 128 + SIGINT is the exit code of a shell.
        std::process::exit(130);
    })
    .context("cannot watch for signals")
}

/// Removes a folder; a failure is reported, but is not an error.
pub(crate) fn remove(folder: &Path) {
    // A process that was just killed may still be writing a file.
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
