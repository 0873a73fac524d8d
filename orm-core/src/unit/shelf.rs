//! The rows of one model, and their pending changes.

use std::any::TypeId;
use std::hash::BuildHasher as _;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::aims::Aims;
use super::identity::{hash, same};
use super::links::Links;
use super::rows::{Rows, Stage};
use super::store::Store;
use crate::model::Model;
use crate::schema::Table;
use crate::value::Datum;

/// The rows of one model.
pub(super) struct Shelf {
    pub(super) model: TypeId,
    pub(super) table: &'static Table,
    pub(super) rows: Box<dyn Rows>,
    /// The slots of stored rows, hashed by key: four bytes per row, since the keys are in the rows.
    identities: HashTable<u32>,
    hasher: DefaultHashBuilder,
    /// The slots of new rows, in the order in which they were added.
    pub(super) drafts: Vec<u32>,
    /// The slots of rows that were borrowed mutably.
    pub(super) touched: Vec<u32>,
    /// The slots of rows to be deleted.
    pub(super) doomed: Vec<u32>,
    /// Columns that are to reference rows which have no key yet.
    pub(super) links: Links,
    pub(super) aims: Aims,
}

impl Shelf {
    pub(super) fn of<T: Model>() -> Self {
        Shelf {
            model: TypeId::of::<T>(),
            table: T::table(),
            rows: Box::new(Store::<T>::new()),
            identities: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
            drafts: Vec::new(),
            touched: Vec::new(),
            doomed: Vec::new(),
            links: Links::default(),
            aims: Aims::default(),
        }
    }

    /// Downcasts the rows to the store of a model; `None` if it is another model.
    pub(super) fn store<T: Model>(&self) -> Option<&Store<T>> {
        self.rows.as_any().downcast_ref()
    }

    pub(super) fn store_mut<T: Model>(&mut self) -> Option<&mut Store<T>> {
        self.rows.as_any_mut().downcast_mut()
    }

    /// The value of a column in the database.
    pub(super) fn stored_value(&self, slot: u32, column: u16) -> Datum {
        match &self.rows.meta(slot).stored {
            Some(stored) => stored[usize::from(column)].clone(),
            None => self.rows.value(slot, column),
        }
    }

    /// The values of some columns in the database.
    pub(super) fn stored_values(&self, slot: u32, columns: &[u16]) -> Vec<Datum> {
        columns.iter().map(|&column| self.stored_value(slot, column)).collect()
    }

    /// All columns of a row as they are in the database.
    pub(super) fn stored_row(&self, slot: u32) -> Box<[Datum]> {
        (0..self.table.width()).map(|column| self.stored_value(slot, column)).collect()
    }

    /// The key of a row in the database.
    pub(super) fn key(&self, slot: u32) -> Vec<Datum> {
        self.key_parts(slot).collect()
    }

    pub(super) fn key_parts(&self, slot: u32) -> impl Iterator<Item = Datum> {
        self.table.primary_key.iter().map(move |&part| self.stored_value(slot, part))
    }

    /// Finds the slot of the stored row with a key; `part` returns the values of the key.
    pub(super) fn find(&self, part: impl Fn(usize) -> Datum) -> Option<u32> {
        let parts = self.table.primary_key;
        let wanted = hash_key(&self.hasher, parts.len(), &part);
        let is_same = |slot: &u32| {
            parts.iter().enumerate().all(|(index, &column)| {
                let wanted = part(index);
                match &self.rows.meta(*slot).stored {
                    Some(stored) => same(&stored[usize::from(column)], &wanted),
                    None => same(&self.rows.value(*slot, column), &wanted),
                }
            })
        };
        self.identities.find(wanted, is_same).copied()
    }

    /// Reserves space in the lookup for more rows.
    pub(super) fn reserve(&mut self, count: usize) {
        let Shelf { identities, hasher, rows, table, .. } = self;
        identities.reserve(count, |&slot| hash_slot(&**rows, table, hasher, slot));
    }

    /// Adds a stored row to the lookup by key.
    pub(super) fn admit(&mut self, slot: u32) {
        let hash = self.hash_of(slot);
        let Shelf { identities, hasher, rows, table, .. } = self;
        identities.insert_unique(hash, slot, |&slot| hash_slot(&**rows, table, hasher, slot));
    }

    /// Removes a row from the lookup by key: before its key changes, or when it leaves.
    pub(super) fn expel(&mut self, slot: u32) {
        let hash = self.hash_of(slot);
        if let Ok(entry) = self.identities.find_entry(hash, |&known| known == slot) {
            entry.remove();
        }
    }

    /// Whether a row is in the lookup by key.
    pub(super) fn is_in_database(&self, slot: u32) -> bool {
        self.rows.stage(slot).is_in_database()
    }

    fn hash_of(&self, slot: u32) -> u64 {
        hash_slot(&*self.rows, self.table, &self.hasher, slot)
    }

    /// Whether there are rows that are in the database.
    pub(super) fn has_stored(&self) -> bool {
        !self.identities.is_empty()
    }

    /// The slots of all rows that are in the database.
    pub(super) fn stored_slots(&self) -> Vec<u32> {
        let mut slots: Vec<u32> = self.identities.iter().copied().collect();
        slots.sort_unstable();
        slots
    }

    /// Copies the columns of a row as they are in the database, before it is changed.
    pub(super) fn touch(&mut self, slot: u32) {
        if self.rows.meta(slot).stored.is_none() && self.rows.stage(slot) == Stage::Stored {
            let stored = (0..self.table.width()).map(|column| self.rows.value(slot, column)).collect();
            self.rows.meta_mut(slot).stored = Some(stored);
            self.touched.push(slot);
        }
    }

    /// Whether there is nothing to flush on this shelf.
    pub(super) fn is_idle(&self) -> bool {
        self.drafts.is_empty() && self.touched.is_empty() && self.doomed.is_empty() && self.links.is_empty()
    }
}

fn hash_slot(rows: &dyn Rows, table: &Table, hasher: &DefaultHashBuilder, slot: u32) -> u64 {
    let stored = rows.meta(slot).stored.as_deref();
    hash_key(hasher, table.primary_key.len(), |part| {
        let column = table.primary_key[part];
        match stored {
            Some(stored) => stored[usize::from(column)].clone(),
            None => rows.value(slot, column),
        }
    })
}

fn hash_key(hasher: &DefaultHashBuilder, width: usize, part: impl Fn(usize) -> Datum) -> u64 {
    let mut state = hasher.build_hasher();
    for index in 0..width {
        hash(&part(index), &mut state);
    }
    std::hash::Hasher::finish(&state)
}
