//! S11 for blocking contestants.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{Context as _, Result};

/// Runs the tasks in this many threads; each thread takes the next task when it finishes one.
pub fn in_threads(
    count: usize,
    tasks: &[Vec<u64>],
    task: impl Fn(&[u64]) -> Result<()> + Sync,
) -> Result<()> {
    let next = AtomicUsize::new(0);
    let worker = || {
        while let Some(ids) = tasks.get(next.fetch_add(1, Ordering::Relaxed)) {
            task(ids)?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..count).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().try_for_each(|it| it.join().ok().context("a thread panicked")?)
    })
}
