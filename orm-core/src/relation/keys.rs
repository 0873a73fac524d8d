//! The near rows of a relation, by their keys.

use std::hash::BuildHasher as _;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::key::{Key, KeyPart};
use super::pile::Pile;
use super::runs::Runs;

/// The limits on the keys in one statement.
#[derive(Debug, Clone, Copy)]
pub(super) struct AtOnce {
    /// The number of values, if each is bound separately.
    pub(super) values: usize,
    /// The bytes of text or binary data.
    pub(super) bytes: usize,
}

/// Which row has which key. A key that several rows share is queried once, and each of them gets its own copies.
#[derive(Default)]
pub(super) struct Keys {
    /// The key number of each row; `None` if a part of the key is NULL.
    rows: Pile<Option<usize>>,
    /// The key numbers, hashed by key.
    numbers: HashTable<usize>,
    hasher: DefaultHashBuilder,
    /// The distinct keys, by number.
    keys: Vec<Key>,
    /// How many rows have each key, by number.
    pub(super) copies: Vec<usize>,
}

impl Keys {
    /// Adds a row.
    pub(super) fn push(&mut self, key: Option<Key>) {
        let number = key.map(|key| {
            let Keys { numbers, hasher, keys, copies, .. } = self;
            let hash = hasher.hash_one(&key);
            let number = match numbers.find(hash, |&number| keys[number] == key) {
                Some(&number) => number,
                None => {
                    let number = keys.len();
                    numbers.insert_unique(hash, number, |&number| hasher.hash_one(&keys[number]));
                    keys.push(key);
                    copies.push(0);
                    number
                }
            };
            copies[number] += 1;
            number
        });
        self.rows.push(number);
    }

    /// Returns the number of a key, if a row has it.
    pub(super) fn number(&self, key: &Key) -> Option<usize> {
        self.numbers.find(self.hasher.hash_one(key), |&number| self.keys[number] == *key).copied()
    }

    /// Returns the key with a number.
    pub(super) fn key(&self, number: u64) -> Option<Key> {
        self.keys.get(usize::try_from(number).ok()?).cloned()
    }

    /// Returns the distinct keys, in chunks that fit in one statement.
    pub(super) fn chunks(&self, at_once: AtOnce) -> impl Iterator<Item = &[Key]> {
        chunks(&self.keys, at_once, |key| key)
    }

    /// Returns the keys of which no row has been loaded, with their numbers.
    pub(super) fn without(&self, runs: &Runs) -> Vec<(usize, Key)> {
        let mut found = vec![false; self.keys.len()];
        runs.iter().for_each(|run| found[run.number] = true);
        let others = self.keys.iter().enumerate().filter(|(number, _)| !found[*number]);
        others.map(|(number, key)| (number, key.clone())).collect()
    }

    /// Distributes the loaded rows to the rows they belong to. `runs` has the key numbers of `loaded`, which contains one copy
    /// for each row with that key, one after the other.
    pub(super) fn deal<O>(self, runs: Runs, loaded: Pile<O>) -> Pile<Vec<O>> {
        let Keys { rows, numbers, keys: known, copies, .. } = self;
        drop((numbers, known));
        let starts: Vec<usize> = copies
            .iter()
            .scan(0, |lists, copies| {
                let start = *lists;
                *lists += copies;
                Some(start)
            })
            .collect();
        let mut turns = Turns::new(&starts, &copies);
        let mut lists = if copies.iter().all(|&copies| copies == 1) && runs.are_whole(copies.len()) {
            cut(&runs, copies.len(), loaded)
        } else {
            sort_out(runs, &starts, &copies, loaded)
        };
        let take = |key: &Option<usize>| {
            key.map_or_else(Vec::new, |key| std::mem::take(&mut lists[turns.next(key)]))
        };
        rows.iter().map(take).collect()
    }
}

/// Splits a list into chunks whose keys fit in one statement.
pub(super) fn chunks<T>(keys: &[T], at_once: AtOnce, key: impl Fn(&T) -> &Key) -> impl Iterator<Item = &[T]> {
    let mut left = keys;
    std::iter::from_fn(move || {
        let (mut values, mut bytes) = (0, 0);
        let fits = |item: &&T| {
            values += key(item).len();
            bytes += key(item).iter().map(size).sum::<usize>();
            values <= at_once.values && bytes <= at_once.bytes
        };
        // A single key that is too large is sent anyway, for the server to refuse.
        let count = left.iter().take_while(fits).count().max(1).min(left.len());
        let (chunk, rest) = left.split_at(count);
        left = rest;
        (!chunk.is_empty()).then_some(chunk)
    })
}

/// Cuts out the lists of the keys if each is contiguous already. They are taken from the end, which frees memory on the
/// way.
fn cut<O>(runs: &Runs, keys: usize, mut loaded: Pile<O>) -> Vec<Vec<O>> {
    let mut lists = Vec::new();
    lists.resize_with(keys, Vec::new);
    for run in runs.iter().rev() {
        lists[run.number] = loaded.take_last(run.rows);
    }
    lists
}

/// Sorts rows in any order into the lists of all keys, as many lists per key as it has copies.
fn sort_out<O>(runs: Runs, starts: &[usize], copies: &[usize], mut loaded: Pile<O>) -> Vec<Vec<O>> {
    let mut counts = vec![0; copies.len()];
    for run in runs.iter() {
        counts[run.number] += run.rows;
    }
    let sizes = || {
        let each = copies.iter().zip(&counts);
        each.flat_map(|(&copies, count)| std::iter::repeat_n(count / copies, copies))
    };
    // First the rows of each list are made adjacent, in the order of the lists; then lists are taken from the end.
    let mut next: Vec<usize> = sizes()
        .scan(0, |place, size| {
            let start = *place;
            *place += size;
            Some(start)
        })
        .collect();
    let mut turns = Turns::new(starts, copies);
    let places = runs.into_numbers().map(|number| {
        let list = &mut next[turns.next(number)];
        let place = *list;
        *list += 1;
        place
    });
    let places = places.collect();
    loaded.arrange(places);
    let sizes: Vec<usize> = sizes().collect();
    let mut lists: Vec<Vec<O>> = sizes.iter().rev().map(|&size| loaded.take_last(size)).collect();
    lists.reverse();
    lists
}

/// The maximum number of bytes that a part of a key takes in a statement.
fn size(part: &KeyPart) -> usize {
    match part {
        KeyPart::Bytes(bytes) => 2 * bytes.len() + 3,
        KeyPart::Int(_) | KeyPart::UInt(_) => 21,
    }
}

/// Cycles through the lists of each key.
struct Turns<'a> {
    starts: &'a [usize],
    copies: &'a [usize],
    at: Vec<usize>,
}

impl<'a> Turns<'a> {
    fn new(starts: &'a [usize], copies: &'a [usize]) -> Self {
        Turns { starts, copies, at: vec![0; copies.len()] }
    }

    fn next(&mut self, key: usize) -> usize {
        let at = self.at[key];
        self.at[key] = if at + 1 == self.copies[key] { 0 } else { at + 1 };
        self.starts[key] + at
    }
}
