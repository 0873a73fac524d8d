//! The core of [`orm`](https://docs.rs/orm): everything except the macros and the drivers. Use it through that crate.
//!
//! - [`model`], [`mode`], [`scope`] and [`expression`] are the typed API that users write against;
//! - [`query`], [`change`] and [`relation`] are the statements built with it, [`raw`] is raw SQL, and [`soft_delete`]
//!   and scopes hide rows from the former;
//! - [`syntax`] is the untyped syntax tree beneath, which one renderer turns into SQL from the data of a [`dialect`];
//! - [`database`] and [`session`] run statements over the [`driver`] boundary; [`query_log`] records them,
//!   [`n_plus_one`] detects N+1 queries, and the [`test_kit`] rolls them back after a test;
//! - [`value`], [`schema`] and [`error`] are shared by all of them.
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod batch;
pub mod change;
pub mod database;
pub mod dialect;
pub mod driver;
pub mod elsewhere;
pub mod embed;
pub mod error;
pub mod explain;
pub mod expression;
mod macros;
pub mod mode;
pub mod model;
pub mod n_plus_one;
pub mod procedure;
pub mod query;
pub mod query_log;
pub mod raw;
pub mod relation;
mod render;
pub mod row;
pub mod schema;
pub mod scope;
mod scoped;
pub mod selection;
pub mod session;
mod shape;
pub mod soft_delete;
pub mod stream;
pub mod syntax;
pub mod test_kit;
pub mod unit;
pub mod value;
pub mod window;

pub use database::Database;
pub use error::{Error, ErrorKind, Result};
pub use expression::{Column, Condition};
pub use mode::{Far, Mode, Nullable, Required};
pub use model::Model;
pub use query::Query;
pub use scope::Scope;
pub use session::{Executor, Session, Transaction};
pub use value::Value;
