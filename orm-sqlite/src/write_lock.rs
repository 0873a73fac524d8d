//! The write lock.

use std::sync::Arc;
use std::time::{Duration, Instant};

use orm_core::{Error, ErrorKind, Result};
use tokio::sync::{Mutex, OwnedMutexGuard};

/// The write lock of one database, for which its connections take turns.
pub(crate) type WriteLock = Arc<Mutex<()>>;

/// The held write lock.
pub(crate) type WriteGuard = OwnedMutexGuard<()>;

/// Acquires the write lock, or gives up.
pub(crate) async fn acquire(lock: &WriteLock, patience: &mut Patience) -> Result<WriteGuard> {
    if let Ok(guard) = lock.clone().try_lock_owned() {
        return Ok(guard);
    }
    tokio::time::timeout(patience.left(), lock.clone().lock_owned()).await.map_err(|_| {
        Error::new(
            ErrorKind::LockTimeout,
            format!(
                "another session of this database holds the write lock, and did not end within {:?}",
                patience.total
            ),
        )
        .with_retry()
    })
}

/// How long to wait for a lock, and how often to try.
pub(crate) struct Patience {
    total: Duration,
    /// The end of the wait; `None` if it is further away than the clock reaches.
    until: Option<Instant>,
    pause: Duration,
}

impl Patience {
    pub(crate) fn new(total: Duration) -> Self {
        Patience { total, until: Instant::now().checked_add(total), pause: Duration::from_millis(1) }
    }

    fn left(&self) -> Duration {
        self.until.map_or(Duration::MAX, |until| until.saturating_duration_since(Instant::now()))
    }

    /// Sleeps until the next attempt; returns `false` if there is no time left.
    pub(crate) async fn wait(&mut self) -> bool {
        let left = self.left();
        if left.is_zero() {
            return false;
        }
        tokio::time::sleep(self.pause.min(left)).await;
        self.pause = (self.pause * 2).min(Duration::from_millis(50));
        true
    }
}
