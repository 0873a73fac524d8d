//! S6 as a terminal does it: pool, future, rendering and all, on a driver that does nothing.

use std::hint::black_box;
use std::sync::Arc;

use anyhow::Result;
use orm::dialect::{Dialect, MYSQL};
use orm::driver::{Begin, BoxFuture, Connection, Driver, End, Sink, Status, Summary};
use orm::prelude::*;

use super::{SEARCH, typed};
use crate::contestant::{Contestant, Turn};
use crate::work::Work;

/// A driver without a database: statements have no rows.
#[derive(Debug)]
struct Nothing;

impl Driver for Nothing {
    fn dialect(&self) -> &Dialect {
        &MYSQL
    }

    fn connect(&self) -> BoxFuture<'_, orm::Result<Box<dyn Connection>>> {
        Box::pin(async { Ok(Box::new(Nothing) as Box<dyn Connection>) })
    }
}

impl Connection for Nothing {
    fn dialect(&self) -> &Dialect {
        &MYSQL
    }

    fn run<'a>(
        &'a mut self,
        statement: &'a mut orm::Statement,
        _: &'a mut dyn Sink,
    ) -> BoxFuture<'a, orm::Result<Summary>> {
        Box::pin(async {
            black_box(statement);
            Ok(Summary::default())
        })
    }

    fn steer<'a>(&'a mut self, _: &'a str) -> BoxFuture<'a, orm::Result<()>> {
        Box::pin(async { Ok(()) })
    }

    fn begin(&mut self, _: Begin) -> BoxFuture<'_, orm::Result<()>> {
        Box::pin(async { Ok(()) })
    }

    fn end(&mut self, _: End) -> BoxFuture<'_, orm::Result<()>> {
        Box::pin(async { Ok(()) })
    }

    fn status(&self) -> Status {
        Status::Idle
    }

    fn ping(&mut self) -> BoxFuture<'_, orm::Result<()>> {
        Box::pin(async { Ok(()) })
    }
}

/// The contestant.
pub(super) struct Terminal {
    db: Database,
}

impl Terminal {
    /// Opens the database that does nothing.
    pub(super) fn open() -> Result<Self> {
        Ok(Terminal { db: Database::builder().open_with(Arc::new(Nothing))? })
    }
}

impl Contestant for Terminal {
    fn name(&self) -> &str {
        "orm: all(&db), a driver that does nothing"
    }

    fn prepare<'a>(&'a mut self, _: &'a Work) -> Turn<'a> {
        Box::pin(async { Ok(()) })
    }

    fn repeat<'a>(&'a mut self, _: &'a Work, times: u64) -> Turn<'a> {
        Box::pin(async move {
            for _ in 0..times {
                drop(black_box(typed::build(black_box(&SEARCH)).all(&self.db).await?));
            }
            Ok(())
        })
    }
}
