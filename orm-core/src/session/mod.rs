//! Where statements run: on a database, each on its own, or in a transaction.

mod branch;
mod commit;
mod executor;
mod fetch;
mod inside;
mod label;
mod lease;
mod misplaced;
mod pending;
mod retry;
mod runner;
mod savepoint;
#[expect(clippy::module_inception, reason = "the file is called after what is in it")]
mod session;
mod state;
pub(crate) mod tables;
mod transaction;
mod unrun;
mod whole;
mod work;

pub(crate) use executor::InHand;
pub use executor::{Executor, On};
pub(crate) use fetch::{Each, Fetch};
pub(crate) use label::{Label, Labels, column_of};
pub(crate) use lease::Lease;
pub use misplaced::Ended;
pub use pending::Pending;
pub use retry::Retrying;
pub use runner::TransactionOptions;
pub use savepoint::Savepoint;
pub use session::Session;
pub use transaction::Transaction;
pub use unrun::{RunsChange, RunsClosure, RunsQuery, RunsSql, Unrun};
pub(crate) use whole::Whole;
pub use work::Work;
