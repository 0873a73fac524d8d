//! Names of methods of sessions in other libraries.

use crate::session::Session;

elsewhere! {
    /// Never implemented: `add` takes one row.
    #[diagnostic::on_unimplemented(
        message = "a session has no such method: `add` takes one row, and a flush inserts all rows of a table at once",
        label = "call `.add(..)` for each row",
        note = "`for row in rows {{ s.add(row); }}`; without tracking them: `User::insert_all(rows).execute(&mut s).await?`"
    )]
    AddsMany, AddsManyElsewhere: add_all add_many add_range bulk_save_objects persist;
    [] Session,
}
