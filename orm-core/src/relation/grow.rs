//! Loading trees: one statement per level, until a level is empty.
//!
//! Levels are kept side by side while they are loaded, and assembled from the last one up: nothing here is recursive,
//! however deep a tree is.

use std::collections::HashMap;
use std::sync::Arc;

use super::children::Children;
use super::ends::{Ends, Kinds};
use super::gather::Loader;
use super::key::{Key, read_key};
use super::pile::Pile;
use super::tree::{Branch, Tree};
use super::{Gather, Plan, Zip};
use crate::driver::BoxFuture;
use crate::error::{Error, ErrorKind, Result};
use crate::model::Model;
use crate::syntax::{ColumnRef, Item, Node, Path, Source};
use crate::value::{Cells, Fault};

/// The maximum number of levels: trees are dropped, cloned and printed by recursive functions.
const LEVELS: usize = 1_000;

/// A row, and the key by which its children belong to it; `None` if a part of the key is NULL.
type Keyed<O> = (O, Option<Key>);

/// Plans the trees of the rows that `plan` reads; `branch` leads from each row to its children.
pub(crate) fn grow<T: Model, O: Send + 'static>(
    plan: Arc<dyn Plan<O>>,
    branch: impl Branch<T, O>,
) -> Arc<dyn Plan<Tree<O>>> {
    let (part, below) = branch.branch();
    let (from, ends, relation) = part.start();
    let keyed = |left: Arc<dyn Plan<O>>| -> Arc<dyn Plan<Keyed<O>>> {
        let right = Arc::new(KeyOf { from, ends: ends.clone() });
        Arc::new(Zip { left, right, join: |row, key| (row, key) })
    };
    let (first, below) = (keyed(plan), part.load(keyed(below)));
    let name = Name { model: T::table().model, relation };
    Arc::new(Growth { first, below, depth: None, name })
}

/// How trees are loaded.
struct Growth<O> {
    first: Arc<dyn Plan<Keyed<O>>>,
    below: Arc<Children<Keyed<O>>>,
    /// The number of levels below the first one, if it is limited.
    depth: Option<usize>,
    name: Name,
}

impl<O: Send + 'static> Plan<Tree<O>> for Growth<O> {
    fn items(&self, source: Source, items: &mut Vec<Item>) {
        self.first.items(source, items);
    }

    fn gather(&self) -> Box<dyn Gather<Tree<O>>> {
        let Growth { first, below, depth, name } = self;
        Box::new(Growing { first: first.gather(), below: below.clone(), depth: *depth, name: *name })
    }

    fn to_depth(&self, levels: u32) -> Option<Arc<dyn Plan<Tree<O>>>> {
        let Growth { first, below, name, .. } = self;
        let depth = Some(usize::try_from(levels).unwrap_or(usize::MAX));
        Some(Arc::new(Growth { first: first.clone(), below: below.clone(), depth, name: *name }))
    }
}

struct Growing<O> {
    first: Box<dyn Gather<Keyed<O>>>,
    below: Arc<Children<Keyed<O>>>,
    depth: Option<usize>,
    name: Name,
}

impl<O: Send + 'static> Gather<Tree<O>> for Growing<O> {
    fn read(&mut self, cells: &mut Cells<'_, '_>) -> Result<(), Fault> {
        self.first.read(cells)
    }

    fn finish<'a>(self: Box<Self>, loader: &'a mut Loader<'_, '_>) -> BoxFuture<'a, Result<Pile<Tree<O>>>> {
        Box::pin(async move {
            let Growing { first, below, depth, name } = *self;
            let first = first.finish(loader).await?.into_vec();
            let (mut level, mut keys) = Level::of([first]);
            let (mut levels, mut met) = (Vec::new(), Met::default());
            loop {
                levels.push(level);
                if depth.is_none() && met.is_one_below_itself(&keys, &levels) {
                    return Err(circle(name));
                }
                if keys.iter().all(Option::is_none) || depth.is_some_and(|depth| levels.len() > depth) {
                    break;
                }
                let lists = below.of_keys(keys).finish(loader).await?;
                if let Some(above) = levels.last_mut() {
                    above.below = lists.iter().map(Vec::len).collect();
                }
                (level, keys) = Level::of(lists.into_rows());
                if level.rows.is_empty() {
                    break;
                }
                if levels.len() > LEVELS {
                    return Err(too_deep(name));
                }
            }
            Ok(put_together(levels).into_iter().collect())
        })
    }
}

