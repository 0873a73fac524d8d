//! Tests of programs that use the ORM: a database whose changes are always rolled back.

mod connection;
mod driver;
mod run;

#[doc(hidden)]
pub use run::{block_on, url};

use std::sync::Arc;

use crate::database::Database;
use crate::error::Result;
use driver::TestDriver;

impl Database {
    /// Returns a handle that runs everything in one transaction, which is never committed: the changes of a test are rolled back
    /// when the handle, its clones and its sessions are dropped. Concurrent tests do not see each other's changes.
    ///
    /// The code under test runs unchanged. Sessions and transactions may commit and roll back: underneath, they are savepoints.
    /// The transaction begins with the first statement. Create the tables before, on the database itself.
    /// [`#[orm::test]`](https://docs.rs/orm/latest/orm/attr.test.html) does all of this.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// async fn publish_all(db: &Database) -> orm::Result<()> {
    ///     let mut s = db.session();
    ///     Post::update().set(|p| p.published.to(true)).all_rows().execute(&mut s).await?;
    ///     s.commit().await
    /// }
    ///
    /// let drafts = || Post::query().filter(|p| p.published.is_false());
    /// let test = db.for_test()?;
    /// publish_all(&test).await?;
    /// assert_eq!(drafts().count(&test).await?, 0);
    /// drop(test);
    /// assert_eq!(drafts().count(db).await?, 1);
    /// # Ok(()) }) }
    /// ```
    ///
    /// Limitations:
    ///
    /// - There is a single connection, on which sessions and statements on `&db` take turns, as on `sqlite::memory:`. Code
    ///   that runs a statement on `&db`, or on another session, while it holds a session open waits for it, and gets an error
    ///   after `wait_timeout`.
    /// - Concurrent tests hold locks like concurrent transactions: on the rows that they change, on the unique values that they
    ///   insert, and on every row that a change without an index scans. A test whose rows have keys and unique values
    ///   of their own waits for no other test and gets into no deadlock.
    /// - What ends the transaction on the server ends the test: a deadlock with another test, or a statement whose future
    ///   is dropped midway. Every later statement is an error that says so.
    /// - On MySQL and MariaDB, statements that commit implicitly, such as CREATE TABLE, are refused.
    /// - Isolation levels, `read_only` and lock timeouts of the transactions inside have no effect, and constraints that a
    ///   COMMIT would check are not checked. Auto-increment counters are not reset. The session state of a raw connection
    ///   is not reset.
    ///
    /// # Errors
    /// Kind `Configuration` if the pool cannot be set up.
    pub fn for_test(&self) -> Result<Database> {
        self.map_members(|member| Arc::new(TestDriver::new(self.clone(), member)))
    }
}
