//! The cost of a turn, as measured by the operating system.

use std::fs;
use std::time::Instant;

use anyhow::{Context, Result};
use rustix::time::{ClockId, clock_gettime};

use crate::allocations::Count;
use crate::protocol::Cost;

/// Measures a turn in progress.
pub(crate) struct Meter {
    begun: Instant,
    cpu: f64,
    count: Count,
}

impl Meter {
    /// Starts measuring.
    pub(crate) fn begin() -> Result<Self> {
        // Resets the peak (Linux, Documentation/filesystems/proc).
        fs::write("/proc/self/clear_refs", "5")?;
        Ok(Meter { cpu: cpu_seconds(), count: Count::begin(), begun: Instant::now() })
    }

    /// Stops, and returns the cost.
    pub(crate) fn end(self) -> Result<Cost> {
        let wall = self.begun.elapsed().as_secs_f64();
        let allocations = self.count.end();
        Ok(Cost { wall, cpu: cpu_seconds() - self.cpu, allocations, peak: peak_bytes()? })
    }
}

/// Returns the CPU time of this process, including that of finished threads.
fn cpu_seconds() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// Returns the peak memory of this process since the turn began (`VmHWM` of proc(5)).
fn peak_bytes() -> Result<u64> {
    let text = fs::read_to_string("/proc/self/status")?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("no VmHWM in status")?;
    Ok(line.trim().trim_end_matches(" kB").trim().parse::<u64>()? * 1024)
}
