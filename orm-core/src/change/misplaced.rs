//! What many rows have and one has not: it is there for the compiler to say so.

use super::{OnConflict, RowOf};
use crate::mode::Required;
use crate::model::Model;
use crate::session::Unrun;

/// Never true: rows that may be there already are inserted as a list.
#[diagnostic::on_unimplemented(
    message = "one row by itself is inserted, and not put in the place of another",
    label = "takes a list of rows, which may have one",
    note = "`User::insert_all([row]).on_conflict(|u| u.email).update(..)`, or `.ignore()`; of a row that is there for sure: `User::update_by(id)`"
)]
pub trait AmongMany {
    #[doc(hidden)]
    fn conflict<C>() -> C;
}

/// Clauses that one row has not.
#[doc(hidden)]
pub trait OneRow<T: Model>: RowOf<T> + Sized {
    // By reference, so that what a model has itself comes first.
    /// Not here: see [`InsertAll::on_conflict`](super::InsertAll::on_conflict).
    #[doc(hidden)]
    fn on_conflict<K>(&self, key: impl FnOnce(T::Fields<Required>) -> K) -> OnConflict<T>
    where
        for<'never> Unrun: AmongMany,
    {
        let _ = key;
        <Unrun as AmongMany>::conflict()
    }
}

impl<T: Model, R: RowOf<T>> OneRow<T> for R {}
