//! The parent of a foreign key, where generated code can put no bound: in a static.

use std::marker::PhantomData;

use super::References;
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
}

/// Takes the place of what a [`Parent`] has, if it is no model: that is reported elsewhere, and once.
#[doc(hidden)]
pub trait NoParent {
    #[doc(hidden)]
    #[must_use]
    fn table<K>() -> &'static Table {
        unreachable!("generated code that names it does not compile")
    }
}

impl<T> NoParent for Parent<T> {}
