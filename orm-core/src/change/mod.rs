//! Changes: inserts, updates and deletes.

mod delete;
mod insert;
mod insert_all;
mod plan;
mod returning;
mod row;
mod update;
mod upsert;

pub(crate) use plan::plan;
pub(crate) use returning::insert as insert_returning;

pub use delete::Delete;
pub use insert::{InsertRow, Missing, Set};
pub use insert_all::InsertAll;
pub use row::{IntoRow, row_nodes};
pub use update::{Assigned, Bounded, Filtered, HasSet, Unassigned, Unfiltered, Update};
pub use upsert::{ConflictTarget, OnConflict, Upsert};
