//! Where the work is done, and by which contestants.

use std::env;

use anyhow::{Result, bail};
use contestant::Work;

use crate::args::Options;
use crate::build::Built;
use crate::count::count;
use crate::measure::{Outcome, measure};
use crate::report::{Line, Report, Table};
use crate::runner::Runner;
use crate::server::Server;

/// A kind of place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// SQLite in memory.
    Sqlite,
    /// A MariaDB server.
    MariaDb,
    /// A MySQL server.
    MySql,
    /// No database.
    Nothing,
}

impl Kind {
    /// All of them.
    pub(crate) const ALL: [Kind; 4] = [Kind::Sqlite, Kind::MariaDb, Kind::MySql, Kind::Nothing];

    /// Returns its name on the command line.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Kind::Sqlite => "sqlite",
            Kind::MariaDb => "mariadb",
            Kind::MySql => "mysql",
            Kind::Nothing => "nothing",
        }
    }

    /// Returns the kind with this name.
    pub(crate) fn named(word: &str) -> Result<Self, String> {
        let known = Kind::ALL.into_iter().find(|kind| kind.word() == word);
        known.ok_or_else(|| format!("unknown database `{word}`"))
    }
}

/// A place.
#[derive(Debug)]
pub(crate) struct Place {
    kind: Kind,
    server: Option<Server>,
}

/// Returns the places that are both available and requested.
pub(crate) fn all(options: &Options) -> Result<Vec<Place>> {
    let mut places =
        vec![Place { kind: Kind::Sqlite, server: None }, Place { kind: Kind::Nothing, server: None }];
    // Servers are contacted only if they are needed.
    if [Kind::MariaDb, Kind::MySql].into_iter().any(|kind| options.wants_place(kind)) {
        for url in urls() {
            let server = Server::at(&url)?;
            let kind = if server.is_mariadb() { Kind::MariaDb } else { Kind::MySql };
            places.push(Place { kind, server: Some(server) });
        }
    }
    places.retain(|place| options.wants_place(place.kind));
    places.sort_by_key(|place| Kind::ALL.iter().position(|kind| *kind == place.kind));
    for kind in options.named_places() {
        if !places.iter().any(|place| place.kind == *kind) {
            bail!("no URL for {}: set DATABASE_URL, ORM_TEST_MARIADB or ORM_TEST_MYSQL", kind.word());
        }
    }
    Ok(places)
}

/// Returns the URLs of servers in the environment.
fn urls() -> Vec<String> {
    let given = |name: &str| env::var(name).ok().filter(|url| !url.is_empty());
    if let Some(url) = given("DATABASE_URL").filter(|url| !url.starts_with("sqlite:")) {
        return vec![url];
    }
    ["ORM_TEST_MARIADB", "ORM_TEST_MYSQL"].into_iter().filter_map(given).collect()
}

impl Place {
    /// Returns the server, if there is one.
    pub(crate) fn server(&self) -> Option<&Server> {
        self.server.as_ref()
    }

    /// Measures all work that is done here, and prints each result when it is done.
    pub(crate) fn race(&self, programs: &[Built], options: &Options, report: &mut Report) -> Result<()> {
        let work: Vec<Work> = options.work().into_iter().filter(|work| self.has(work)).collect();
        let mut runners = self.runners(programs)?;
        if work.is_empty() || runners.is_empty() {
            return Ok(());
        }
        let mut table = Table::new(self.title(), baseline(&runners));
        for work in work {
            let outcomes = measure(&mut runners, work, &options.plan());
            table.add(line(&runners, work, outcomes, options));
            eprintln!("{} {}", table.title(), work.title());
        }
        println!("{}", table.markdown());
        report.add(table);
        Ok(())
    }

    fn title(&self) -> String {
        match (&self.server, self.kind) {
            (Some(server), _) => format!("{} over TCP", server.title()),
            (None, Kind::Nothing) => "No database".to_owned(),
            (None, _) => "SQLite in memory".to_owned(),
        }
    }

    fn has(&self, work: &Work) -> bool {
        work.needs_nothing() == (self.kind == Kind::Nothing)
            && (self.server.is_some() || !work.needs_server())
    }

    /// Returns the contestants that can take part, each with a database of its own.
    fn runners(&self, programs: &[Built]) -> Result<Vec<Runner>> {
        let runner = |built: &Built| {
            let entry = built.entrant.entry;
            match &self.server {
                Some(server) if entry.servers => {
                    Some(server.database(&built.name()).map(|database| Runner::on_server(built, database)))
                }
                None if entry.sqlite => Some(Ok(Runner::in_memory(built))),
                _ => None,
            }
        };
        programs.iter().filter_map(runner).collect()
    }
}

/// Returns the baseline of the comparison: a handwritten contestant, or else the first one.
fn baseline(runners: &[Runner]) -> usize {
    runners.iter().position(Runner::is_by_hand).unwrap_or(0)
}

fn line(runners: &[Runner], work: Work, outcomes: Vec<Outcome>, options: &Options) -> Line {
    let mut line = Line::new(work);
    for (runner, outcome) in runners.iter().zip(outcomes) {
        let counted = matches!(outcome, Outcome::Measured(_)) && options.counts();
        let counts = counted.then(|| count(runner, work)).transpose();
        let counts = counts.unwrap_or_else(|error| {
            eprintln!("{}: {}, counted: {error:#}", runner.title(), work.title());
            None
        });
        line.add(runner.title(), outcome, counts);
    }
    line
}
