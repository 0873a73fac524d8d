//! The number of instructions of each owner.

use anyhow::Result;

use super::callgrind::{Cost, Counts};
use super::owner::Owner;

/// Instruction counts by owner.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Shares([f64; Owner::ALL.len()]);

/// The maximum number of call levels up from where instructions were executed; after that, nothing is left to
/// attribute.
const DEPTH: usize = 64;

impl Shares {
    /// Attributes the instructions of a run. Those without an owner are attributed to the callers, in proportion to the
    /// cost of their calls.
    pub(super) fn of(counts: &Counts, mut owner: impl FnMut(u64) -> Result<Option<Owner>>) -> Result<Self> {
        // Libraries have no owner here.
        let mut owner = |cost: &Cost| cost.address.map_or(Ok(None), &mut owner);
        let mut shares = Shares::default();
        let mut pending = vec![0.0; counts.functions];
        for cost in &counts.costs {
            match owner(cost)? {
                Some(owner) => shares.add(owner, cost.count as f64),
                None => pending[cost.function] += cost.count as f64,
            }
        }
        let mut called = vec![0.0; counts.functions];
        let mut calls = Vec::with_capacity(counts.calls.len());
        // A recursive call says nothing about who called the function.
        for call in counts.calls.iter().filter(|call| call.by.function != call.function) {
            called[call.function] += call.by.count as f64;
            calls.push((call, owner(&call.by)?));
        }
        for _ in 0..DEPTH {
            let mut above = vec![0.0; counts.functions];
            for (call, owner) in &calls {
                let part = pending[call.function] * call.by.count as f64 / called[call.function].max(1.0);
                match owner {
                    Some(owner) => shares.add(*owner, part),
                    None => above[call.by.function] += part,
                }
            }
            pending = above;
        }
        Ok(shares)
    }

    fn add(&mut self, owner: Owner, count: f64) {
        self.0[owner as usize] += count;
    }

    /// Returns the cost of one repetition, given that `self` is a run with this many more repetitions than `without`.
    pub(super) fn each(&self, without: &Shares, times: u64) -> Shares {
        let mut each = *self;
        for (share, without) in each.0.iter_mut().zip(without.0) {
            *share = (*share - without).max(0.0) / times as f64;
        }
        each
    }

    /// Returns the instructions of an owner.
    pub(crate) fn count(&self, owner: Owner) -> f64 {
        self.0[owner as usize]
    }

    /// Returns the instructions of all owners.
    pub(crate) fn all(&self) -> f64 {
        self.0.iter().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::super::callgrind::{Call, Cost, Counts};
    use super::{Owner, Shares};

    #[test]
    fn what_a_library_does_is_its_callers() -> anyhow::Result<()> {
        let cost = |function, address, count| Cost { function, address, count };
        // The program and the driver call a vector, which calls an allocator; the program also calls the allocator
        // directly.
        let (program, driver, vector, allocator) = (0, 1, 2, 3);
        let counts = Counts {
            costs: vec![
                cost(program, Some(10), 5),
                cost(driver, Some(20), 7),
                cost(vector, Some(30), 40),
                cost(allocator, None, 100),
            ],
            calls: vec![
                Call { by: cost(program, Some(10), 30), function: vector },
                Call { by: cost(driver, Some(20), 90), function: vector },
                Call { by: cost(vector, Some(30), 80), function: allocator },
                Call { by: cost(program, Some(10), 20), function: allocator },
                Call { by: cost(allocator, None, 50), function: allocator },
            ],
            functions: 4,
        };
        let owner =
            |address| Ok([None, Some(Owner::Program), Some(Owner::Driver), None][address as usize / 10]);
        let shares = Shares::of(&counts, owner)?;
        assert_eq!(shares.count(Owner::Program), 5.0 + 20.0 + 120.0 / 4.0);
        assert_eq!(shares.count(Owner::Driver), 7.0 + 120.0 * 3.0 / 4.0);
        assert_eq!(shares.all(), 152.0);
        Ok(())
    }
}
