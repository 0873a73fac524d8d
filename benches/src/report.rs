//! The answer, as tables.

use std::fmt;
use std::time::Duration;

use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{CellAlignment, Table};

use crate::args::Options;
use crate::stats::Series;
use crate::work::Work;

/// Under what conditions the numbers came about.
pub(crate) fn conditions(options: &Options) -> String {
    let build =
        if cfg!(debug_assertions) { "a debug build: take no times from it" } else { "a release build" };
    let counts =
        if cfg!(feature = "allocations") { "; allocations are counted: take no times from it" } else { "" };
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!(
        "{} run of {build}{counts}; tokio's current_thread runtime; {cores} core(s) to run on.\n\
         Medians of {} turns each; p10–p90 is where eight of ten lie; the ratio is to the first row of each work.",
        options.pace(),
        options.plan().rounds,
    )
}

/// The table of one place.
pub(crate) struct Report {
    title: String,
    table: Table,
}

impl Report {
    /// An empty table.
    pub(crate) fn new(title: String) -> Self {
        let mut table = Table::new();
        table.load_preset(UTF8_FULL_CONDENSED);
        let mut header = vec!["work", "contestant", "median", "p10–p90", "ratio"];
        if cfg!(feature = "allocations") {
            header.push("allocations");
        }
        table.set_header(header);
        for column in table.column_iter_mut().skip(2) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        Report { title, table }
    }

    /// Adds what was measured of one work.
    pub(crate) fn add(&mut self, work: &Work, series: &[Series]) {
        for (position, contestant) in series.iter().enumerate() {
            let spread = format!("{} – {}", time(contestant.percentile(10)), time(contestant.percentile(90)));
            let mut row = vec![
                if position == 0 { work.title() } else { String::new() },
                contestant.contestant.clone(),
                time(contestant.median()),
                spread,
                format!("{:.2}", contestant.ratio(&series[0])),
            ];
            row.extend(contestant.allocations.map(|count| count.to_string()));
            self.table.add_row(row);
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}", self.title, self.table)
    }
}

/// Three digits and a unit.
fn time(time: Duration) -> String {
    let micros = time.as_secs_f64() * 1e6;
    match micros {
        ..1.0 => format!("{:.0} ns", micros * 1e3),
        ..10.0 => format!("{micros:.2} µs"),
        ..100.0 => format!("{micros:.1} µs"),
        ..1_000.0 => format!("{micros:.0} µs"),
        _ => format!("{:.2} ms", micros / 1e3),
    }
}
