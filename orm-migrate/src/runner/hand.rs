//! The connection on which migrations run, alone.

use orm::prelude::*;
use orm::raw::{RawConnection, sql_unchecked};
use orm::{Error, ErrorKind, Result};

use super::count;
use crate::history::{Applied, checksum, create};

/// So many seconds another program may take.
const PATIENCE: u32 = 60;
/// A lock of the server is for all of its databases, and its name is short.
const LOCK: &str = "CONCAT('orm_migrations ', LEFT(DATABASE(), 40))";

/// A connection that nobody else runs migrations beside.
pub(super) struct Hand<'d> {
    pub(super) db: &'d Database,
    connection: RawConnection<'d>,
    /// Whether a lock has to be given back.
    locked: bool,
}

impl<'d> Hand<'d> {
    pub(super) async fn take(db: &'d Database) -> Result<Self> {
        let mut hand = Hand { db, connection: db.connection().await?, locked: db.dialect().ddl.commits };
        if hand.locked {
            let lock = sql_unchecked(format!("SELECT GET_LOCK({LOCK}, {PATIENCE})"));
            if lock.scalar::<Option<i64>>(&mut hand.connection).await? != Some(1) {
                let message = format!("another program has run migrations for {PATIENCE} seconds");
                return Err(Error::new(ErrorKind::LockTimeout, message));
            }
        }
        create(&mut hand.connection, db).await?;
        Ok(hand)
    }

    /// Whether a migration is one transaction, with what is noted about it.
    pub(super) fn is_whole(&self) -> bool {
        !self.db.dialect().ddl.commits
    }

    pub(super) fn connection(&mut self) -> &mut RawConnection<'d> {
        &mut self.connection
    }

    pub(super) async fn execute(&mut self, sql: &str) -> Result<()> {
        self.connection.execute(sql_unchecked(sql)).await.map(drop)
    }

    /// Lets others go on.
    pub(super) async fn release(mut self) -> Result<()> {
        if self.locked { self.execute(&format!("DO RELEASE_LOCK({LOCK})")).await } else { Ok(()) }
    }

    /// Notes a migration of which so many statements are done.
    pub(super) async fn note(
        &mut self,
        name: &str,
        statements: &[String],
        done: u32,
        way: &str,
    ) -> Result<()> {
        let row = Applied::insert()
            .name(name)
            .checksum(checksum_of(statements, done))
            .way(way)
            .steps(count(statements))
            .begun(done)
            .done(done);
        row.execute(&mut self.connection).await.map(drop)
    }

    /// Notes how far it is.
    pub(super) async fn note_progress(
        &mut self,
        name: &str,
        statements: &[String],
        begun: u32,
        done: u32,
    ) -> Result<()> {
        let (sum, steps) = (checksum_of(statements, done), count(statements));
        let set = Applied::update()
            .set(|a| (a.checksum.to(sum), a.steps.to(steps), a.begun.to(begun), a.done.to(done)))
            .filter(|a| a.name.eq(name));
        set.execute(&mut self.connection).await.map(drop)
    }

    /// Forgets a migration.
    pub(super) async fn forget(&mut self, name: &str) -> Result<()> {
        Applied::delete().filter(|a| a.name.eq(name)).execute(&mut self.connection).await.map(drop)
    }
}

fn checksum_of(statements: &[String], done: u32) -> String {
    let done = usize::try_from(done).unwrap_or(usize::MAX).min(statements.len());
    checksum(&statements[..done])
}
