//! What a turn costs, as the system says it.

use std::fs;
use std::time::Instant;

use anyhow::{Context, Result};

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
        Ok(Meter { cpu: cpu_seconds()?, count: Count::begin(), begun: Instant::now() })
    }

    /// Ends it.
    pub(crate) fn end(self) -> Result<Cost> {
        let wall = self.begun.elapsed().as_secs_f64();
        let allocations = self.count.end();
        Ok(Cost { wall, cpu: cpu_seconds()? - self.cpu, allocations, peak: peak_bytes()? })
    }
}

/// How long the threads of this process have run: the first number of `schedstat`, in nanoseconds (Linux,
/// Documentation/scheduler/sched-stats). It is brought up to date some hundred times a second only, so that sums over many
/// turns are right, and single turns are not. Threads that have ended are not in it: none ends within a turn.
fn cpu_seconds() -> Result<f64> {
    let mut nanoseconds = 0.0;
    for thread in fs::read_dir("/proc/self/task")? {
        let text = fs::read_to_string(thread?.path().join("schedstat"))?;
        let first = text.split_whitespace().next().context("schedstat is empty")?;
        nanoseconds += first.parse::<f64>()?;
    }
    Ok(nanoseconds / 1e9)
}

/// The most memory that this process had in use since the turn began (`VmHWM` of proc(5)).
fn peak_bytes() -> Result<u64> {
    let text = fs::read_to_string("/proc/self/status")?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("no VmHWM in status")?;
    Ok(line.trim().trim_end_matches(" kB").trim().parse::<u64>()? * 1024)
}
