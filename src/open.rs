//! Opening databases by URL: the only place that knows which backends there are.

use orm_core::Result;
use orm_core::database::{Database, DatabaseBuilder, DatabaseConfig};
use orm_core::driver::Backend;

const BACKENDS: &[&Backend] = &[
    #[cfg(feature = "sqlite")]
    &orm_sqlite::BACKEND,
    #[cfg(feature = "mysql")]
    &orm_mysql::BACKEND,
];

/// Opens a [`Database`] by URL, or by a builder. In the [`prelude`](crate::prelude).
///
/// | URL | |
/// |---|---|
/// | `sqlite::memory:` | SQLite in memory |
/// | `sqlite:app.db`, `sqlite:///var/lib/app.db` | SQLite in a file |
/// | `mysql://user:password@host:3306/app`, `mariadb://…` | MySQL or MariaDB, through the crate `mysql_async` |
/// | `mysql+direct://…`, `mariadb+direct://…` | the same without a crate between the socket and the rows, which takes a good deal less time; it is newer. All options are the same |
///
/// What connections to MySQL and MariaDB take beside the options of every database:
///
/// | option | |
/// |---|---|
/// | `user`, `password` | who logs in, instead of whom the URL names before its `@`, where `@`, `:`, `/`, `?`, `#` and `%` in them are percent-encoded (`@` is `%40`). [`password`](DatabaseBuilder::password) of the builder, and a file or value for [`DatabaseConfig`], take it as it is; [`password_from`](DatabaseBuilder::password_from) is asked anew for each connection |
/// | `socket=/run/mysqld/mysqld.sock` | a Unix socket, instead of host and port |
/// | `ssl_mode` | `disabled`; `required`: encrypted, whoever is at the other end; `verify_identity`: and certified for the host by an authority that is trusted. Needs the feature `tls` |
/// | `ssl_ca`, `ssl_cert`, `ssl_key` | PEM files: the authorities to trust instead of the public ones, and the certificate of the client |
/// | `ssl_host` | the name that the certificate is for, if it is not the host of the URL |
/// | `compression=true` | less to transfer, more to compute |
/// | `connect_timeout=10s` | for a new connection |
/// | `read_timeout=30s` | for each answer of the server, and between two parts of one; the connection is given up then, and the statement ended. Without it there is no limit |
/// | `write_timeout=30s` | for each packet until the server has taken it, over `mysql+direct:`. Over `mysql:` the `read_timeout` spans sending and waiting |
/// | `program_name=shop` | what the server calls this program in `performance_schema.session_connect_attrs` |
/// | `isolation=read_committed` | the isolation level of all that runs on it: `read_uncommitted`, `read_committed`, `repeatable_read` or `serializable`, instead of the server's own. SQLite takes `serializable`, which is what it has |
/// | `read_only=true` | the server refuses whatever would change something |
/// | `collation`, `time_zone`, `sql_mode` | of the connection, whose character set is utf8mb4. Columns of times are in UTC whatever the zone |
/// | `init=SET a = 1; SET b = 2` | statements that each connection begins with |
/// | `local_infile=true` | lets [`bulk`](crate::InsertAll::bulk) send files of rows |
/// | `statement_cache=256` | prepared statements kept per connection |
///
/// And connections to SQLite:
///
/// | option | |
/// |---|---|
/// | `mode` | `rwc`: the file is created if it is not there, as it is without the option; `rw`; `ro` |
/// | `read_only=true` | the same as `mode=ro` |
/// | `busy_timeout=5s` | how long to wait for another writer |
/// | `blocking=true` | statements may take long: a multi-threaded runtime moves other tasks away from their thread |
/// | `init=PRAGMA cache_size = -64000` | statements that each connection begins with, separated by semicolons. Foreign keys, and writing ahead, are switched on behind them |
///
/// Passwords of `caching_sha2_password` are sent encrypted with and without TLS; those of MariaDB's `ed25519` and `parsec`, for which the feature `ed25519` is, are never sent. Servers that have somebody else look at it (`mysql_clear_password`: logins of clouds, LDAP,
/// PAM) get the password as it is over `ssl_mode=verify_identity` or a `socket`; elsewhere that is an error.
///
/// Options follow a question mark, such as `?max_connections=20&slow=200ms`; those of the builder have the same names.
/// A wrong one is an error that lists the known ones.
///
/// Like the runtime of a `#[tokio::main]`, the runtime that statements run on needs its timers enabled.
///
/// ```
/// use orm::prelude::*;
/// let local = Database::open("sqlite::memory:?slow=200ms")?;
/// let server = Database::builder().url("mysql://root@localhost/app").max_connections(20).open()?;
/// assert_eq!((local.dialect().name, server.pool_status().max), ("SQLite", 20));
/// # Ok::<(), orm::Error>(())
/// ```
pub trait Open: Sized {
    /// Opens the database at a URL. Connects to nothing: the first statement does.
    ///
    /// ```
    /// use orm::prelude::*;
    /// let db = Database::open("sqlite::memory:")?;
    /// let error = Database::open("postgres://localhost/app").unwrap_err();
    /// assert!(error.to_string().starts_with("the scheme `postgres` is not known; known are `sqlite:`, `mysql:`, `mariadb:`"));
    /// # Ok::<(), orm::Error>(())
    /// ```
    ///
    /// # Errors
    /// Kind `Configuration` if the URL or one of its options is wrong. No part of the URL that may hold a password
    /// gets into the message.
    fn open(url: &str) -> Result<Self>;

    /// Opens the databases that the environment names: `DATABASE_URL`, and `DATABASE_URL_AUDIT` for one called
    /// `audit`; see [`DatabaseConfig`](crate::DatabaseConfig).
    ///
    /// ```
    /// use orm::prelude::*;
    /// let error = Database::from_env().unwrap_err(); // no database is set where this runs
    /// assert_eq!(error.to_string(), "the variable `DATABASE_URL` is not set");
    /// ```
    ///
    /// # Errors
    /// Kind `Configuration` if a variable is missing or wrong.
    fn from_env() -> Result<Self>;

    /// A builder, for what a URL does not say, and for several databases: see [`DatabaseBuilder`].
    ///
    /// ```
    /// use orm::prelude::*;
    /// use std::time::Duration;
    /// let db = Database::builder().url("sqlite::memory:").slow(Duration::from_millis(200)).open()?;
    /// assert_eq!(db.pool_status().open, 0); // nothing is connected yet
    /// # Ok::<(), orm::Error>(())
    /// ```
    fn builder() -> DatabaseBuilder;
}

impl Open for Database {
    fn open(url: &str) -> Result<Self> {
        Self::builder().url(url).open()
    }

    fn from_env() -> Result<Self> {
        Self::builder().config(DatabaseConfig::from_env()?).open()
    }

    fn builder() -> DatabaseBuilder {
        DatabaseBuilder::new(BACKENDS)
    }
}
