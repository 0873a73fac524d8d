//! Where a column comes from.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{OnceLock, PoisonError, RwLock};

use crate::schema::{Direction, Link};

/// The tables that one query can name: its own and up to fifteen joined ones.
pub(crate) const TABLES: u64 = 16;

/// A range of table numbers that no other query of this process has, so that a column that is carried from one query
/// into another is either correlated, if that other query stands inside, or an error.
pub(crate) fn fresh_base() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(TABLES, Ordering::Relaxed)
}

/// A table of a query, or a row reached from one over relations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    pub(crate) table: u64,
    pub(crate) path: Path,
}

/// The row that an insert could not insert: a table number that no query has.
const EXCLUDED: u64 = u64::MAX;

/// A table number that no query has, for columns that no statement names.
const NOWHERE: u64 = u64::MAX - TABLES;

impl Source {
    /// The row that an insert could not insert, in the update of the one that is there.
    pub(crate) const fn excluded() -> Self {
        Source::table(EXCLUDED)
    }

    pub(crate) const fn table(table: u64) -> Self {
        Source { table, path: Path(0) }
    }

    /// No table of any query, for columns of which only relations are taken.
    #[doc(hidden)]
    #[must_use]
    pub const fn nowhere() -> Self {
        Source::table(NOWHERE)
    }

    /// The row that a chain of relations leads to from here.
    pub(crate) fn follow(self, path: Path) -> Source {
        if path.is_empty() {
            return self;
        }
        path_steps(path).into_iter().fold(self, |source, (_, step)| source.then(step))
    }

    /// The row that `link` leads to from here.
    #[must_use]
    pub fn related(self, link: Link) -> Self {
        self.then(Step::Relation(link))
    }

    /// The part of a derived row whose columns begin at `first`; `optional` if it may be missing in a row that is there.
    pub(crate) fn part(self, first: u16, optional: bool) -> Self {
        // Where the row itself begins, its own number says it all.
        if first == 0 && !optional { self } else { self.then(Step::Part { first, optional }) }
    }

    fn then(self, step: Step) -> Self {
        Source { table: self.table, path: self.path.then(step) }
    }
}

/// A step from a row to another.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Step {
    /// To the row that a relation leads to.
    Relation(Link),
    /// From a derived row to a part of it: see [`Source::part`].
    Part { first: u16, optional: bool },
}

/// What tells one step from another.
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

/// A chain of steps: none, or a step after another chain. Chains are numbered once per process, so that the same
/// chain has the same number wherever it is written, and is joined once.
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
    /// A chain that no query can render: given once the 65,534 numbers are used up.
    const TOO_LONG: Path = Path(u16::MAX);

    /// Whether this is no chain at all: the table itself.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the program has used up the numbers of chains.
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

/// The steps of a chain, from the table on, each with the chain up to it.
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
