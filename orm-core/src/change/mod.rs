//! Changes: inserts, updates, upserts and deletes.

mod bulk;
mod conflict_key;
mod delete;
mod insert;
mod insert_all;
mod insert_from;
mod left_out;
mod misplaced;
mod on_conflict;
mod patch;
mod plan;
mod returning;
mod row;
mod stale;
mod target;
mod update;
mod upsert;

pub(crate) use plan::plan;
pub(crate) use returning::insert as insert_returning;

pub use bulk::BulkInsert;
pub use delete::Delete;
pub use insert::{InsertRow, Missing, Set};
pub use insert_all::InsertAll;
pub use insert_from::InsertFrom;
pub use left_out::{LeavesOut, set_or_left_out};
pub use misplaced::{AmongMany, OneRow};
pub use on_conflict::{ConflictTarget, Decided, OnConflict};
pub use patch::Patch;
pub use row::{Complete, IntoRow, RowOf, row_nodes};
pub use target::{Bounded, ByKey, Filtered, Unfiltered};
pub use update::{Assigned, HasSet, Unassigned, Update};
pub use upsert::{Ignored, Updating, Upsert};
