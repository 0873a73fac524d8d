//! How many instructions each owner has.

use anyhow::Result;

use super::callgrind::{Cost, Counts};
use super::owner::Owner;

/// Instructions by their owners.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Shares([f64; Owner::ALL.len()]);

/// After so many calls up from where instructions were run, nothing is left to put down to somebody.
const DEPTH: usize = 64;

impl Shares {
    /// Those of a run. What nobody has is put down to the callers, by what their calls took.
    pub(super) fn of(counts: &Counts, mut owner: impl FnMut(u64) -> Result<Option<Owner>>) -> Result<Self> {
        // Nobody here has a library.
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
        // A function that calls itself tells nothing of who called it.
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

    /// What one repetition took, if a run with so many more took this, and one without took that.
    pub(super) fn each(&self, without: &Shares, times: u64) -> Shares {
        let mut each = *self;
        for (share, without) in each.0.iter_mut().zip(without.0) {
            *share = (*share - without).max(0.0) / times as f64;
        }
        each
    }

    /// The instructions of an owner.
    pub(crate) fn count(&self, owner: Owner) -> f64 {
        self.0[owner as usize]
    }

    /// The instructions of all.
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
        // The program and the driver call a vector, which calls an allocator; and so does the program by itself.
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
