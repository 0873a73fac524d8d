//! Answers: tables to print, and a digest to compare runs.

use std::fmt;

use comfy_table::{Table, presets};

/// The answer to one question.
pub(crate) struct Answer {
    title: &'static str,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
    note: Option<String>,
}

impl Answer {
    /// Creates an answer without rows.
    pub(crate) fn new<C: Into<String>>(title: &'static str, columns: impl IntoIterator<Item = C>) -> Self {
        let columns = columns.into_iter().map(Into::into).collect();
        Answer { title, columns, rows: Vec::new(), note: None }
    }

    /// Adds rows.
    pub(crate) fn rows<R: IntoIterator<Item = String>>(mut self, rows: impl IntoIterator<Item = R>) -> Self {
        self.rows.extend(rows.into_iter().map(|row| row.into_iter().collect::<Vec<_>>()));
        self
    }

    /// Adds a line under the table.
    pub(crate) fn note(mut self, note: String) -> Self {
        self.note = Some(note);
        self
    }

    /// Returns everything that depends on the data.
    fn cells(&self) -> impl Iterator<Item = &String> {
        self.columns.iter().chain(self.rows.iter().flatten()).chain(&self.note)
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table = Table::new();
        table.load_preset(presets::UTF8_HORIZONTAL_ONLY).set_header(&self.columns).add_rows(&self.rows);
        writeln!(f, "{}\n{table}", self.title)?;
        self.note.iter().try_for_each(|note| writeln!(f, "{note}"))
    }
}

/// A hash of the cells of all answers: equal on every backend if the answers are.
#[derive(Default)]
pub(crate) struct Digest {
    cells: usize,
    hash: u64,
}

impl Digest {
    /// Adds the cells of an answer.
    pub(crate) fn add(&mut self, answer: &Answer) {
        for cell in answer.cells() {
            self.cells += 1;
            // FNV-1a, which is the same in every version of Rust. The 0 separates the cells.
            for byte in cell.bytes().chain([0]) {
                self.hash = (self.hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} cells, digest {:016x}", self.cells, self.hash)
    }
}
