//! Which row belongs to which key.

use super::pile::Pile;

/// The number of a key for each row.
#[derive(Debug, Default)]
pub(super) struct Runs {
    runs: Pile<Run>,
}

/// Rows of one key, side by side.
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

    /// The number for each row; memory is given back on the way.
    pub(super) fn into_numbers(self) -> impl Iterator<Item = usize> {
        self.runs.into_rows().flat_map(|run| std::iter::repeat_n(run.number, run.rows))
    }

    /// Whether no key, of which there are so many, has rows in two places.
    pub(super) fn are_whole(&self, keys: usize) -> bool {
        let mut seen = vec![false; keys];
        self.iter().all(|run| !std::mem::replace(&mut seen[run.number], true))
    }
}
