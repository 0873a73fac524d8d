//! The unit of work, feature by feature. How it behaves at its edges, and which test sees to it, is in
//! `tests/semantics.md`.

mod after_flush;
mod attach;
mod autoflush;
mod batches;
mod cascades;
mod changes;
mod circles;
mod collections;
mod deletes;
mod edits;
mod faults;
mod get;
mod handles;
mod hooks;
mod links;
mod memory;
mod models;
mod new_rows;
mod pointing;
mod rollback;
mod savepoints;
mod scopes;
mod track;
mod unique;
mod versions;
