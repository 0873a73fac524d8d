//! What tests of programs need: a database that forgets.

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
    /// This database in one transaction that is never committed: what a test does to it is undone when the handle that
    /// this gives, its clones and its sessions are gone. Tests beside one another do not see what the others do.
    ///
    /// The code under test is used as it is. Sessions and transactions may commit and roll back: they are savepoints
    /// underneath. The transaction begins with the first statement. Create the tables before, on the database itself.
    /// [`#[orm::test]`](https://docs.rs/orm/latest/orm/attr.test.html) does all of it.
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
    /// What a test has to know:
    ///
    /// - There is one connection, on which sessions and statements on `&db` take turns, as on `sqlite::memory:`. Code
    ///   that runs a statement on `&db`, or on another session, while it holds a session open waits for it, until it is
    ///   told so after `wait_timeout`.
    /// - Tests at once hold locks as transactions at once do: on the rows that they change, on the unique values that they
    ///   insert, and on whatever a change without an index has looked at. A test whose rows have keys and unique values
    ///   of their own waits for no other, and is in no deadlock.
    /// - What ends the transaction on the server ends the test: a deadlock with another test, and a statement whose
    ///   future is dropped on the way. Every later statement is an error that says so.
    /// - On MySQL and MariaDB, statements that commit by themselves, such as CREATE TABLE, are refused.
    /// - Isolation levels, `read_only` and lock timeouts of the transactions inside are without effect, and so is what a
    ///   COMMIT would check. Counters of keys go on counting. What is set on a connection in hand stays set.
    ///
    /// # Errors
    /// Kind `Configuration` if the pool cannot be set up.
    pub fn for_test(&self) -> Result<Database> {
        self.map_members(|member| Arc::new(TestDriver::new(self.clone(), member)))
    }
}
