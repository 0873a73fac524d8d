//! Queries: typed chains over one select.
//!
//! [`Query`] has a scope and rows that follow it; `select` makes [`Rows`], which are finished but for paging and
//! terminals; `group_by` makes a [`Grouped`] query, in which only the key and aggregates can be named.

mod clauses;
mod group;
mod join;
mod rows;
mod select;
mod subquery;
mod terminals;
mod with;

pub use group::{Group, Grouped};
pub use rows::Rows;
pub use select::Query;
pub(crate) use terminals::Read;
