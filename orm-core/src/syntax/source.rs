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
        path_steps(path).into_iter().fold(self, |source, (_, link)| source.related(link))
    }

    /// The row that `link` leads to from here.
    #[must_use]
    pub fn related(self, link: Link) -> Self {
        Source { table: self.table, path: self.path.then(link) }
    }
}

/// A chain of relations: none, or a step after another chain. Chains are numbered once per process, so that the same
/// chain has the same number wherever it is written, and is joined once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Path(u16);

#[derive(Default)]
struct Paths {
    steps: Vec<(Path, Link)>,
    numbers: HashMap<(Path, usize, Direction), Path>,
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

    fn then(self, link: Link) -> Path {
        if self.is_too_long() {
            return self;
        }
        let key = (self, std::ptr::from_ref(link.key).addr(), link.direction);
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
            paths.steps.push((self, link));
            paths.numbers.insert(key, path);
            path
        })
    }
}

/// The links of a chain, from the table on, each with the chain up to it.
pub(crate) fn path_steps(path: Path) -> Vec<(Path, Link)> {
    let mut steps = Vec::new();
    if path.0 == 0 {
        return steps;
    }
    let paths = paths().read().unwrap_or_else(PoisonError::into_inner);
    let mut at = path;
    while let Some(&(before, link)) =
        usize::from(at.0).checked_sub(1).and_then(|index| paths.steps.get(index))
    {
        steps.push((at, link));
        at = before;
    }
    steps.reverse();
    steps
}
