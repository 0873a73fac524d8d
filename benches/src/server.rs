//! A database of a run's own on a server, so that no table of somebody else's is touched.

use anyhow::{Context, Result};
use mysql_async::Conn;
use mysql_async::prelude::Queryable as _;

/// A server, and the name of the run's database on it.
pub(crate) struct Server {
    /// User, password, host and port; no database, no options.
    base: String,
    name: String,
}

impl Server {
    /// A server at a URL. Its database is not looked at, nor its options: both contestants get the defaults.
    pub(crate) fn at(url: &str) -> Result<Self> {
        let (scheme, rest) =
            url.split_once("://").context("the URL of a server reads mysql://root@host:port/")?;
        let authority = rest.split(['/', '?']).next().unwrap_or(rest);
        let scheme = if scheme == "mariadb" { "mysql" } else { scheme };
        Ok(Server {
            base: format!("{scheme}://{authority}"),
            name: format!("orm_benches_{}", std::process::id()),
        })
    }

    /// Makes the database; gives what the server says of itself.
    pub(crate) async fn create(&self) -> Result<String> {
        let mut admin = self.admin().await?;
        admin.query_drop(format!("CREATE DATABASE {}", self.name)).await?;
        let version: Option<String> = admin.query_first("SELECT @@version").await?;
        admin.disconnect().await?;
        let version = version.unwrap_or_default();
        Ok(if version.contains("MariaDB") { version } else { format!("MySQL {version}") })
    }

    /// Drops it.
    pub(crate) async fn drop(&self) -> Result<()> {
        let mut admin = self.admin().await?;
        admin.query_drop(format!("DROP DATABASE IF EXISTS {}", self.name)).await?;
        Ok(admin.disconnect().await?)
    }

    /// The URL of the database.
    pub(crate) fn url(&self) -> String {
        format!("{}/{}", self.base, self.name)
    }

    async fn admin(&self) -> Result<Conn> {
        let connection = Conn::from_url(format!("{}/?prefer_socket=false", self.base)).await;
        // Without the URL, which may hold a password.
        connection.context("the server does not answer")
    }
}
