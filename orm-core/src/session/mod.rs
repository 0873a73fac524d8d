//! Where statements run: on a database, each by itself, or in a transaction.

mod executor;
mod fetch;
mod label;
mod lease;
mod pending;
mod runner;
mod state;
mod transaction;
mod unit;

pub use executor::{Executor, On};
pub(crate) use fetch::{Each, Fetch};
pub(crate) use label::{Label, Labels, column_of};
pub(crate) use lease::Lease;
pub use pending::Pending;
pub use runner::{Retrying, TransactionOptions};
pub use transaction::Transaction;
pub use unit::Session;
