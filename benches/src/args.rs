//! The command line: its options and their help.

use contestant::{Scenario, Work};

use crate::measure::Plan;
use crate::places::Kind;
use crate::profile;
use crate::roster::{ENTRIES, Entry};

/// Printed for `--help` and after a usage error.
pub(crate) const HELP: &str = "\
Benchmarks: `orm`, its peers and the bare drivers, each a program of its own, take turns at the same work.

cargo run --release -p orm-benches -- [OPTIONS]
  --quick              fewer turns, smaller sizes, no allocation counts: two minutes, and more noise
  --only LIST          some of s1,s2,s3,s4,s5,s6,s6a,s7,s8,s9,s10,s11,s12a,s12b,s13,s14,s15,s16,s17
  --on LIST            some of sqlite,mariadb,mysql,nothing
  --contestants LIST   some of orm,orm+direct,mysql_async,rusqlite,mysql,diesel,diesel_async,sqlx,sea_orm,toasty,wire
  --compare REVISION   compares the working tree with this git revision of itself, and with nothing else
  --builds             measures builds of a program with ten entities, and writes benches/BUILDS.md; half an hour
  --profile            counts instructions per crate for the work on a server, and writes benches/PROFILE.md; needs valgrind
  --pin CPU            pins this program and the contestants to this CPU
  --write              writes benches/RESULTS.md and benches/results.svg

In-memory SQLite is always available. The servers are that of DATABASE_URL, or else those of ORM_TEST_MARIADB and ORM_TEST_MYSQL;
each contestant has a database of its own there, which is dropped at the end. To start temporary servers:

  cargo xtask servers -- cargo run --release -p orm-benches

s1   load N users                  s2   N users and posts, joined      s3   insert N users, one statement
s4   users, posts, comments        s5   one user by key                s6   build and render a query
s6a  build a query only            s7   begin, update one, commit      s8   update one by key
s9   upsert 100 accounts           s10  users by a list of keys        s11  64 tasks on 16 connections
s12a commit N new users            s12b commit N changed rows          s13  stream N users
s14  open, one user by key         s15  load N users in bulk           s16  one user by SQL
s17  one user that a session holds";

/// The parsed command line.
#[derive(Debug, PartialEq)]
pub(crate) enum Asked {
    /// Run a race.
    Race(Options),
    /// Print the help.
    Help,
}

/// What to measure, for how long, and where.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Options {
    /// The arguments as typed.
    pub(crate) line: String,
    pub(crate) quick: bool,
    /// The revision to compare with.
    pub(crate) compare: Option<String>,
    /// Whether to measure builds instead of running a race.
    pub(crate) builds: bool,
    /// Whether to count instructions instead of measuring time.
    pub(crate) profile: bool,
    /// The processor to pin to.
    pub(crate) pin: Option<String>,
    /// Whether to write the results to files.
    pub(crate) write: bool,
    only: Option<Vec<Scenario>>,
    on: Option<Vec<Kind>>,
    contestants: Option<Vec<&'static str>>,
}

impl Options {
    /// Returns the requested work, in order.
    pub(crate) fn work(&self) -> Vec<Work> {
        let wanted = |work: &&Work| self.only.as_ref().is_none_or(|only| only.contains(&work.scenario));
        let size = |work: &Work| if self.quick { work.quick() } else { *work };
        Work::ALL.iter().filter(wanted).map(size).collect()
    }

    /// Returns whether to run in this kind of place.
    pub(crate) fn wants_place(&self, kind: Kind) -> bool {
        self.on.as_ref().is_none_or(|on| on.contains(&kind))
    }

    /// Returns the places that were named explicitly, and therefore have to be available.
    pub(crate) fn named_places(&self) -> &[Kind] {
        self.on.as_deref().unwrap_or_default()
    }

    /// Returns whether this contestant takes part.
    pub(crate) fn wants(&self, entry: &Entry) -> bool {
        self.contestants.as_ref().is_none_or(|names| names.contains(&entry.name))
            && (!self.profile || profile::CONTESTANTS.contains(&entry.name))
    }

    /// Returns whether contestants were named explicitly, and therefore have to be available.
    pub(crate) fn names_contestants(&self) -> bool {
        self.contestants.is_some()
    }

    /// Returns whether to count allocations and memory as well.
    pub(crate) fn counts(&self) -> bool {
        !self.quick && !self.profile
    }

    /// Returns how long to measure.
    pub(crate) fn plan(&self) -> Plan {
        if self.quick { Plan::QUICK } else { Plan::FULL }
    }
}

