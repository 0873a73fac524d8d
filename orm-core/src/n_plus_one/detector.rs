//! Counts how often a query runs from one call site.

use std::collections::hash_map::DefaultHasher;
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};
use std::panic::Location;
use std::sync::{Mutex, PoisonError};
use std::thread::ThreadId;
use std::time::{Duration, Instant};

use tokio::task;

use super::NPlusOne;
use crate::error::{Error, ErrorKind, Result};
use crate::syntax::Statement;
use crate::value::Datum;

/// A series of queries continues if the next one begins within this time of the previous one.
const PAUSE: Duration = Duration::from_millis(500);

/// The maximum number of series observed at a time; when it is exceeded, all of them are discarded.
const RUNS: usize = 1_000;

/// Counts the queries of one database.
pub(crate) struct Detector {
    setting: NPlusOne,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    runs: HashMap<Key, Run>,
    /// The call sites that have been warned about.
    told: HashSet<&'static Location<'static>>,
}

/// Identifies repeated queries: the same text, from the same call site, run by the same session, task or thread.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    who: Who,
    at: &'static Location<'static>,
    /// The hash of its text.
    text: u64,
}

/// Who runs a query. A connection of a web client may be one task that serves many requests, so sessions are counted
/// separately.
#[derive(PartialEq, Eq, Hash)]
pub(crate) enum Who {
    /// By a number that is unique in the process.
    Session(u64),
    Task(task::Id),
    /// For code that does not run in a task.
    Thread(ThreadId),
}

struct Run {
    times: u32,
    last: Instant,
    params: Vec<Datum>,
}

impl Who {
    /// The current task or thread, for code outside sessions.
    pub(crate) fn here() -> Self {
        task::try_id().map_or_else(|| Who::Thread(std::thread::current().id()), Who::Task)
    }
}

impl Detector {
    pub(crate) fn new(setting: NPlusOne) -> Self {
        Detector { setting, seen: Mutex::default() }
    }

    pub(crate) fn setting(&self) -> NPlusOne {
        self.setting
    }

    /// Checks a query that is about to be sent.
    pub(crate) fn look(
        &self,
        statement: &Statement,
        at: &'static Location<'static>,
        who: impl FnOnce() -> Who,
    ) -> Result<()> {
        let most = match self.setting {
            NPlusOne::Off => return Ok(()),
            NPlusOne::Warn(most) | NPlusOne::Deny(most) => most,
        };
        if !reads(&statement.sql) {
            return Ok(());
        }
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let times = seen.count(Key { who: who(), at, text: hash(&statement.sql) }, &statement.params);
        if times < most {
            return Ok(());
        }
        match self.setting {
            NPlusOne::Deny(_) => Err(refused(&statement.sql, times, at)),
            _ => {
                if seen.told.insert(at) {
                    drop(seen);
                    warn(&statement.sql, times, at);
                }
                Ok(())
            }
        }
    }
}

impl Seen {
    /// Counts this query, and returns how often it has run with other values each time.
    fn count(&mut self, key: Key, params: &[Datum]) -> u32 {
        let now = Instant::now();
        if self.runs.len() >= RUNS && !self.runs.contains_key(&key) {
            self.runs.clear();
        }
        let run = self.runs.entry(key).or_insert_with(|| Run { times: 0, last: now, params: Vec::new() });
        let over = now.duration_since(run.last) > PAUSE;
        if over {
            run.times = 0;
        }
        run.last = now;
        // Polling for something repeats the same values.
        if run.times == 0 || run.params != params {
            run.times += 1;
            run.params.clear();
            run.params.extend_from_slice(params);
            return run.times;
        }
        0
    }
}

/// Whether SQL, possibly raw, reads rows and changes none.
fn reads(sql: &str) -> bool {
    let sql = sql.trim_start();
    ["SELECT", "WITH", "("]
        .iter()
        .any(|word| sql.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)))
}

fn hash(sql: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    sql.hash(&mut hasher);
    hasher.finish()
}

const ADVICE: &str = "if it runs once for each row of another query, load it eagerly with that query, as in \
                      `.with(|row| row.relation())`, or for all rows at once, as in `Model::load(&rows, \
                      |row| row.relation())`";

fn warn(sql: &str, times: u32, at: &Location<'_>) {
    tracing::warn!(
        target: "orm",
        { db.query.text = sql, times, at = %at },
        "N+1: the same query was run {} times in a row from one place, with different values each time; {}",
        times,
        ADVICE
    );
}

#[cold]
fn refused(sql: &str, times: u32, at: &Location<'_>) -> Error {
    let message = format!(
        "N+1: this query is run {times} times in a row from {at}, with different values each time, and \
         `n_plus_one` is `deny`; {ADVICE}"
    );
    Error::new(ErrorKind::NPlusOne, message).with_sql(sql)
}
