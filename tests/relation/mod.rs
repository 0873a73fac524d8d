//! Relations, kind by kind: each declared, read through, joined, loaded, asked about, of rows at hand, and written.
//!
//! Those through a join model are in `many_to_many.rs` and `unit/attach.rs`, those to one of several models in
//! `one_of.rs`; what foreign keys do when rows go is in `unit/cascades.rs`.

mod belongs_to;
mod composite;
mod has_many;
mod has_one;
mod optional;
mod several_to_one_model;
mod size;
pub mod to_itself;
mod to_unique;
