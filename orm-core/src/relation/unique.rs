//! The unique keys of a model, for the foreign keys of others that reference them.

use std::marker::PhantomData;

use super::traits::ReferencesColumn;
use crate::expression::Column;

/// A unique key of a model.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct UniqueKey {
    /// Its fields, in order.
    pub fields: &'static [&'static str],
    /// The positions of their columns.
    pub columns: &'static [u16],
    /// Whether one of its columns may be NULL.
    pub nullable: bool,
}

impl UniqueKey {
    /// The keys of an invalid model, whose errors are reported elsewhere: contains any key that is looked up.
    pub const ANY: &'static [UniqueKey] = &[UniqueKey { fields: &[], columns: &[], nullable: false }];

    /// Returns the columns of the key over these fields, in this order.
    #[must_use]
    pub const fn columns(keys: &'static [UniqueKey], fields: &[&str]) -> Option<&'static [u16]> {
        match find(keys, fields) {
            Some(key) => Some(key.columns),
            None => None,
        }
    }

    /// Whether there is a key over these fields, in this order.
    #[must_use]
    pub const fn is_there(keys: &'static [UniqueKey], fields: &[&str]) -> bool {
        find(keys, fields).is_some()
    }

    /// Whether one of the fields of a key may be NULL.
    #[must_use]
    pub const fn may_be_null(keys: &'static [UniqueKey], fields: &[&str]) -> bool {
        matches!(find(keys, fields), Some(UniqueKey { nullable: true, .. }))
    }
}

const fn find(keys: &'static [UniqueKey], fields: &[&str]) -> Option<UniqueKey> {
    let mut at = 0;
    while at < keys.len() {
        if keys[at].fields.is_empty() || same(keys[at].fields, fields) {
            return Some(keys[at]);
        }
        at += 1;
    }
    None
}

const fn same(one: &[&str], other: &[&str]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let mut at = 0;
    while at < one.len() {
        if !same_bytes(one[at].as_bytes(), other[at].as_bytes()) {
            return false;
        }
        at += 1;
    }
    true
}

const fn same_bytes(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let mut at = 0;
    while at < one.len() {
        if one[at] != other[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// A referenced column of type `V`.
#[doc(hidden)]
#[derive(Debug)]
pub struct Referenced<V>(PhantomData<fn() -> V>);

/// Returns the referenced column, so that its type is known before that of the foreign key is compared with it.
#[doc(hidden)]
#[must_use]
pub fn referenced<V, N>(_: Column<V, N>) -> Referenced<V> {
    Referenced(PhantomData)
}

impl<V> Referenced<V> {
    /// Checks that a column of type `K` can reference it.
    #[doc(hidden)]
    pub fn by<K: ReferencesColumn<V>>(self) {}
}
