//! Servers, with a database for each contestant, so that no other tables are touched.

use anyhow::{Context, Result};
use mysql_async::Conn;
use mysql_async::prelude::Queryable as _;

use crate::cleanup::{self, Held};

/// A server of the MySQL family.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Server {
    /// User, password, host and port; no database, no options.
    base: String,
    /// The value of `@@version`.
    version: String,
}

impl Server {
    /// Connects to the server at a URL. The URL's database and options are ignored: all contestants get the defaults.
    pub(crate) fn at(url: &str) -> Result<Self> {
        let (_, rest) = url.split_once("://").context("the URL of a server reads mysql://root@host:port/")?;
        let authority = rest.split(['/', '?']).next().unwrap_or(rest);
        let base = format!("mysql://{authority}");
        let version = ask(&base, "SELECT @@version")?.unwrap_or_default();
        Ok(Server { base, version })
    }

    /// Returns whether it is a MariaDB server.
    pub(crate) fn is_mariadb(&self) -> bool {
        self.version.contains("MariaDB")
    }

    /// Returns its name and version.
    pub(crate) fn title(&self) -> String {
        let version = self.version.split('-').next().unwrap_or_default();
        format!("{} {version}", if self.is_mariadb() { "MariaDB" } else { "MySQL" })
    }

    /// Creates a database for a contestant.
    pub(crate) fn database(&self, contestant: &str) -> Result<Lent> {
        let name = format!("orm_race_{}_{contestant}", std::process::id());
        let database = Database { base: self.base.clone(), name };
        let mut held = cleanup::held();
        ask(&self.base, &format!("CREATE DATABASE {}", database.name))?;
        held.push(Held::Database(database.clone()));
        Ok(Lent(database))
    }
}

/// A database created for the race.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Database {
    base: String,
    name: String,
}

impl Database {
    /// Returns its name.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Drops it.
    pub(crate) fn drop_it(&self) -> Result<()> {
        ask(&self.base, &format!("DROP DATABASE IF EXISTS {}", self.name))?;
        Ok(())
    }
}

/// A database that is dropped together with this value.
#[derive(Debug)]
pub(crate) struct Lent(Database);

impl Lent {
    /// Returns its URL.
    pub(crate) fn url(&self) -> String {
        format!("{}/{}", self.0.base, self.0.name)
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        cleanup::release(&Held::Database(self.0.clone()));
    }
}

/// Runs a statement; returns the first column of its first row.
fn ask(base: &str, sql: &str) -> Result<Option<String>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let connection = Conn::from_url(format!("{base}/?prefer_socket=false")).await;
        // Without the URL, which may contain a password.
        let mut connection = connection.context("a server does not answer")?;
        let answer = connection.query_first(sql).await?;
        connection.disconnect().await?;
        Ok(answer)
    })
}
