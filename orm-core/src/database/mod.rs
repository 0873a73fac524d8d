//! Databases: drivers, connection pools, and their settings.

mod builder;
mod config;
mod create;
mod handle;
mod member;
mod misplaced;
mod options;
mod pool;
mod replicas;
mod run;
mod slot;
mod steps;
mod tables;
mod tell;
mod url;

pub use builder::DatabaseBuilder;
pub use config::DatabaseConfig;
pub use handle::Database;
pub use misplaced::{Begins, Connects, RunsStatements};
pub use pool::PoolStatus;
pub(crate) use pool::Pooled;
pub(crate) use url::ENCODED;
