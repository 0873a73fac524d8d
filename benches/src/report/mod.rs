//! The report: tables on the terminal, and pages with a chart for the repository.

mod builds;
mod chart;
mod format;
mod page;
mod profile;
mod table;

pub(crate) use table::{Line, Table};

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::args::Options;
use crate::build::Built;
use crate::builds::Builds;
use crate::profile::Measured;
use crate::{machine, project, versions};

/// All results of a race.
#[derive(Debug)]
pub(crate) struct Report {
    /// The conditions of the measurement, a line each.
    conditions: Vec<String>,
    /// Each contestant's title, the versions of its crates, and how it is used.
    contestants: Vec<[String; 3]>,
    /// The contestants that could not take part, and the reason.
    left_out: Vec<[String; 2]>,
    tables: Vec<Table>,
    /// The build measurements of each contestant's ten entities.
    builds: Vec<(String, Builds)>,
}

impl Report {
    /// Starts the report of a race.
    pub(crate) fn begin(options: &Options) -> Result<Self> {
        let pinned = match &options.pin {
            Some(cpu) => format!("Driver and programs were kept on processor {cpu}."),
            None => "Nothing was kept on a processor by the driver.".to_owned(),
        };
        let profile = match options.builds {
            true => "the profiles of cargo, as they are",
            false => "profile release with thin LTO and one codegen unit",
        };
        let conditions = vec![
            format!("{}, UTC.", chrono::Utc::now().format("%Y-%m-%d %H:%M")),
            format!("{}.", machine::describe()?),
            format!("{}; {profile}.", versions::rustc()?),
            pinned,
            format!("Revision {}; arguments: `{}`.", versions::revision()?, options.line),
        ];
        Ok(Report {
            conditions,
            contestants: Vec::new(),
            left_out: Vec::new(),
            tables: Vec::new(),
            builds: Vec::new(),
        })
    }

    /// Adds the contestants that take part.
    pub(crate) fn take_part(&mut self, programs: &[Built]) -> Result<()> {
        for Built { entrant, .. } in programs {
            let how = entrant.entry.how.to_owned();
            self.contestants.push([entrant.title.clone(), versions::of(entrant)?, how]);
        }
        Ok(())
    }

    /// Adds a contestant that cannot take part.
    pub(crate) fn left_out(&mut self, title: &str, why: &str) {
        self.left_out.push([title.to_owned(), why.to_owned()]);
    }

    /// Adds the table of a place.
    pub(crate) fn add(&mut self, table: Table) {
        self.tables.push(table);
    }

    /// Adds the build measurements of a contestant's ten entities.
    pub(crate) fn add_builds(&mut self, title: &str, builds: Builds) {
        self.builds.push((title.to_owned(), builds));
    }

    /// Writes `benches/RESULTS.md` and `benches/results.svg`.
    pub(crate) fn write(&self) -> Result<()> {
        let folder = project::root().join("benches");
        write(&folder.join("RESULTS.md"), &page::page(self))?;
        write(&folder.join("results.svg"), &chart::chart(&self.tables))
    }

    /// Writes `benches/BUILDS.md`.
    pub(crate) fn write_builds(&self) -> Result<()> {
        write(&project::root().join("benches/BUILDS.md"), &builds::page(self))
    }

    /// Prints the instructions of work on a server by owner, and writes `benches/PROFILE.md`.
    pub(crate) fn write_profile(&self, server: &str, measured: &[Measured]) -> Result<()> {
        println!("{}", profile::table(measured));
        write(&project::root().join("benches/PROFILE.md"), &profile::page(self, server, measured))
    }
}

fn write(file: &Path, text: &str) -> Result<()> {
    fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))?;
    eprintln!("wrote {}", file.display());
    Ok(())
}

#[cfg(test)]
mod tests {
    use contestant::{Cost, Work};

    use super::{Line, Report, Table, chart, page};
    use crate::builds::{Builds, Took};
    use crate::count::Count;
    use crate::measure::Outcome;
    use crate::stats::Series;

    fn measured(turns: &[f64]) -> Outcome {
        let mut series = Series::default();
        for &wall in turns {
            series.add(&Cost { wall, cpu: wall / 2.0, allocations: None, peak: 0 }, 1);
        }
        Outcome::Measured(series)
    }

    fn table() -> Table {
        let mut table = Table::new("SQLite in memory".to_owned(), 0);
        let mut load = Line::new(Work::ALL[0]);
        let count = Count { allocations: 12.0, peak: 3 << 20 };
        load.add("rusqlite by hand", measured(&[1e-6, 1.1e-6, 1e-6]), Some(count));
        load.add("orm", measured(&[1.5e-6, 1.65e-6, 2e-6]), Some(count));
        load.add("slow & old", measured(&[2e-4, 2e-4, 2e-4]), None);
        table.add(load);
        let mut pairs = Line::new(Work::ALL[3]);
        pairs.add("rusqlite by hand", measured(&[2e-3]), None);
        pairs.add("orm", Outcome::Failed("the table is gone; it was here\nbefore".to_owned()), None);
        pairs.add("slow & old", Outcome::Not, None);
        table.add(pairs);
        table
    }

    fn builds() -> Builds {
        let took = |wall| Took { wall, cpu: wall * 2.0 };
        let (clean, check, again, release) = (took(30.0), took(0.25), took(0.5), took(60.0));
        Builds { clean, check, again, release, size: 4 << 20, crates: 101 }
    }

    #[test]
    fn a_page_has_all_that_counts() {
        let report = Report {
            conditions: vec!["2026-01-01, UTC.".to_owned()],
            contestants: vec![["orm".to_owned(), "orm 0.1.0".to_owned(), "through the pool".to_owned()]],
            left_out: vec![["sqlx".to_owned(), "it does not build:\nerror: no".to_owned()]],
            tables: vec![table()],
            builds: vec![("orm".to_owned(), builds())],
        };
        insta::assert_snapshot!(page::page(&report));
        insta::assert_snapshot!("builds", super::builds::page(&report));
    }

    #[test]
    fn a_chart_has_a_mark_for_each_ratio() {
        let chart = chart::chart(&[table()]);
        // Three are in the legend.
        assert_eq!(chart.matches("class=\"mark\"").count(), 3 + 4);
        insta::assert_snapshot!(chart);
    }
}
