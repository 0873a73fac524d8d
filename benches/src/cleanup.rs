//! What must be gone when the race ends: databases, and checkouts of other revisions.
//!
//! Values remove it when they are dropped, which covers errors; a signal drops nothing, so what there is is also listed here.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result};

use crate::checkout::Folder;
use crate::server::Database;

/// What is to be removed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Held {
    /// On a server.
    Database(Database),
    /// Of a revision.
    Checkout(Folder),
}

static HELD: Mutex<Vec<Held>> = Mutex::new(Vec::new());

/// What there is now. Locked by whoever makes something, so that nothing is made while the handler removes all.
pub(crate) fn held() -> MutexGuard<'static, Vec<Held>> {
    // Nothing here is left half-changed by a panic.
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes something.
pub(crate) fn release(it: &Held) {
    let mut held = held();
    held.retain(|other| other != it);
    it.remove();
}

/// On SIGINT, SIGTERM and SIGHUP: removes all, then exits. The programs end with their input.
pub(crate) fn on_signals() -> Result<()> {
    ctrlc::set_handler(|| {
        let held = held();
        held.iter().for_each(Held::remove);
        eprintln!("\ninterrupted: nothing of the race is left");
        // With the lock still held. 128 + SIGINT, as a shell reports it.
        std::process::exit(130);
    })
    .context("cannot watch for signals")
}

impl Held {
    /// What stays behind is worth a word and no failure.
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
