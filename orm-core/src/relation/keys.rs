//! The rows at this end of a relation, by their keys.

use hashbrown::HashMap;

use super::key::Key;

/// Keys of several columns in one statement: SQLite takes no more than a thousand conditions in a row.
const COMPOSITE_KEYS: usize = 500;

/// Which row has which key. A key that several rows have is asked for once, and each of them gets rows of its own.
#[derive(Default)]
pub(super) struct Keys {
    /// The number of each row's key; none if a part of it is NULL.
    rows: Vec<Option<usize>>,
    numbers: HashMap<Key, usize>,
    /// The different keys, by number.
    keys: Vec<Key>,
    /// How many rows have the key of a number.
    pub(super) copies: Vec<usize>,
}

impl Keys {
    /// Adds a row.
    pub(super) fn push(&mut self, key: Option<Key>) {
        let number = key.map(|key| {
            let next = self.keys.len();
            let number = *self.numbers.entry(key.clone()).or_insert(next);
            if number == next {
                self.keys.push(key);
                self.copies.push(0);
            }
            self.copies[number] += 1;
            number
        });
        self.rows.push(number);
    }

    /// The number of a key, if a row has it.
    pub(super) fn number(&self, key: &Key) -> Option<usize> {
        self.numbers.get(key).copied()
    }

    /// The different keys, as many at a time as one statement takes.
    pub(super) fn chunks(&self) -> impl Iterator<Item = &[Key]> {
        let many = self.keys.first().is_some_and(|key| key.len() > 1);
        self.keys.chunks(if many { COMPOSITE_KEYS } else { self.keys.len().max(1) })
    }

    /// Gives each row what belongs to it. Of `loaded`, whose keys have the numbers `keys`, there is one for each row with
    /// that key, one after the other.
    pub(super) fn deal<O>(&self, keys: &[usize], loaded: Vec<O>) -> Vec<Vec<O>> {
        let mut starts = Vec::with_capacity(self.copies.len());
        let mut lists_in_all = 0;
        for copies in &self.copies {
            starts.push(lists_in_all);
            lists_in_all += copies;
        }
        let mut counts = vec![0; self.copies.len()];
        for &key in keys {
            counts[key] += 1;
        }
        let sizes = self
            .copies
            .iter()
            .zip(&counts)
            .flat_map(|(&copies, count)| std::iter::repeat_n(count / copies, copies));
        let mut lists: Vec<Vec<O>> = sizes.map(Vec::with_capacity).collect();
        let mut turns = Turns::new(&starts, &self.copies);
        for (&key, row) in keys.iter().zip(loaded) {
            lists[turns.next(key)].push(row);
        }
        let mut turns = Turns::new(&starts, &self.copies);
        let take = |key: &Option<usize>| {
            key.map_or_else(Vec::new, |key| std::mem::take(&mut lists[turns.next(key)]))
        };
        self.rows.iter().map(take).collect()
    }
}

/// Goes through the lists of each key in turn.
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
