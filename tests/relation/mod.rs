//! Relations of each kind: declared, read through, joined, loaded, filtered by, loaded for given rows, and written.
//!
//! Many-to-many relations are in `many_to_many.rs` and `unit/attach.rs`, polymorphic ones in `one_of.rs`; the
//! referential actions of foreign keys are in `unit/cascades.rs`.

mod belongs_to;
mod composite;
mod has_many;
mod has_one;
mod optional;
mod several_to_one_model;
mod size;
pub mod to_itself;
mod to_unique;
