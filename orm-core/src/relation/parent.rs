//! The parent of a foreign key, where generated code can put no bound: in a static.

use std::marker::PhantomData;

use super::{References, UniqueKey};
use crate::model::Model;
use crate::schema::Table;

/// What a foreign key points at.
#[doc(hidden)]
#[derive(Debug)]
pub struct Parent<T>(PhantomData<fn() -> T>);

impl<T: Model> Parent<T> {
    /// Its table, for keys of type `K`.
    #[doc(hidden)]
    #[must_use]
    pub fn table<K: References<T>>() -> &'static Table {
        T::table()
    }

    /// Its table, for keys to other columns than those of its primary key.
    #[doc(hidden)]
    #[must_use]
    pub fn any_table() -> &'static Table {
        T::table()
    }

    /// Its unique keys.
    #[doc(hidden)]
    pub const UNIQUE_KEYS: &'static [UniqueKey] = T::UNIQUE_KEYS;
}

/// Takes the place of what a [`Parent`] has, if it is no model: that is reported elsewhere, and once.
#[doc(hidden)]
pub trait NoParent {
    #[doc(hidden)]
    #[must_use]
    fn table<K>() -> &'static Table {
        unreachable!("generated code that names it does not compile")
    }

    #[doc(hidden)]
    #[must_use]
    fn any_table() -> &'static Table {
        unreachable!("generated code that names it does not compile")
    }

    #[doc(hidden)]
    const UNIQUE_KEYS: &'static [UniqueKey] = UniqueKey::ANY;
}

impl<T> NoParent for Parent<T> {}
