//! The heart of [`orm`](https://docs.rs/orm): everything but the macros and the drivers. Use it through that crate.
//!
//! - [`model`], [`mode`], [`scope`] and [`expression`] are the typed surface that users write against;
//! - [`query`], [`change`] and [`relation`] are the statements made with it, [`raw`] those written by hand,
//!   [`soft_delete`] and scopes what hides rows from the former;
//! - [`syntax`] is the untyped tree beneath, which one renderer turns into SQL by the data of a [`dialect`];
//! - [`database`] and [`session`] run statements over the [`driver`] boundary; [`query_log`] keeps those that they run,
//!   [`n_plus_one`] finds those that are run too often, and the [`test_kit`] undoes them;
//! - [`value`], [`schema`] and [`error`] are what all of them share.
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod batch;
pub mod change;
pub mod database;
pub mod dialect;
pub mod driver;
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