/// The rows of all trees at one depth.
struct Level<O> {
    rows: Vec<O>,
    /// The index of each row's parent in the level above.
    above: Vec<usize>,
    /// The number of each row's children, which are adjacent in the level below.
    below: Vec<usize>,
}

impl<O> Level<O> {
    /// Builds a level from the children of each row above, and returns it with their keys.
    fn of(lists: impl IntoIterator<Item = Vec<Keyed<O>>>) -> (Self, Vec<Option<Key>>) {
        let (mut rows, mut above, mut keys) = (Vec::new(), Vec::new(), Vec::new());
        for (at, list) in lists.into_iter().enumerate() {
            above.extend(std::iter::repeat_n(at, list.len()));
            for (row, key) in list {
                rows.push(row);
                keys.push(key);
            }
        }
        let below = vec![0; rows.len()];
        (Level { rows, above, below }, keys)
    }
}

/// Assembles the trees of the first level.
fn put_together<O>(levels: Vec<Level<O>>) -> Vec<Tree<O>> {
    levels.into_iter().rev().fold(Vec::new(), |below, level| {
        let mut below = below.into_iter();
        let rows = level.rows.into_iter().zip(level.below);
        rows.map(|(row, count)| Tree { row, children: below.by_ref().take(count).collect() }).collect()
    })
}

/// The keys seen so far. Rows with the same key have the same children, so that a key below itself would recur
/// forever.
#[derive(Default)]
struct Met {
    numbers: HashMap<Key, usize>,
    /// The key number of each row, by level.
    levels: Vec<Vec<Option<usize>>>,
}

impl Met {
    /// Adds the keys of the last level; returns whether one of them is also among its own ancestors.
    fn is_one_below_itself<O>(&mut self, keys: &[Option<Key>], levels: &[Level<O>]) -> bool {
        let (mut numbers, mut again) = (Vec::with_capacity(keys.len()), Vec::new());
        for (at, key) in keys.iter().enumerate() {
            let new = self.numbers.len();
            let number = key.as_ref().map(|key| *self.numbers.entry(key.clone()).or_insert(new));
            // Rare: only keys that were seen before have to be looked up.
            again.extend(number.filter(|&number| number != new).map(|number| (at, number)));
            numbers.push(number);
        }
        self.levels.push(numbers);
        again.into_iter().any(|(at, number)| {
            let mut at = at;
            levels.iter().enumerate().skip(1).rev().any(|(depth, level)| {
                at = level.above[at];
                self.levels[depth - 1][at] == Some(number)
            })
        })
    }
}

/// A plan that selects the key by which a row's children belong to it.
struct KeyOf {
    from: Path,
    ends: Ends,
}

impl Plan<Option<Key>> for KeyOf {
    fn items(&self, source: Source, items: &mut Vec<Item>) {
        let source = source.follow(self.from);
        let column = |&index: &u16| Item::Node(Node::Column(ColumnRef::new(source, index)));
        items.extend(self.ends.near.iter().map(column));
    }

    fn gather(&self) -> Box<dyn Gather<Option<Key>>> {
        Box::new(KeysOf { kinds: self.ends.near_kinds(), keys: Pile::default() })
    }
}

struct KeysOf {
    kinds: Kinds,
    keys: Pile<Option<Key>>,
}

impl Gather<Option<Key>> for KeysOf {
    fn read(&mut self, cells: &mut Cells<'_, '_>) -> Result<(), Fault> {
        self.keys.push(read_key(cells, &self.kinds)?);
        Ok(())
    }

    fn finish<'a>(self: Box<Self>, _: &'a mut Loader<'_, '_>) -> BoxFuture<'a, Result<Pile<Option<Key>>>> {
        Box::pin(async move { Ok(self.keys) })
    }
}

/// How errors name a tree: by its model, and its relation to the children.
#[derive(Clone, Copy)]
struct Name {
    model: &'static str,
    relation: &'static str,
}

#[cold]
fn circle(Name { model, relation }: Name) -> Error {
    let message = format!(
        "the tree of `{model}` has a cycle: by `{relation}`, a row is its own descendant; correct the rows, \
         or limit the levels to load, as in `.depth(10)`"
    );
    Error::new(ErrorKind::InvalidQuery, message)
}

#[cold]
fn too_deep(Name { model, relation }: Name) -> Error {
    let message = format!(
        "the tree of `{model}` by `{relation}` goes more than {LEVELS} levels down: say how many to load, as in `.depth(10)`, or \
         get all rows as one list, with a recursive query"
    );
    Error::new(ErrorKind::InvalidQuery, message)
}
