//! Names of methods of collections, on relations to many rows.

use crate::model::Model;
use crate::relation::Many;

elsewhere! {
    /// Never implemented: in a query, a relation is not a list.
    #[diagnostic::on_unimplemented(
        message = "a relation is not a list in a query: `count` counts its rows",
        label = "a method of lists, for rows that have been loaded",
        note = "in a query: `u.posts().count().gt(3)`, `u.posts().is_present()`, `u.posts().is_absent()`, `u.posts().any(|p| p.published.is_true())`"
    )]
    IsList, IsListElsewhere: len length size is_empty iter contains exists;
    [T: Model, H] Many<T, H>,
}
