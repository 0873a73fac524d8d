//! Measurements other than time: allocations and memory, by programs that count them.

use std::time::Duration;

use anyhow::{Context as _, Result};
use contestant::Work;

use crate::runner::Runner;

/// The cost of one repetition.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Count {
    pub(crate) allocations: f64,
    /// Peak memory of the program, in bytes.
    pub(crate) peak: u64,
}

const LIMIT: Duration = Duration::from_secs(60);

/// Counts the cost of a work in a fresh program, so that no memory of earlier work remains in it.
pub(crate) fn count(runner: &Runner, work: Work) -> Result<Count> {
    let mut runner = runner.counting();
    runner.prepare(work)?;
    // Small counts vary from run to run, large ones do not.
    let times = if work.rows > 1_000 { 1 } else { 16 };
    let cost = runner.run(times, LIMIT)?;
    let allocations = cost.allocations.context("the contestant does not count instructions")?;
    Ok(Count { allocations: allocations as f64 / times as f64, peak: cost.peak })
}