/// Parses the arguments.
pub(crate) fn parse(words: impl Iterator<Item = String>) -> Result<Asked, String> {
    let words: Vec<String> = words.collect();
    let mut options = Options { line: words.join(" "), ..Options::default() };
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("`{word}` needs a value"));
        match word.as_str() {
            "--quick" => options.quick = true,
            "--write" => options.write = true,
            "--builds" => options.builds = true,
            "--profile" => options.profile = true,
            "--compare" => options.compare = Some(value()?),
            "--pin" => options.pin = Some(value()?),
            "--only" => options.only = Some(list(&value()?, scenario)?),
            "--on" => options.on = Some(list(&value()?, Kind::named)?),
            "--contestants" => options.contestants = Some(list(&value()?, contestant)?),
            "-h" | "--help" => return Ok(Asked::Help),
            _ => return Err(format!("unknown option `{word}`")),
        }
    }
    if options.compare.is_some() && (options.write || options.contestants.is_some()) {
        return Err("`--compare` cannot be combined with `--contestants` or `--write`".to_owned());
    }
    for (word, asked) in [("--profile", options.profile), ("--builds", options.builds)] {
        let several = options.profile && options.builds;
        if asked && (options.write || several || options.compare.is_some()) {
            return Err(format!(
                "`{word}` cannot be combined with `--profile`, `--builds`, `--compare` or `--write`"
            ));
        }
    }
    Ok(Asked::Race(options))
}

fn list<T>(words: &str, read: fn(&str) -> Result<T, String>) -> Result<Vec<T>, String> {
    words.split(',').map(read).collect()
}

fn scenario(word: &str) -> Result<Scenario, String> {
    let known = Scenario::all().find(|scenario| scenario.key().eq_ignore_ascii_case(word));
    known.ok_or_else(|| format!("unknown work `{word}`"))
}

fn contestant(word: &str) -> Result<&'static str, String> {
    let known = ENTRIES.iter().find(|entry| entry.name == word);
    known.map(|entry| entry.name).ok_or_else(|| format!("unknown contestant `{word}`"))
}

#[cfg(test)]
mod tests {
    use contestant::Scenario;

    use super::{Asked, HELP, Kind, Options, parse};
    use crate::roster::ENTRIES;

    fn read(line: &str) -> Result<Options, String> {
        match parse(line.split_whitespace().map(String::from))? {
            Asked::Race(options) => Ok(options),
            Asked::Help => Err("help".to_owned()),
        }
    }

    #[test]
    fn everything_is_wanted_unless_something_is_named() -> Result<(), String> {
        let all = read("--quick")?;
        assert!(all.quick && all.wants_place(Kind::MySql) && ENTRIES.iter().all(|entry| all.wants(entry)));
        assert!(Scenario::all().all(|scenario| all.work().iter().any(|work| work.scenario == scenario)));
        let some = read("--only s5,S7 --on sqlite --contestants orm,rusqlite --pin 0")?;
        assert!(some.work().iter().all(|work| [Scenario::Find, Scenario::Rename].contains(&work.scenario)));
        assert!(some.wants_place(Kind::Sqlite) && !some.wants_place(Kind::MariaDb));
        let names = ENTRIES.iter().filter(|entry| some.wants(entry)).map(|entry| entry.name);
        assert_eq!(names.collect::<Vec<_>>(), ["rusqlite", "orm"]);
        Ok(())
    }

    #[test]
    fn a_mistake_is_named() {
        assert_eq!(read("--only s99"), Err("unknown work `s99`".to_owned()));
        assert_eq!(read("--only"), Err("`--only` needs a value".to_owned()));
        assert_eq!(read("--on oracle"), Err("unknown database `oracle`".to_owned()));
        assert_eq!(read("--contestants hibernate"), Err("unknown contestant `hibernate`".to_owned()));
        assert!(read("--compare main --write").is_err_and(|mistake| mistake.contains("cannot be combined")));
        for line in ["--profile --builds", "--profile --write", "--builds --write", "--builds --compare main"]
        {
            assert!(read(line).is_err_and(|mistake| mistake.contains("cannot be combined")), "{line}");
        }
        assert_eq!(read("--fast"), Err("unknown option `--fast`".to_owned()));
    }

    #[test]
    fn the_help_names_all() {
        let listed = |list: &str, word: &str| {
            let line = HELP.lines().find(|line| line.contains(list)).unwrap_or_default();
            line.split([' ', ',']).any(|it| it == word)
        };
        assert!(ENTRIES.iter().all(|entry| listed("--contestants LIST", entry.name)));
        assert!(Scenario::all().all(|scenario| listed("--only LIST", &scenario.key().to_lowercase())));
        assert!(Kind::ALL.iter().all(|kind| listed("--on LIST", kind.word())));
    }
}
