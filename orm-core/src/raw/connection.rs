//! The connection underneath.

use std::fmt;
use std::panic::Location;

use super::merge::merge;
use super::{Set, Sets, Sql};
use crate::database::Database;
use crate::dialect::Version;
use crate::driver::{BoxFuture, Summary};
use crate::error::Result;
use crate::session::{Executor, InHand, Lease, On, Pending, Transaction};

/// One connection in hand, as a cursor of other libraries has it: statements of any kind, their result sets, and what the
/// server says of them.
///
/// It comes from the [pool](Database::connection), where each statement is committed at once, or from a
/// [transaction](Transaction::connection), inside which it then is. It goes back by itself, and whatever was set on it is
/// forgotten: variables, temporary tables, locks by name. Only a `sqlite::memory:` keeps what is set, since it is its
/// connection.
///
/// `&mut connection` also runs queries and changes, wherever `&db` does.
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
    /// A connection of the pool in hand: see [`RawConnection`].
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
    /// The connection of the transaction in hand, which begins now if no statement has run yet: see [`RawConnection`].
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
    /// Runs a statement, keeps all its result sets for the `fetch_…` methods, and gives the number of rows that it changed
    /// or, if it gives rows, of those in the first set.
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

    /// Runs statements that differ in their values, one after the other, and gives how many rows they changed. Inserts of
    /// the same text become few inserts of many rows.
    ///
    /// On a connection of the pool, those before one that fails stay: take the connection of a session to have all or none.
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

    /// What [`execute`](Self::execute) gave last.
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

    /// The key that the server counted up for the last statement, if it did: on MySQL and MariaDB that of the first row, on
    /// SQLite of the last one.
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

    /// Asks the server for a sign of life.
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

    /// The version of the server.
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
