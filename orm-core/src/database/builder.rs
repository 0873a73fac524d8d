//! Opening databases.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::options::Options;
use super::{Database, url};
use crate::driver::{Backend, Driver};
use crate::error::{Error, ErrorKind, Result};

/// A database about to be opened. What the builder sets wins over what the URL says.
///
/// ```
/// use orm::prelude::*;
/// let db = Database::builder().url("sqlite:app.db?max_connections=20").max_connections(5).open()?;
/// assert_eq!(db.pool_status().max, 5);
/// # Ok::<(), orm::Error>(())
/// ```
#[derive(Clone)]
#[must_use = "a database is opened by `open`"]
pub struct DatabaseBuilder {
    backends: &'static [&'static Backend],
    url: Option<String>,
    options: Options,
}

impl fmt::Debug for DatabaseBuilder {
    /// Without the URL, which may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DatabaseBuilder").field("options", &self.options).finish_non_exhaustive()
    }
}

impl DatabaseBuilder {
    /// A builder that knows these backends.
    #[doc(hidden)]
    pub fn new(backends: &'static [&'static Backend]) -> Self {
        DatabaseBuilder { backends, url: None, options: Options::default() }
    }

    /// The URL, such as `sqlite::memory:` or `mysql://root@localhost/app`.
    ///
    /// ```
    /// use orm::prelude::*;
    /// let db = Database::builder().url("sqlite::memory:").open()?;
    /// assert_eq!(db.dialect().name, "SQLite");
    /// assert!(Database::builder().open().unwrap_err().is_configuration());
    /// # Ok::<(), orm::Error>(())
    /// ```
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// Connections at most: 10 if it is not said.
    ///
    /// ```
    /// use orm::prelude::*;
    /// let db = Database::builder().url("mysql://root@localhost/app").max_connections(50).open()?;
    /// assert_eq!(db.pool_status().max, 50);
    /// # Ok::<(), orm::Error>(())
    /// ```
    pub fn max_connections(mut self, connections: usize) -> Self {
        self.options.max_connections = Some(connections);
        self
    }

    /// How long to wait for a connection to become free: 30 seconds if it is not said.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// use std::time::Duration;
    /// let db = Database::builder().url("sqlite::memory:").wait_timeout(Duration::from_millis(10)).open()?;
    /// let mut holder = db.session();
    /// db.create_tables::<User>().await?;
    /// User::query().count(&mut holder).await?;
    /// assert!(User::query().count(&db).await.unwrap_err().is_pool_timeout());
    /// # Ok(()) }) }
    /// ```
    pub fn wait_timeout(mut self, timeout: Duration) -> Self {
        self.options.wait_timeout = Some(timeout);
        self
    }

    /// Connections that were idle for longer are tested before they are used: 30 seconds if it is not said.
    ///
    /// ```
    /// use orm::prelude::*;
    /// use std::time::Duration;
    /// let db = Database::builder().url("mysql://root@localhost/app").idle_check(Duration::from_secs(5)).open()?;
    /// assert_eq!(db.pool_status().open, 0);
    /// # Ok::<(), orm::Error>(())
    /// ```
    pub fn idle_check(mut self, after: Duration) -> Self {
        self.options.idle_check = Some(after);
        self
    }

    /// Connections that are older are replaced: two hours if it is not said.
    ///
    /// ```
    /// use orm::prelude::*;
    /// use std::time::Duration;
    /// let db = Database::builder().url("mysql://root@localhost/app").max_age(Duration::from_secs(600)).open()?;
    /// assert_eq!(db.pool_status().open, 0);
    /// # Ok::<(), orm::Error>(())
    /// ```
    pub fn max_age(mut self, age: Duration) -> Self {
        self.options.max_age = Some(age);
        self
    }

    /// Statements that take longer are logged as warnings: one second if it is not said.
    ///
    /// ```
    /// use orm::prelude::*;
    /// use std::time::Duration;
    /// let db = Database::builder().url("sqlite::memory:").slow(Duration::from_millis(200)).open()?;
    /// assert!(Database::open("sqlite::memory:?slow=200ms").is_ok()); // the same in the URL
    /// # Ok::<(), orm::Error>(())
    /// ```
    pub fn slow(mut self, threshold: Duration) -> Self {
        self.options.slow = Some(threshold);
        self
    }

    /// Whether every statement is logged, at level INFO instead of DEBUG.
    ///
    /// ```
    /// use orm::prelude::*;
    /// let db = Database::builder().url("sqlite::memory:").echo(true).open()?;
    /// assert!(Database::open("sqlite::memory:?echo=true").is_ok()); // the same in the URL
    /// # Ok::<(), orm::Error>(())
    /// ```
    pub fn echo(mut self, echo: bool) -> Self {
        self.options.echo = Some(echo);
        self
    }

    /// Whether errors and logs may hold the values of statements, which may be anybody's data.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let db = Database::builder().url("sqlite::memory:").show_params(true).open()?;
    /// let error = User::find(1).one(&db).await.unwrap_err(); // there is no such table
    /// assert_eq!(error.params(), Some(&[orm::value::Datum::UInt(1)][..]));
    /// # Ok(()) }) }
    /// ```
    pub fn show_params(mut self, show: bool) -> Self {
        self.options.show_params = Some(show);
        self
    }

    /// Opens the database: checks the URL and options, and connects to nothing. The first statement does.
    ///
    /// ```
    /// use orm::prelude::*;
    /// let error = Database::builder().url("sqlite::memory:").max_connections(0).open().unwrap_err();
    /// assert!(error.is_configuration());
    /// ```
    ///
    /// # Errors
    /// Kind `Configuration` if the URL or an option is wrong; the message says what would be right.
    pub fn open(self) -> Result<Database> {
        let Some(text) = &self.url else {
            return Err(Error::new(ErrorKind::Configuration, "the builder was given no `url`"));
        };
        let (url, backend) = url::parse(text, self.backends)?;
        let options = self.options.or_from(&url)?;
        options.check()?;
        Database::new((backend.open)(&url)?, &options)
    }

    /// Opens a database over a driver of your own.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// use orm::driver::{BoxFuture, Connection, Driver};
    ///
    /// #[derive(Debug)]
    /// struct Wrapped(Database);
    ///
    /// impl Driver for Wrapped {
    ///     fn dialect(&self) -> &orm::dialect::Dialect {
    ///         self.0.driver().dialect()
    ///     }
    ///
    ///     fn connect(&self) -> BoxFuture<'_, orm::Result<Box<dyn Connection>>> {
    ///         self.0.driver().connect() // count them, wrap them, delay them …
    ///     }
    /// }
    ///
    /// let db = Database::builder().open_with(std::sync::Arc::new(Wrapped(db.clone())))?;
    /// db.ping().await?;
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// Kind `Configuration` if an option is wrong.
    pub fn open_with(self, driver: Arc<dyn Driver>) -> Result<Database> {
        self.options.check()?;
        Database::new(driver, &self.options)
    }
}
