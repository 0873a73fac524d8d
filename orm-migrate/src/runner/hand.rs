//! The connection on which migrations run, alone.

use std::time::{Duration, Instant};

use orm::prelude::*;
use orm::raw::{RawConnection, sql_unchecked};
use orm::{Error, ErrorKind, Result};

use super::count;
use crate::history::{Applied, checksum, create};

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
    pub(super) async fn take(db: &'d Database, wait: Duration) -> Result<Self> {
        let mut hand = Hand { db, connection: db.connection().await?, locked: db.dialect().ddl.commits };
        if hand.locked {
            hand.lock(wait).await?;
        }
        let started = Instant::now();
        while let Err(error) = create(&mut hand.connection, db).await {
            wait_again(error, started, wait).await?;
        }
        Ok(hand)
    }

    /// Takes the lock of the server, in short turns: no answer takes longer than a connection may wait for one.
    async fn lock(&mut self, wait: Duration) -> Result<()> {
        let started = Instant::now();
        loop {
            let turn = wait.saturating_sub(started.elapsed()).as_secs().min(1);
            let lock = sql_unchecked(format!("SELECT GET_LOCK({LOCK}, {turn})"));
            if lock.scalar::<Option<i64>>(&mut self.connection).await? == Some(1) {
                return Ok(());
            }
            if started.elapsed() >= wait {
                return Err(occupied(wait));
            }
        }
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

/// Waits for a writer on SQLite, where that is the lock, unless the time is over. Each attempt has waited for
/// `busy_timeout`, which may be nothing.
pub(super) async fn wait_again(error: Error, started: Instant, wait: Duration) -> Result<()> {
    if !error.is_lock_timeout() {
        return Err(error);
    }
    if started.elapsed() >= wait {
        return Err(occupied(wait).with_source(error));
    }
    tokio::time::sleep(Duration::from_millis(20)).await;
    Ok(())
}

/// The error when another program took too long.
#[cold]
fn occupied(wait: Duration) -> Error {
    let message = format!("another program is running migrations, and was waited for {wait:?}");
    Error::new(ErrorKind::LockTimeout, message)
}

fn checksum_of(statements: &[String], done: u32) -> String {
    let done = usize::try_from(done).unwrap_or(usize::MAX).min(statements.len());
    checksum(&statements[..done])
}
