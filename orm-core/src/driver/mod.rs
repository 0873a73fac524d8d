//! The boundary to drivers.
//!
//! A driver turns statements into rows. It knows nothing of models or queries; the rest of the crate knows nothing of
//! its protocol. Rows are **pushed**: one future a statement, one call a row with the cells as the driver has them,
//! borrowed or owned.
//!
//! A program that uses the crate meets none of this: its databases are opened by URL. A driver of your own is a
//! [`Driver`], a [`Connection`] and a [`Dialect`]; [`DatabaseBuilder::open_with`] makes a database of it.
//!
//! [`DatabaseBuilder::open_with`]: crate::database::DatabaseBuilder::open_with

mod backend;
mod connection;
mod sink;

use std::fmt;
use std::future::Future;
use std::pin::Pin;

pub use backend::{Backend, OptionDef, Url};
pub use connection::{Begin, Connection, End, Isolation, Status, Summary};
pub use sink::{Flow, Sink, pause};

use crate::dialect::Dialect;
use crate::error::Result;

/// A future in a box.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Where connections come from: one per [`Database`](crate::Database).
pub trait Driver: fmt::Debug + Send + Sync + 'static {
    /// The dialect as far as it is known without a server.
    fn dialect(&self) -> &Dialect;

    /// Opens a connection that is ready for statements.
    ///
    /// MUST name the address but no password in its error, whose kind MUST be `Connect` or `Configuration`.
    fn connect(&self) -> BoxFuture<'_, Result<Box<dyn Connection>>>;

    /// The greatest number of connections that make sense, whatever the pool's option says: 1 for a database that
    /// lives in its connection.
    fn max_connections(&self) -> Option<usize> {
        None
    }
}
