//! Creating and dropping the tables of models.

use std::panic::Location;

use super::{Executor, On, Pending, Transaction};
use crate::error::Result;
use crate::schema::{ModelSet, Table, check_home, create_table, drop_table, in_order};
use crate::syntax::Statement;

impl Transaction {
    /// Creates tables as a part of the transaction, as [`Database::create_tables`](crate::Database::create_tables)
    /// does outside of one. Only where tables are part of transactions: MySQL and MariaDB would commit the
    /// transaction instead, so that it is refused there.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |_| {
    /// let db = Database::open("sqlite::memory:")?;
    /// let mut s = db.session();
    /// s.create_tables::<(User, Post)>().await?;
    /// s.rollback().await?;
    /// assert!(User::query().count(&db).await.unwrap_err().is_no_such_table());
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn create_tables<S: ModelSet>(&mut self) -> Pending<'_, ()> {
        let at = Location::caller();
        Pending::new(create(Executor::on(self), S::tables(), at))
    }

    /// Drops tables as a part of the transaction, as [`Database::drop_tables`](crate::Database::drop_tables) does
    /// outside of one. Refused on MySQL and MariaDB, as [`create_tables`](Self::create_tables) is.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// s.drop_tables::<(User, Post)>().await?;
    /// s.rollback().await?;
    /// assert_eq!(User::query().count(db).await?, 2);
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn drop_tables<S: ModelSet>(&mut self) -> Pending<'_, ()> {
        let at = Location::caller();
        Pending::new(drop_all(Executor::on(self), S::tables(), at))
    }
}

/// Creates tables where they belong, each after those that it references.
pub(crate) async fn create(
    on: On<'_>,
    tables: Vec<&'static Table>,
    at: &'static Location<'static>,
) -> Result<()> {
    let Some(first) = tables.first() else { return Ok(()) };
    let mut lease = on.lease(first.bind, at).await?;
    for table in in_order(tables)? {
        lease.turn_to(table.bind).await?;
        if !lease.is_fixed() {
            check_home(table)?;
        }
        for sql in create_table(table, lease.dialect())? {
            lease.run_by_hand(Statement::new(sql, vec![]), &mut (), at).await?;
        }
    }
    Ok(())
}

/// Drops tables where they are, in the reverse order.
pub(crate) async fn drop_all(
    on: On<'_>,
    tables: Vec<&'static Table>,
    at: &'static Location<'static>,
) -> Result<()> {
    let Some(first) = tables.first() else { return Ok(()) };
    let mut lease = on.lease(first.bind, at).await?;
    for table in in_order(tables)?.into_iter().rev() {
        lease.turn_to(table.bind).await?;
        let sql = drop_table(table, lease.dialect());
        lease.run_by_hand(Statement::new(sql, vec![]), &mut (), at).await?;
    }
    Ok(())
}
