//! The table of results of a place.

use contestant::Work;

use super::format;
use crate::count::Count;
use crate::measure::Outcome;
use crate::stats::{Series, Spread};

/// The result of one contestant at one work.
#[derive(Debug)]
struct Entry {
    contestant: String,
    outcome: Outcome,
    count: Option<Count>,
}

/// The results of one work.
#[derive(Debug)]
pub(crate) struct Line {
    work: Work,
    entries: Vec<Entry>,
}

/// The results of all work at a place.
#[derive(Debug)]
pub(crate) struct Table {
    title: String,
    /// The contestant that the others are compared with.
    baseline: usize,
    lines: Vec<Line>,
}

const HEADER: [&str; 9] = [
    "work",
    "contestant",
    "median",
    "p10 – p90",
    "ratio",
    "p10 – p90",
    "client CPU",
    "allocations",
    "peak memory",
];

impl Line {
    /// Returns a line without results yet.
    pub(crate) fn new(work: Work) -> Self {
        Line { work, entries: Vec::new() }
    }

    /// Adds a contestant's result.
    pub(crate) fn add(&mut self, contestant: &str, outcome: Outcome, count: Option<Count>) {
        self.entries.push(Entry { contestant: contestant.to_owned(), outcome, count });
    }

    /// Returns the title of the work.
    pub(super) fn title(&self) -> String {
        self.work.title()
    }
}

impl Entry {
    fn series(&self) -> Option<&Series> {
        match &self.outcome {
            Outcome::Measured(series) => Some(series),
            Outcome::Not | Outcome::Failed(_) => None,
        }
    }

    fn row(&self, baseline: Option<&Series>) -> Option<Vec<String>> {
        let mut row = vec![String::new(), self.contestant.clone()];
        match &self.outcome {
            Outcome::Not => return None,
            Outcome::Failed(_) => row.push("failed".to_owned()),
            Outcome::Measured(series) => {
                row.extend(spread(series.time(), format::time));
                row.extend(spread(baseline.and_then(|baseline| series.ratio(baseline)), format::ratio));
                row.push(format::time(series.cpu()));
                row.extend(self.count.map(|count| format!("{:.0}", count.allocations)));
                row.extend(self.count.map(|count| format::memory(count.peak)));
            }
        }
        row.resize(HEADER.len(), "–".to_owned());
        Some(row)
    }
}

fn spread(spread: Option<Spread>, format: fn(f64) -> String) -> [String; 2] {
    match spread {
        Some(Spread { median, p10, p90 }) => [format(median), format!("{} – {}", format(p10), format(p90))],
        None => ["–", "–"].map(str::to_owned),
    }
}

impl Table {
    /// Returns an empty table.
    pub(crate) fn new(title: String, baseline: usize) -> Self {
        Table { title, baseline, lines: Vec::new() }
    }

    /// Returns the place.
    pub(crate) fn title(&self) -> &str {
        &self.title
    }

    /// Adds the results of a work.
    pub(crate) fn add(&mut self, line: Line) {
        self.lines.push(line);
    }

    /// Returns the lines, one for each work.
    pub(super) fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Returns the contestants that were compared at a work, with their ratios.
    pub(super) fn ratios<'a>(&'a self, line: &'a Line) -> impl Iterator<Item = (&'a str, Spread)> {
        let baseline = self.baseline(line);
        let ratio = move |entry: &'a Entry| Some((&*entry.contestant, entry.series()?.ratio(baseline?)?));
        line.entries.iter().filter_map(ratio)
    }

    fn baseline<'a>(&self, line: &'a Line) -> Option<&'a Series> {
        line.entries.get(self.baseline).and_then(Entry::series)
    }

    /// Returns the table in Markdown that also reads well on a terminal, and the failures.
    pub(crate) fn markdown(&self) -> String {
        let mut rows = vec![HEADER.map(str::to_owned).to_vec()];
        let mut failures = Vec::new();
        for line in &self.lines {
            let first = rows.len();
            rows.extend(line.entries.iter().filter_map(|entry| entry.row(self.baseline(line))));
            if let Some(row) = rows.get_mut(first) {
                row[0] = line.title();
            }
            failures.extend(line.entries.iter().filter_map(|entry| match &entry.outcome {
                Outcome::Failed(message) => {
                    Some(format!("- {}, {}: {}", entry.contestant, line.title(), format::sentence(message)))
                }
                Outcome::Measured(_) | Outcome::Not => None,
            }));
        }
        let mut text = format!("## {}\n\n{}", self.title, aligned(&rows, 2));
        if !failures.is_empty() {
            text.push_str(&format!("\nFailed:\n\n{}\n", failures.join("\n")));
        }
        text
    }
}

/// Returns a Markdown table whose columns are aligned: the first `texts` of them as text, the others as numbers. The
/// first row is the header.
pub(super) fn aligned(rows: &[Vec<String>], texts: usize) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for (at, row) in rows.iter().enumerate() {
        for (column, (cell, &width)) in row.iter().zip(&widths).enumerate() {
            text.push_str(&match column < texts {
                true => format!("| {cell:width$} "),
                false => format!("| {cell:>width$} "),
            });
        }
        text.push_str("|\n");
        if at == 0 {
            for (column, &width) in widths.iter().enumerate() {
                let end = if column < texts { '-' } else { ':' };
                text.push_str(&format!("|{}{end}", "-".repeat(width + 1)));
            }
            text.push_str("|\n");
        }
    }
    text
}
