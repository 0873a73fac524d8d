//! Creating and dropping the tables of models in a transaction.

use std::panic::Location;

use super::fetch::Fetch;
use super::label::Label;
use super::{Executor, Lease, On, Pending, Transaction};
use crate::error::Result;
use crate::schema::{ModelSet, Schema, Table, check_home, create as create_schema, describe, drop_table};
use crate::syntax::Statement;

impl Transaction {
    /// Creates tables in the transaction; see [`Database::create_tables`](crate::Database::create_tables). Only where DDL is
    /// transactional: on MySQL and MariaDB it would commit the transaction implicitly, so it is refused there.
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

    /// Drops tables in the transaction; see [`Database::drop_tables`](crate::Database::drop_tables). Refused on MySQL and
    /// MariaDB, like [`create_tables`](Self::create_tables).
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

/// Creates tables, each in its database and after the tables that it references.
pub(crate) async fn create(
    on: On<'_>,
    tables: Vec<&'static Table>,
    at: &'static Location<'static>,
) -> Result<()> {
    let Some(first) = tables.first() else { return Ok(()) };
    let mut lease = on.lease(first.bind, at).await?;
    for tables in by_home(tables, &lease)? {
        let elsewhere = parents_elsewhere(&tables);
        let schema = turn_to(&mut lease, tables).await?;
        let creation = create_schema(&schema, lease.dialect());
        for sql in creation.tables {
            if let Err(error) = run(&mut lease, sql.clone(), at).await {
                let quoted = |parent: &Table| sql.contains(&lease.dialect().identifier(parent.name));
                let parents: Vec<&Table> =
                    elsewhere.iter().copied().filter(|parent| quoted(parent)).collect();
                return Err(error.with_parents(&parents));
            }
        }
        for key in creation.late {
            let Some(add) = key.add else { continue };
            if !has_row(&mut lease, key.exists, at).await? {
                run(&mut lease, add, at).await?;
            }
        }
    }
    Ok(())
}

/// The tables that foreign keys reference but that are not created along with them.
fn parents_elsewhere(tables: &[&'static Table]) -> Vec<&'static Table> {
    let keys = tables.iter().flat_map(|table| table.foreign_keys);
    let mut parents: Vec<&'static Table> = Vec::new();
    for parent in keys.map(|key| (key.parent)()) {
        let same = |other: &&'static Table| (other.schema, other.name) == (parent.schema, parent.name);
        if !tables.iter().chain(&parents).any(same) {
            parents.push(parent);
        }
    }
    parents
}

/// Drops tables, each in its database, in reverse order.
pub(crate) async fn drop_all(
    on: On<'_>,
    tables: Vec<&'static Table>,
    at: &'static Location<'static>,
) -> Result<()> {
    let Some(first) = tables.first() else { return Ok(()) };
    let mut lease = on.lease(first.bind, at).await?;
    for tables in by_home(tables, &lease)?.into_iter().rev() {
        let schema = turn_to(&mut lease, tables).await?;
        for key in create_schema(&schema, lease.dialect()).late {
            if has_row(&mut lease, key.exists, at).await? {
                run(&mut lease, key.release, at).await?;
            }
        }
        for table in schema.tables.iter().rev() {
            let sql = drop_table(table, lease.dialect());
            run(&mut lease, sql, at).await?;
        }
    }
    Ok(())
}

/// Groups the tables by database, unless all are to be in one.
pub(crate) fn by_home(tables: Vec<&'static Table>, lease: &Lease<'_>) -> Result<Vec<Vec<&'static Table>>> {
    if lease.is_fixed() {
        return Ok(vec![tables]);
    }
    let mut homes: Vec<Vec<&'static Table>> = Vec::new();
    for table in tables {
        check_home(table)?;
        match homes.iter_mut().find(|home| home.first().is_some_and(|first| first.bind == table.bind)) {
            Some(home) => home.push(table),
            None => homes.push(vec![table]),
        }
    }
    Ok(homes)
}

/// Switches to the database that the tables are in, and returns the schema that their models declare.
pub(crate) async fn turn_to(lease: &mut Lease<'_>, tables: Vec<&'static Table>) -> Result<Schema> {
    if let Some(first) = tables.first() {
        lease.turn_to(first.bind).await?;
    }
    describe(tables, lease.dialect())
}

async fn run(lease: &mut Lease<'_>, sql: String, at: &'static Location<'static>) -> Result<()> {
    lease.run_by_hand(Statement::new(sql, vec![]), &mut (), at).await.map(drop)
}

/// Whether a query returns rows.
async fn has_row(lease: &mut Lease<'_>, sql: String, at: &'static Location<'static>) -> Result<bool> {
    let mut rows = Fetch::new(|_| Ok(()));
    lease.run_by_hand(Statement::new(sql, vec![]), &mut rows, at).await?;
    Ok(!rows.finish(Label::Computed)?.is_empty())
}
