//! Stored procedures.
//!
//! [`call`] takes arguments in the order of the procedure's parameters; `run` gives what it [put out](Called::out) and its
//! result sets. `procedure!` writes a function around it.

mod call;
mod called;
mod outputs;

pub use call::{Call, call};
pub use called::Called;
pub use outputs::Append;
