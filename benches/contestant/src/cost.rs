//! What a turn costs, as the system says it.

use std::fs;
use std::time::Instant;

use anyhow::{Context, Result};
use rustix::time::{ClockId, clock_gettime};

use crate::allocations::Count;
use crate::protocol::Cost;

/// A turn that has begun.
pub(crate) struct Meter {
    begun: Instant,
    cpu: f64,
    count: Count,
}

impl Meter {
    /// Begins a turn.
    pub(crate) fn begin() -> Result<Self> {
        // The peak begins anew (Linux, Documentation/filesystems/proc).
        fs::write("/proc/self/clear_refs", "5")?;
        Ok(Meter { cpu: cpu_seconds(), count: Count::begin(), begun: Instant::now() })
    }

    /// Ends it.
    pub(crate) fn end(self) -> Result<Cost> {
        let wall = self.begun.elapsed().as_secs_f64();
        let allocations = self.count.end();
        Ok(Cost { wall, cpu: cpu_seconds() - self.cpu, allocations, peak: peak_bytes()? })
    }
}

/// How long the threads of this process have run, those that have ended included.
fn cpu_seconds() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// The most memory that this process had in use since the turn began (`VmHWM` of proc(5)).
fn peak_bytes() -> Result<u64> {
    let text = fs::read_to_string("/proc/self/status")?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("no VmHWM in status")?;
    Ok(line.trim().trim_end_matches(" kB").trim().parse::<u64>()? * 1024)
}
