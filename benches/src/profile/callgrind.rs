//! The output of callgrind: how often each instruction was executed, and which functions called which.

use std::collections::HashMap;

use anyhow::{Context as _, Result};

/// Nothing is abbreviated, which makes parsing simpler, and each instruction has a line.
pub(super) const OPTIONS: [&str; 5] =
    ["--tool=callgrind", "--dump-instr=yes", "--compress-strings=no", "--compress-pos=no", "--demangle=no"];

/// The instruction counts of a run.
#[derive(Debug, Default)]
pub(super) struct Counts {
    /// The instructions executed.
    pub(super) costs: Vec<Cost>,
    /// The calls made.
    pub(super) calls: Vec<Call>,
    /// The number of functions: each number below is less.
    pub(super) functions: usize,
}

/// How often an instruction was executed.
#[derive(Debug, PartialEq)]
pub(super) struct Cost {
    pub(super) function: usize,
    /// Its address in the program; `None` if it is in a library.
    pub(super) address: Option<u64>,
    pub(super) count: u64,
}

/// The calls of a function by an instruction: the cost includes that of the call, and of what the function executed for
/// it.
#[derive(Debug, PartialEq)]
pub(super) struct Call {
    pub(super) by: Cost,
    pub(super) function: usize,
}

impl Counts {
    /// Parses the output of callgrind.
    pub(super) fn read(text: &str, program: &str) -> Result<Self> {
        let mut counts = Counts::default();
        let mut known = HashMap::new();
        let mut number = |object, name| {
            let next = known.len();
            *known.entry((object, name)).or_insert(next)
        };
        let (mut object, mut function) = ("", 0);
        // Of the next call.
        let (mut other_object, mut called) = (None, None);
        for line in text.lines() {
            match line.split_once('=') {
                Some(("ob", name)) => object = name,
                Some(("fn", name)) => function = number(object, name),
                Some(("cob", name)) => other_object = Some(name),
                Some(("cfn", name)) => called = Some(number(other_object.take().unwrap_or(object), name)),
                _ if line.starts_with("0x") => {
                    let (address, count) =
                        position(line).with_context(|| format!("callgrind wrote `{line}`"))?;
                    let address = (object == program).then_some(address);
                    let by = Cost { function, address, count };
                    match called.take() {
                        Some(function) => counts.calls.push(Call { by, function }),
                        None => counts.costs.push(by),
                    }
                }
                _ => {}
            }
        }
        counts.functions = known.len();
        Ok(counts)
    }
}

/// Returns the address and the count of a line; the source line number is between them.
fn position(line: &str) -> Option<(u64, u64)> {
    let mut words = line.strip_prefix("0x")?.split(' ');
    let address = u64::from_str_radix(words.next()?, 16).ok()?;
    Some((address, words.nth(1)?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::{Call, Cost, Counts};

    const WRITTEN: &str = "\
positions: instr line
events: Ir

ob=/race/wire
fl=main.rs
fn=main
0x10 1 5
fi=vec.rs
0x14 7 2
cob=/lib/libc.so.6
cfi=malloc.c
cfn=malloc
calls=3 0x99 0
0x18 2 60
cfn=help
calls=1 0x40 0
0x1c 3 9

ob=/lib/libc.so.6
fn=malloc
0x99 0 60
";

    #[test]
    fn costs_and_calls_are_told_apart() -> anyhow::Result<()> {
        let counts = Counts::read(WRITTEN, "/race/wire")?;
        let cost = |function, address, count| Cost { function, address, count };
        assert_eq!(counts.costs, [cost(0, Some(0x10), 5), cost(0, Some(0x14), 2), cost(1, None, 60)]);
        let call = |by, function| Call { by, function };
        assert_eq!(counts.calls, [call(cost(0, Some(0x18), 60), 1), call(cost(0, Some(0x1c), 9), 2)]);
        assert_eq!(counts.functions, 3);
        Ok(())
    }

    #[test]
    fn what_is_no_count_is_shown() {
        let error = Counts::read("0x10 1", "").err().map(|error| error.to_string());
        assert_eq!(error.as_deref(), Some("callgrind wrote `0x10 1`"));
    }
}
