//! Names of parts of updates and upserts in other libraries.

use crate::change::{OnConflict, Update};
use crate::model::Model;
use crate::scope::Scope;

elsewhere! {
    /// Never implemented: `set` takes assignments.
    #[diagnostic::on_unimplemented(
        message = "there is no such clause: `set` takes the assignments of an update",
        label = "use `.set(..)`",
        note = "`.set(|u| u.name.to(\"Ann\"))`, or several: `.set(|u| (u.name.to(\"Ann\"), u.age.to(41)))`"
    )]
    SetsColumns, SetsColumnsElsewhere: values value col_expr set_column set_columns assign;
    [T: Model, A, F, S: Scope] Update<T, A, F, S>,
}

elsewhere! {
    /// Never implemented: an upsert ends with `update` or `ignore`.
    #[diagnostic::on_unimplemented(
        message = "there is no such clause: an upsert ends with `update` or `ignore`",
        label = "use `.update(..)` or `.ignore()`",
        note = "`.update(|u, new| u.name.to(new.name))` changes the existing row; `.ignore()` leaves it as it is"
    )]
    ResolvesConflicts, ResolvesConflictsElsewhere: do_update do_nothing set update_columns update_column;
    [T: Model, C] OnConflict<T, C>,
}
