//! Stored procedures.
//!
//! [`call`] takes arguments in the order of the procedure's parameters; `run` returns its [outputs](Called::out) and its
//! result sets. `procedure!` generates a function for it.

mod call;
mod called;
mod outputs;

pub use call::{Call, call};
pub use called::Called;
pub use outputs::Append;
