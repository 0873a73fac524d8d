//! The parent of a foreign key, for statics in generated code, which cannot have bounds.

use std::marker::PhantomData;

use super::{References, UniqueKey};
use crate::model::Model;
use crate::schema::Table;

/// The model that a foreign key references.
#[doc(hidden)]
#[derive(Debug)]
pub struct Parent<T>(PhantomData<fn() -> T>);

impl<T: Model> Parent<T> {
    /// The parent's table, for keys of type `K`.
    #[doc(hidden)]
    #[must_use]
    pub fn table<K: References<T>>() -> &'static Table {
        T::table()
    }

    /// The parent's table, for keys that reference columns other than the primary key.
    #[doc(hidden)]
    #[must_use]
    pub fn any_table() -> &'static Table {
        T::table()
    }

    /// The parent's unique keys.
    #[doc(hidden)]
    pub const UNIQUE_KEYS: &'static [UniqueKey] = T::UNIQUE_KEYS;
}

/// Stands in for [`Parent`]'s items if it is not a model, so that this is reported once, elsewhere.
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
