//! Cleanup at the end of a race: databases, and checkouts of other revisions.
//!
//! They are removed when their values are dropped, which covers errors; a signal drops nothing, so everything that
//! exists is also listed here.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result};

use crate::checkout::Folder;
use crate::server::Database;

/// Something to remove.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Held {
    /// A database on a server.
    Database(Database),
    /// A checkout of a revision.
    Checkout(Folder),
}

static HELD: Mutex<Vec<Held>> = Mutex::new(Vec::new());

/// Everything that exists now. Locked while something is created, so that nothing is created while the signal handler
/// cleans up.
pub(crate) fn held() -> MutexGuard<'static, Vec<Held>> {
    // A panic leaves nothing half-changed here.
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes something.
pub(crate) fn release(it: &Held) {
    let mut held = held();
    held.retain(|other| other != it);
    it.remove();
}

/// On SIGINT, SIGTERM and SIGHUP, removes everything, then exits. The programs end with their input.
pub(crate) fn on_signals() -> Result<()> {
    ctrlc::set_handler(|| {
        let held = held();
        held.iter().for_each(Held::remove);
        eprintln!("\ninterrupted, and cleaned up");
        // The lock is still held. 128 + SIGINT, as a shell reports it.
        std::process::exit(130);
    })
    .context("cannot watch for signals")
}

impl Held {
    /// Removes it; a failure is only reported.
    fn remove(&self) {
        let removed = match self {
            Held::Database(database) => database.drop_it(),
            Held::Checkout(folder) => folder.remove(),
        };
        if let Err(error) = removed {
            eprintln!("warning: {self} stays: {error:#}");
        }
    }
}

impl fmt::Display for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Held::Database(database) => write!(f, "the database {}", database.name()),
            Held::Checkout(folder) => write!(f, "the checkout {}", folder.path().display()),
        }
    }
}
