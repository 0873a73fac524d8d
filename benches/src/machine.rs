//! The machine.

use std::fs;
use std::process::{self, Command};

use anyhow::{Context, Result, bail};

/// Pins this program, and everything it starts from now on, to a processor.
pub(crate) fn pin(cpu: &str) -> Result<()> {
    let id = process::id().to_string();
    let output = Command::new("taskset").args(["-cp", cpu, &id]).output().context("cannot run taskset")?;
    if !output.status.success() {
        bail!("taskset: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(())
}

/// Describes the processor, cores, memory and kernel in one line.
pub(crate) fn describe() -> Result<String> {
    let processors = fs::read_to_string("/proc/cpuinfo")?;
    let model = field(&processors, "model name").unwrap_or("an unnamed processor");
    let cores = processors.lines().filter(|line| line.starts_with("processor")).count();
    let memory = fs::read_to_string("/proc/meminfo")?;
    let memory =
        field(&memory, "MemTotal").and_then(|total| total.trim_end_matches(" kB").parse::<f64>().ok());
    let memory = memory.context("/proc/meminfo has no MemTotal")? / (1024.0 * 1024.0);
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease")?;
    Ok(format!("{model}, {cores} core(s), {memory:.0} GiB of memory, Linux {}", kernel.trim()))
}

/// Returns the text after a name and a colon.
fn field<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.lines().find_map(|line| line.strip_prefix(name)?.trim_start().strip_prefix(':')).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::{describe, field};

    #[test]
    fn fields_have_a_name_and_a_colon() {
        assert_eq!(field("model\t: 1\nmodel name\t: EPYC\n", "model name"), Some("EPYC"));
    }

    #[test]
    fn this_machine_can_be_described() -> anyhow::Result<()> {
        assert!(describe()?.contains("core(s)"));
        Ok(())
    }
}
