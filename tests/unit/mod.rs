//! The unit of work, feature by feature. How it behaves at its edges follows a list that was made from SQLAlchemy's
//! session; what of that list has no test here:
//!
//! - *Objects in no session, or in two*: a row is owned by its session, and a handle of another one is refused
//!   (`handles.rs`); there is no state "detached".
//! - *Expiry, lazy loading, weak references, merge*: nothing is loaded behind one's back, so nothing expires; rows stay
//!   until they are forgotten.
//! - *Collections, orphans and cascades in memory*: a row has no collections; `on_delete` is the database's.
//! - *Bulk changes that synchronize objects*: a statement changes the database only, `refresh` reads again.
//! - *Two-phase commit*: not offered; see `binds.rs` for several databases.
//! - *States of the transaction, lost connections, cancellation*: `session.rs`, `transaction.rs`, `savepoint.rs`,
//!   `cancel.rs` and `connection_lost.rs`.

mod attach;
mod batches;
mod changes;
mod circles;
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
mod rollback;
mod savepoints;
mod scopes;
mod track;
mod unique;
mod versions;
