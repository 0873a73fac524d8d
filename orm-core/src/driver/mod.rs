//! The driver API.
//!
//! A driver turns statements into rows. It knows nothing of models or queries; the rest of the crate knows nothing of
//! its protocol. Rows are **pushed**: there is one future per statement and one call per row, with the cells as the
//! driver has them, borrowed or owned.
//!
//! Programs that only use the crate need none of this: they open databases by URL. A driver of your own consists of a
//! [`Driver`], a [`Connection`] and a [`Dialect`]; [`DatabaseBuilder::open_with`] makes a database of it, with the
//! same pool, sessions, streams and logs as any other. `tests/driver.rs` in the repository specifies what every
//! driver has to do.
//!
//! ```
//! use std::sync::{Arc, Mutex, PoisonError};
//!
//! use orm::dialect::{Dialect, SQLITE};
//! use orm::driver::{Begin, BoxFuture, Connection, Driver, End, Flow, Sink, Status, Summary, pause};
//! use orm::prelude::*;
//! use orm::value::{Cell, Datum};
//! use orm::{Error, Statement};
//!
//! /// An in-memory database with a single table of names. It supports no other statements.
//! #[derive(Debug, Clone, Default)]
//! struct Names(Arc<Mutex<Vec<String>>>);
//!
//! impl Names {
//!     fn list(&self) -> Vec<String> {
//!         self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
//!     }
//!
//!     fn set(&self, list: Vec<String>) {
//!         *self.0.lock().unwrap_or_else(PoisonError::into_inner) = list;
//!     }
//! }
//!
//! impl Driver for Names {
//!     fn dialect(&self) -> &Dialect {
//!         &SQLITE
//!     }
//!
//!     fn connect(&self) -> BoxFuture<'_, orm::Result<Box<dyn Connection>>> {
//!         Box::pin(async {
//!             let connection = Line { names: self.clone(), before: None };
//!             Ok(Box::new(connection) as Box<dyn Connection>)
//!         })
//!     }
//!
//!     fn max_connections(&self) -> Option<usize> {
//!         Some(1) // so that nothing else changes the names during a transaction
//!     }
//! }
//!
//! /// A connection to it, with the names that a rollback restores.
//! #[derive(Debug)]
//! struct Line {
//!     names: Names,
//!     before: Option<Vec<String>>,
//! }
//!
//! impl Connection for Line {
//!     fn dialect(&self) -> &Dialect {
//!         &SQLITE
//!     }
//!
//!     fn run<'a>(
//!         &'a mut self,
//!         statement: &'a mut Statement,
//!         sink: &'a mut dyn Sink,
//!     ) -> BoxFuture<'a, orm::Result<Summary>> {
//!         Box::pin(async move {
//!             let mut list = self.names.list();
//!             if statement.sql.starts_with("INSERT") {
//!                 let added = statement.params.iter().filter_map(|value| match value {
//!                     Datum::Text(name) => Some(name.to_string()),
//!                     _ => None,
//!                 });
//!                 let affected = added.clone().count() as u64;
//!                 list.extend(added);
//!                 self.names.set(list);
//!                 return Ok(Summary { affected, last_insert_id: None });
//!             }
//!             if statement.sql != "SELECT name FROM names" {
//!                 return Err(Error::new(ErrorKind::Syntax, "only names can be read").with_sql(&statement.sql));
//!             }
//!             if sink.wants_columns() {
//!                 sink.columns(&["name"]);
//!             }
//!             for name in &list {
//!                 match sink.row(&mut [Cell::Borrowed(name.as_bytes())]) {
//!                     Flow::Continue => {}
//!                     Flow::Pause => pause().await,
//!                     Flow::Stop => break,
//!                 }
//!             }
//!             Ok(Summary::default())
//!         })
//!     }
//!
//!     fn steer<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, orm::Result<()>> {
//!         Box::pin(async move { Err(Error::new(ErrorKind::Unsupported, format!("no savepoints: {sql}"))) })
//!     }
//!
//!     fn begin(&mut self, _: Begin) -> BoxFuture<'_, orm::Result<()>> {
//!         self.before = Some(self.names.list());
//!         Box::pin(async { Ok(()) })
//!     }
//!
//!     fn end(&mut self, end: End) -> BoxFuture<'_, orm::Result<()>> {
//!         match (self.before.take(), end) {
//!             (Some(before), End::Rollback | End::Reset) => self.names.set(before),
//!             _ => {}
//!         }
//!         Box::pin(async { Ok(()) })
//!     }
//!
//!     fn status(&self) -> Status {
//!         if self.before.is_some() { Status::InTransaction } else { Status::Idle }
//!     }
//!
//!     fn ping(&mut self) -> BoxFuture<'_, orm::Result<()>> {
//!         Box::pin(async { Ok(()) })
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> orm::Result<()> {
//! let (ann, bob) = ("Ann", "Bob");
//! let db = Database::builder().open_with(Arc::new(Names::default()))?;
//! sql!("INSERT INTO names VALUES ({ann})").execute(&db).await?;
//!
//! let mut s = db.session();
//! sql!("INSERT INTO names VALUES ({bob})").execute(&mut s).await?;
//! s.rollback().await?;
//!
//! let names: Vec<String> = sql!("SELECT name FROM names").all(&db).await?;
//! assert_eq!(names, ["Ann"]);
//! # Ok(())
//! # }
//! ```
//!
//! [`DatabaseBuilder::open_with`]: crate::database::DatabaseBuilder::open_with

mod backend;
mod connection;
mod passwords;
mod sink;

use std::fmt;
use std::future::Future;
use std::pin::Pin;

pub use backend::{Backend, OptionDef, Url};
pub use connection::{Address, Begin, Connection, End, Isolation, Status, Summary};
pub use passwords::Passwords;
pub use sink::{Flow, Sink, pause};

use crate::dialect::Dialect;
use crate::error::Result;

/// A boxed future.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A source of connections: one per [`Database`](crate::Database). [The module](self) has a complete example.
pub trait Driver: fmt::Debug + Send + Sync + 'static {
    /// Returns the dialect, as far as it is known without a server.
    fn dialect(&self) -> &Dialect;

    /// Opens a connection that is ready for statements.
    ///
    /// Its error MUST contain the address but no password, and MUST have the kind `Connect` or `Configuration`.
    fn connect(&self) -> BoxFuture<'_, Result<Box<dyn Connection>>>;

    /// Returns the maximum number of connections that make sense, whatever the pool's option says: 1 for a database
    /// that exists only in its connection.
    fn max_connections(&self) -> Option<usize> {
        None
    }

    /// Creates the database of the connections unless it exists; where opening a connection does that, it only opens
    /// one.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// db.driver().create_database().await?; // exists: nothing happens
    /// # Ok(()) }) }
    /// ```
    fn create_database(&self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move { self.connect().await.map(drop) })
    }
}
