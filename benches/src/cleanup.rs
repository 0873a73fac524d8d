//! What must be gone when the race ends: the databases that it made.
//!
//! Values drop them when they are dropped themselves, which covers errors; a signal drops nothing, so they are also listed
//! here.

use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result};

use crate::server::Database;

static HELD: Mutex<Vec<Database>> = Mutex::new(Vec::new());

/// The databases that there are now. Locked by whoever makes one, so that none is made while the handler drops them.
pub(crate) fn held() -> MutexGuard<'static, Vec<Database>> {
    // Nothing here is left half-changed by a panic.
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// On SIGINT, SIGTERM and SIGHUP: drops the databases, then exits. The programs end with their input.
pub(crate) fn on_signals() -> Result<()> {
    ctrlc::set_handler(|| {
        let held = held();
        for database in held.iter() {
            if let Err(error) = database.drop_it() {
                eprintln!("warning: the database {} stays: {error:#}", database.name());
            }
        }
        eprintln!("\ninterrupted: the databases of the race are dropped");
        // With the lock still held. 128 + SIGINT, as a shell reports it.
        std::process::exit(130);
    })
    .context("cannot watch for signals")
}
