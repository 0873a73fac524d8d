//! What does not take a clock: allocations and memory, by programs that count.

use std::time::Duration;

use anyhow::{Context as _, Result};
use contestant::Work;

use crate::runner::Runner;

/// What one repetition took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Count {
    pub(crate) allocations: f64,
    /// Bytes that the program had at most.
    pub(crate) peak: u64,
}

const LIMIT: Duration = Duration::from_secs(60);

/// Counts what a work takes, in a program of its own, so that nothing is left in its memory of work that was done before.
pub(crate) fn count(runner: &Runner, work: Work) -> Result<Count> {
    let mut runner = runner.counting();
    runner.prepare(work)?;
    // Some differ from time to time, but what is large is the same each time.
    let times = if work.rows > 1_000 { 1 } else { 16 };
    let cost = runner.run(times, LIMIT)?;
    let allocations = cost.allocations.context("the program does not count")?;
    Ok(Count { allocations: allocations as f64 / times as f64, peak: cost.peak })
}
