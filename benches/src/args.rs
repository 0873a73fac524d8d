//! The command line: what may be asked, and the help that teaches it.

use std::time::Duration;

use crate::measure::Plan;
use crate::work::Scenario;

/// Printed for `--help` and for a mistake.
pub(crate) const HELP: &str = "\
Measures `orm` beside the bare drivers: the same work, taking turns, in one process.

cargo run --release -p orm-benches -- [--quick] [--only LIST] [--on LIST] [--alone NAME] [--times N]
  --quick       fewer turns: about a tenth of the time, and more noise
  --only LIST   some of s1,s2,s3,s4,s5,s6,s7,s8,s9,s10,s12a,s12b,s13
  --on LIST     some of sqlite,server,nothing
  --alone NAME  only the contestant whose name begins so, `orm` or a driver's: for a profiler
  --times N     do the work so many times and measure nothing: for what counts instructions

SQLite in memory is always there. Servers are those of DATABASE_URL or else of ORM_TEST_MARIADB and ORM_TEST_MYSQL;
each run makes a database of its own there and drops it. To have throw-away servers:

  cargo xtask servers -- cargo run --release -p orm-benches

Pin clients and servers to one core for numbers that can be repeated: put `taskset -c 0` in front of either.

s1   load all N users              s2   N users and posts, joined      s3   insert N users, one statement
s4   users, posts, comments        s5   one user by key                s6   build a query, no database
s7   begin, update one, commit     s8   stream N users                 s9   load N users in bulk
s10  one user by SQL               s12a commit N new users             s12b commit N changed rows
s13  one user that a session holds";

/// What was asked.
#[derive(Debug, PartialEq)]
pub(crate) enum Answer {
    /// To measure.
    Run(Options),
    /// To be told how to ask.
    Help,
}

/// What to measure, and how long.
#[derive(Debug, PartialEq)]
pub(crate) struct Options {
    quick: bool,
    only: Vec<Scenario>,
    on: Vec<String>,
    alone: Option<String>,
    times: Option<u64>,
}

/// Where work can be done, as `--on` names it.
const PLACES: &[&str] = &["sqlite", "server", "nothing"];

impl Options {
    /// Whether this scenario was asked for.
    pub(crate) fn wants(&self, scenario: Scenario) -> bool {
        self.only.contains(&scenario)
    }

    /// Whether this place was asked for.
    pub(crate) fn wants_place(&self, place: &str) -> bool {
        self.on.iter().any(|wanted| wanted == place)
    }

    /// Whether this contestant takes part.
    pub(crate) fn wants_contestant(&self, name: &str) -> bool {
        self.alone.as_deref().is_none_or(|wanted| name.starts_with(wanted))
    }

    /// How often to do the work without measuring it.
    pub(crate) fn times(&self) -> Option<u64> {
        self.times
    }

    /// How long to measure.
    pub(crate) fn plan(&self) -> Plan {
        if self.quick {
            Plan { rounds: 40, sample: Duration::from_micros(500), warm_up: Duration::from_millis(50) }
        } else {
            Plan { rounds: 400, sample: Duration::from_micros(1_000), warm_up: Duration::from_millis(300) }
        }
    }

    /// How long, in words.
    pub(crate) fn pace(&self) -> &'static str {
        if self.quick { "quick" } else { "full" }
    }
}

/// Reads the arguments.
pub(crate) fn parse(mut words: impl Iterator<Item = String>) -> Result<Answer, String> {
    let mut options = Options {
        quick: false,
        only: Scenario::ALL.to_vec(),
        on: PLACES.iter().map(|&place| place.to_owned()).collect(),
        alone: None,
        times: None,
    };
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("`{word}` needs a value"));
        match word.as_str() {
            "--quick" => options.quick = true,
            "--only" => options.only = value()?.split(',').map(scenario).collect::<Result<_, _>>()?,
            "--on" => options.on = value()?.split(',').map(place).collect::<Result<_, _>>()?,
            "--alone" => options.alone = Some(value()?),
            "--times" => options.times = Some(number(&value()?)?),
            "-h" | "--help" => return Ok(Answer::Help),
            _ => return Err(format!("`{word}` is not known")),
        }
    }
    Ok(Answer::Run(options))
}

fn scenario(word: &str) -> Result<Scenario, String> {
    let known = Scenario::ALL.iter().find(|scenario| scenario.key().eq_ignore_ascii_case(word));
    known.copied().ok_or_else(|| format!("there is no work `{word}`"))
}

fn number(word: &str) -> Result<u64, String> {
    word.parse().map_err(|_| format!("`{word}` is not a number of times"))
}

fn place(word: &str) -> Result<String, String> {
    if PLACES.contains(&word) { Ok(word.to_owned()) } else { Err(format!("there is no place `{word}`")) }
}

#[cfg(test)]
mod tests {
    use super::{Answer, Scenario, parse};

    fn read(line: &str) -> Result<Answer, String> {
        parse(line.split_whitespace().map(String::from))
    }

    #[test]
    fn everything_is_wanted_unless_something_is_named() {
        let Ok(Answer::Run(options)) = read("--quick") else { unreachable!() };
        assert!(options.wants(Scenario::Load) && options.wants_place("server"));
        let Ok(Answer::Run(options)) = read("--only s5,S7 --on sqlite --alone orm") else { unreachable!() };
        assert!(options.wants(Scenario::Find) && !options.wants(Scenario::Load));
        assert!(!options.wants_place("server") && !options.wants_contestant("rusqlite"));
    }

    #[test]
    fn a_mistake_is_named() {
        assert_eq!(read("--only s99"), Err("there is no work `s99`".to_owned()));
        assert_eq!(read("--only"), Err("`--only` needs a value".to_owned()));
        assert_eq!(read("--times often"), Err("`often` is not a number of times".to_owned()));
        assert_eq!(read("--fast"), Err("`--fast` is not known".to_owned()));
    }
}
