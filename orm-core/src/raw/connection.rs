//! Raw connections.

use std::fmt;
use std::panic::Location;

use super::merge::merge;
use super::{Set, Sets, Sql};
use crate::database::Database;
use crate::dialect::Version;
use crate::driver::{BoxFuture, Summary};
use crate::error::Result;
use crate::session::{Executor, InHand, Lease, On, Pending, Transaction};

/// Direct access to one connection, like a cursor in other libraries: run any statement, read its result sets, and ask
/// the server about them.
///
/// It comes from the [pool](Database::connection), where each statement is committed at once, or from a
/// [transaction](Transaction::connection), and then runs inside it. It is returned automatically, and its session state is
/// reset: variables, temporary tables, named locks. Only `sqlite::memory:` keeps what is set, since the database is its
/// connection.
///
/// `&mut connection` is also an executor for queries and changes, like `&db`: in the transaction that raw SQL has begun on it,
/// if there is one.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let mut connection = db.connection().await?;
/// connection.execute(sql!("SELECT id, name FROM {@User} ORDER BY id")).await?;
/// assert_eq!(connection.columns(), ["id", "name"]);
/// while let Some((id, name)) = connection.fetch_one::<(u64, String)>()? {
///     println!("{id}: {name}");
/// }
/// assert_eq!(User::query().count(&mut connection).await?, 2);
/// # Ok(()) }) }
/// ```
pub struct RawConnection<'a> {
    lease: Lease<'a>,
    pub(super) set: Set,
    pub(super) sets: Sets,
    summary: Summary,
}

impl fmt::Debug for RawConnection<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawConnection").field("summary", &self.summary).finish_non_exhaustive()
    }
}

impl Database {
    /// Takes a connection from the pool: see [`RawConnection`].
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut connection = db.connection().await?;
    /// connection.execute(sql!("CREATE TEMPORARY TABLE t (n INTEGER)")).await?;
    /// connection.execute(sql!("INSERT INTO t SELECT id FROM {@User}")).await?;
    /// assert_eq!(connection.rows_affected(), 2);
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn connection(&self) -> Pending<'_, RawConnection<'_>> {
        Pending::new(take(Executor::on(self), Location::caller()))
    }
}

impl Transaction {
    /// Borrows the transaction's connection, beginning the transaction if no statement has run yet: see [`RawConnection`].
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// let mut connection = s.connection().await?;
    /// connection.execute(sql!("DELETE FROM {@Post}")).await?;
    /// s.rollback().await?;
    /// assert_eq!(Post::query().count(db).await?, 2);
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn connection(&mut self) -> Pending<'_, RawConnection<'_>> {
        Pending::new(take(Executor::on(self), Location::caller()))
    }
}

async fn take<'a>(on: On<'a>, at: &'static Location<'static>) -> Result<RawConnection<'a>> {
    let mut lease = on.lease(None, at).await?;
    lease.take_in_hand();
    Ok(RawConnection { lease, set: Set::default(), sets: Sets::default(), summary: Summary::default() })
}

impl InHand for RawConnection<'_> {
    fn lend(&mut self) -> BoxFuture<'_, Result<Lease<'_>>> {
        Box::pin(self.lease.lend())
    }
}

impl RawConnection<'_> {
    /// Runs a statement, keeps all its result sets for the `fetch_…` methods, and returns the number of rows that it changed
    /// or, if it returns rows, the number of rows in the first set.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut connection = db.connection().await?;
    /// assert_eq!(connection.execute(sql!("SELECT * FROM {@Post}")).await?, 2);
    /// assert_eq!(connection.execute(sql!("DELETE FROM {@Post} WHERE id = 1")).await?, 1);
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn execute(&mut self, sql: Sql) -> Pending<'_, u64> {
        let at = Location::caller();
        Pending::new(async move {
            (self.set, self.sets) = (Set::default(), Sets::default());
            let mut sets = Sets::default();
            let command = sql.into_command()?;
            self.summary = self.lease.lend().await?.run(command, &mut sets, at).await?;
            if let Some(first) = sets.next() {
                self.summary.affected = first.len() as u64;
                self.set = first;
            }
            self.sets = sets;
            Ok(self.summary.affected)
        })
    }

    /// Runs statements that differ in their values one after the other, and returns how many rows they changed. Consecutive
    /// INSERTs with the same text are merged into few multi-row INSERTs.
    ///
    /// On a connection from the pool, statements before a failed one persist: for all or nothing, use a session's connection.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let titles = ["One", "Two", "Three"];
    /// let inserts = titles.map(|title| sql!("INSERT INTO {@Post} (author_id, title, published) VALUES (2, {title}, 0)"));
    /// assert_eq!(db.connection().await?.execute_many(inserts).await?, 3); // one statement
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn execute_many(&mut self, statements: impl IntoIterator<Item = Sql>) -> Pending<'_, u64> {
        let at = Location::caller();
        let statements: Vec<Sql> = statements.into_iter().collect();
        Pending::new(async move {
            (self.set, self.sets) = (Set::default(), Sets::default());
            let mut total = Summary::default();
            let mut lease = self.lease.lend().await?;
            for sql in merge(statements, lease.dialect()) {
                let summary = lease.run(sql.into_command()?, &mut (), at).await?;
                total.affected += summary.affected;
                total.last_insert_id = summary.last_insert_id;
            }
            self.summary = total;
            Ok(total.affected)
        })
    }

    /// Returns the result of the last [`execute`](Self::execute).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut connection = db.connection().await?;
    /// connection.execute(sql!("UPDATE {@Post} SET body = ''")).await?;
    /// assert_eq!(connection.rows_affected(), 2);
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn rows_affected(&self) -> u64 {
        self.summary.affected
    }

    /// Returns the key that the server generated for the last statement, if it did: on MySQL and MariaDB that of the first row,
    /// on SQLite that of the last row.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut connection = db.connection().await?;
    /// connection.execute(sql!("INSERT INTO {@Post} (author_id, title, published) VALUES (2, 'x', 0)")).await?;
    /// assert_eq!(connection.last_insert_id(), Some(3));
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn last_insert_id(&self) -> Option<u64> {
        self.summary.last_insert_id
    }

    /// Checks that the server responds.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// assert!(db.connection().await?.ping().await.is_ok());
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn ping(&mut self) -> Pending<'_, ()> {
        let ping = super::sql("SELECT 1").scalar::<i64>(self);
        Pending::new(async move { ping.await.map(drop) })
    }

    /// Returns the server's version.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// assert!(db.connection().await?.server_version().major >= 3);
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn server_version(&self) -> Version {
        self.lease.dialect().version
    }

    pub(super) fn lease(&self) -> &Lease<'_> {
        &self.lease
    }
}
