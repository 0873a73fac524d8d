//! The sources of columns.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{OnceLock, PoisonError, RwLock};

use crate::schema::{Direction, Link};

/// The maximum number of tables in one query: its own and up to fifteen joined ones.
pub(crate) const TABLES: u64 = 16;

/// Returns a range of table numbers that no other query of this process has. A column used in another query is then either
/// correlated, if that query is nested in its own, or an error.
pub(crate) fn fresh_base() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(TABLES, Ordering::Relaxed)
}

/// A table of a query, or a row reached from it over relations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    pub(crate) table: u64,
    pub(crate) path: Path,
}

/// The number of the row that an insert could not insert, which no query has as a table number.
const EXCLUDED: u64 = u64::MAX;

/// A number that no query has as a table number, for columns that are not used in a statement.
const NOWHERE: u64 = u64::MAX - TABLES;

impl Source {
    /// Returns the row that an insert could not insert, for the update of the existing row (upsert).
    pub(crate) const fn excluded() -> Self {
        Source::table(EXCLUDED)
    }

    pub(crate) const fn table(table: u64) -> Self {
        Source { table, path: Path(0) }
    }

    /// Returns a source outside any query, for columns of which only the relations are used.
    #[doc(hidden)]
    #[must_use]
    pub const fn nowhere() -> Self {
        Source::table(NOWHERE)
    }

    /// Returns the row that a chain of relations leads to from here.
    pub(crate) fn follow(self, path: Path) -> Source {
        if path.is_empty() {
            return self;
        }
        path_steps(path).into_iter().fold(self, |source, (_, step)| source.then(step))
    }

    /// Returns the row that `link` leads to from here.
    #[must_use]
    pub fn related(self, link: Link) -> Self {
        self.then(Step::Relation(link))
    }

    /// Returns the part of a derived row whose columns start at `first`; `optional` if it may be missing in a row that
    /// exists.
    pub(crate) fn part(self, first: u16, optional: bool) -> Self {
        // The part at the start of the row is the row's own source.
        if first == 0 && !optional { self } else { self.then(Step::Part { first, optional }) }
    }

    fn then(self, step: Step) -> Self {
        Source { table: self.table, path: self.path.then(step) }
    }
}

/// A step from one row to another.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Step {
    /// To the row that a relation leads to.
    Relation(Link),
    /// From a derived row to a part of it: see [`Source::part`].
    Part { first: u16, optional: bool },
}

/// The identity of a step.
#[derive(PartialEq, Eq, Hash)]
enum StepKey {
    Relation(usize, Direction),
    Part(u16, bool),
}

impl Step {
    fn key(self) -> StepKey {
        match self {
            Step::Relation(link) => StepKey::Relation(std::ptr::from_ref(link.key).addr(), link.direction),
            Step::Part { first, optional } => StepKey::Part(first, optional),
        }
    }
}

/// A path of steps: empty, or a path and one more step. Paths are interned, numbered once per process, so that the same path
/// has the same number everywhere, and is joined once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Path(u16);

#[derive(Default)]
struct Paths {
    steps: Vec<(Path, Step)>,
    numbers: HashMap<(Path, StepKey), Path>,
}

fn paths() -> &'static RwLock<Paths> {
    static PATHS: OnceLock<RwLock<Paths>> = OnceLock::new();
    PATHS.get_or_init(RwLock::default)
}

impl Path {
    /// A path that cannot be rendered: returned once the 65,534 numbers are used up.
    const TOO_LONG: Path = Path(u16::MAX);

    /// Returns whether the path is empty: the table itself.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns whether the program has run out of path numbers.
    #[must_use]
    pub fn is_too_long(self) -> bool {
        self == Path::TOO_LONG
    }

    fn then(self, step: Step) -> Path {
        if self.is_too_long() {
            return self;
        }
        let key = (self, step.key());
        let known = paths().read().unwrap_or_else(PoisonError::into_inner).numbers.get(&key).copied();
        known.unwrap_or_else(|| {
            let mut paths = paths().write().unwrap_or_else(PoisonError::into_inner);
            if let Some(&path) = paths.numbers.get(&key) {
                return path;
            }
            let Some(path) =
                u16::try_from(paths.steps.len() + 1).ok().map(Path).filter(|path| !path.is_too_long())
            else {
                return Path::TOO_LONG;
            };
            paths.steps.push((self, step));
            paths.numbers.insert(key, path);
            path
        })
    }
}

/// Returns the steps of a path, starting at the table, each with the path up to it.
pub(crate) fn path_steps(path: Path) -> Vec<(Path, Step)> {
    let mut steps = Vec::new();
    if path.0 == 0 {
        return steps;
    }
    let paths = paths().read().unwrap_or_else(PoisonError::into_inner);
    let mut at = path;
    while let Some(&(before, step)) =
        usize::from(at.0).checked_sub(1).and_then(|index| paths.steps.get(index))
    {
        steps.push((at, step));
        at = before;
    }
    steps.reverse();
    steps
}
