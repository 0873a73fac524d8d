//! Which row belongs to which key.

use super::pile::Pile;

/// The key number of each row, run-length encoded.
#[derive(Debug, Default)]
pub(super) struct Runs {
    runs: Pile<Run>,
}

/// A run of consecutive rows with the same key.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    pub(super) number: usize,
    pub(super) rows: usize,
}

impl Runs {
    pub(super) fn push(&mut self, run: Run) {
        self.runs.push(run);
    }

    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = Run> {
        self.runs.iter().copied()
    }

    /// Returns the number of each row, freeing memory on the way.
    pub(super) fn into_numbers(self) -> impl Iterator<Item = usize> {
        self.runs.into_rows().flat_map(|run| std::iter::repeat_n(run.number, run.rows))
    }

    /// Whether the rows of each of the `keys` keys are contiguous.
    pub(super) fn are_whole(&self, keys: usize) -> bool {
        let mut seen = vec![false; keys];
        self.iter().all(|run| !std::mem::replace(&mut seen[run.number], true))
    }
}
