//! Methods that lists of rows have and single rows do not: they exist only so that the compiler can say so.

use super::{OnConflict, RowOf};
use crate::mode::Required;
use crate::model::Model;
use crate::session::Unrun;

/// Never implemented: an upsert takes a list of rows.
#[diagnostic::on_unimplemented(
    message = "`on_conflict` is not available for the insert of a single row",
    label = "use `insert_all`, with a list of one row",
    note = "`User::insert_all([row]).on_conflict(|u| u.email).update(..)`, or `.ignore()`; if the row certainly exists: `User::update_by(id)`"
)]
pub trait AmongMany {
    #[doc(hidden)]
    fn conflict<C>() -> C;
}

/// Methods that do not exist for a single row.
#[doc(hidden)]
pub trait OneRow<T: Model>: RowOf<T> + Sized {
    // By reference, so that methods of the model itself take precedence.
    /// Not available here: see [`InsertAll::on_conflict`](super::InsertAll::on_conflict).
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
