//! Databases: a driver, a pool of its connections, and the settings of both.

mod builder;
mod handle;
mod options;
mod pool;
mod run;
mod tables;
mod url;

pub use builder::DatabaseBuilder;
pub use handle::Database;
pub use pool::PoolStatus;
pub(crate) use pool::Pooled;
