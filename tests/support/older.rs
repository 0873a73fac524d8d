//! A driver on top of another database's driver, whose server claims an older version: what the crate avoids there must
//! work on the newer one, too.

use std::sync::Arc;

use orm::dialect::Dialect;
use orm::driver::{Begin, BoxFuture, Connection, Driver, End, Sink, Status, Summary};
use orm::{Database, Open as _, Result, Statement};

#[derive(Debug)]
struct Older {
    under: Database,
    dialect: Dialect,
}

/// Opens the same database, as if its server reported this version.
pub fn as_of(version: &str, db: &Database) -> Result<Database> {
    let dialect = orm_mysql::dialect_of(version)?;
    Database::builder().open_with(Arc::new(Older { under: db.clone(), dialect }))
}

impl Driver for Older {
    fn dialect(&self) -> &Dialect {
        &self.dialect
    }

    fn connect(&self) -> BoxFuture<'_, Result<Box<dyn Connection>>> {
        Box::pin(async {
            let under = self.under.driver().connect().await?;
            Ok(Box::new(Line { under, dialect: self.dialect.clone() }) as Box<dyn Connection>)
        })
    }
}

#[derive(Debug)]
struct Line {
    under: Box<dyn Connection>,
    dialect: Dialect,
}

impl Connection for Line {
    fn dialect(&self) -> &Dialect {
        &self.dialect
    }

    fn run<'a>(
        &'a mut self,
        statement: &'a mut Statement,
        sink: &'a mut dyn Sink,
    ) -> BoxFuture<'a, Result<Summary>> {
        self.under.run(statement, sink)
    }

    fn steer<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<()>> {
        self.under.steer(sql)
    }

    fn begin(&mut self, options: Begin) -> BoxFuture<'_, Result<()>> {
        self.under.begin(options)
    }

    fn end(&mut self, end: End) -> BoxFuture<'_, Result<()>> {
        self.under.end(end)
    }

    fn is_set_for(&self, transaction: bool) -> bool {
        self.under.is_set_for(transaction)
    }

    fn status(&self) -> Status {
        self.under.status()
    }

    fn ping(&mut self) -> BoxFuture<'_, Result<()>> {
        self.under.ping()
    }
}
