//! Opening databases by URL: the only module that knows which backends exist.

use orm_core::Result;
use orm_core::database::{Database, DatabaseBuilder, DatabaseConfig};
use orm_core::driver::Backend;

const BACKENDS: &[&Backend] = &[
    #[cfg(feature = "sqlite")]
    &orm_sqlite::BACKEND,
    #[cfg(feature = "mysql")]
    &orm_mysql::BACKEND,
];

/// Opens a [`Database`] from a URL or with a builder. In the [`prelude`](crate::prelude).
///
/// | URL | |
/// |---|---|
/// | `sqlite::memory:` | SQLite in memory |
/// | `sqlite:app.db`, `sqlite:///var/lib/app.db` | SQLite in a file |
/// | `mysql://user:password@host:3306/app`, `mariadb://…` | MySQL or MariaDB, through the crate `mysql_async` |
/// | `mysql+direct://…`, `mariadb+direct://…` | the same with this library's own implementation of the protocol, which is considerably faster, and newer. Takes the same options |
///
/// Options of MySQL and MariaDB, in addition to those of every database:
///
/// | option | |
/// |---|---|
/// | `user`, `password` | the login, instead of the one before the `@` of the URL, where `@`, `:`, `/`, `?`, `#` and `%` must be percent-encoded (`@` is `%40`). [`password`](DatabaseBuilder::password) of the builder, and a file or value for [`DatabaseConfig`], take the password unencoded; [`password_from`](DatabaseBuilder::password_from) is asked anew for each connection |
/// | `socket=/run/mysqld/mysqld.sock` | a Unix socket, instead of host and port |
/// | `ssl_mode` | `disabled`; `required`: encrypted, without verifying the server; `verify_identity`: also verifies that a trusted authority has certified the server for this host. Needs the feature `tls` |
/// | `ssl_ca`, `ssl_cert`, `ssl_key` | PEM files: the trusted authorities, instead of the public ones, and the client certificate and key |
/// | `ssl_host` | the name in the server's certificate, if it differs from the host of the URL |
/// | `compression=true` | compresses the traffic: less to transfer, more to compute |
/// | `connect_timeout=10s` | limit for opening a connection, over all addresses of the host |
/// | `read_timeout=30s` | limit for each answer of the server, and between two parts of one; when it is exceeded, the connection is dropped and the statement killed. No limit by default |
/// | `write_timeout=30s` | limit until the server has taken each packet, over `mysql+direct:`. Over `mysql:`, the `read_timeout` spans sending and waiting |
/// | `program_name=shop` | the name of this program in `performance_schema.session_connect_attrs` |
/// | `isolation=read_committed` | the default isolation level: `read_uncommitted`, `read_committed`, `repeatable_read` or `serializable`, instead of the server's own. SQLite takes `serializable`, the only one it has |
/// | `read_only=true` | the server refuses every statement that would change something |
/// | `collation`, `time_zone`, `sql_mode` | settings of the connection, whose character set is utf8mb4. Date and time columns are in UTC whatever the zone |
/// | `init=SET a = 1; SET b = 2` | statements run on each new connection |
/// | `local_infile=true` | lets [`bulk`](crate::InsertAll::bulk) send rows with LOAD DATA LOCAL INFILE |
/// | `statement_cache=256` | the number of prepared statements kept per connection |
///
/// Options of SQLite:
///
/// | option | |
/// |---|---|
/// | `mode` | `rwc`, the default, creates a missing file; `rw`; `ro` |
/// | `read_only=true` | the same as `mode=ro` |
/// | `busy_timeout=5s` | how long to wait for another writer |
/// | `blocking=true` | for statements that may take long: a multi-threaded runtime moves other tasks away from their thread |
/// | `init=PRAGMA cache_size = -64000` | statements run on each new connection, separated by semicolons. Foreign keys and WAL mode are switched on after them |
///
/// Passwords for `caching_sha2_password` are sent encrypted with and without TLS; those for MariaDB's `ed25519` and
/// `parsec`, which need the feature `ed25519`, are never sent. Servers that pass the password on for checking
/// (`mysql_clear_password`: cloud logins, LDAP, PAM) get it in clear text, only over `ssl_mode=verify_identity` or a
/// `socket`; otherwise that is an error.
///
/// Options follow a question mark, such as `?max_connections=20&slow=200ms`; in a value, `&`, `%` and `+`, which stands for a
/// space, must be percent-encoded. The builder's methods have the same names. A wrong option is an error that lists the known
/// ones.
///
/// The runtime needs its timers enabled (`enable_time`), as that of `#[tokio::main]` has.
///
/// ```
/// use orm::prelude::*;
/// let local = Database::open("sqlite::memory:?slow=200ms")?;
/// let server = Database::builder().url("mysql://root@localhost/app").max_connections(20).open()?;
/// assert_eq!((local.dialect().name, server.pool_status().max), ("SQLite", 20));
/// # Ok::<(), orm::Error>(())
/// ```
pub trait Open: Sized {
    /// Opens the database at a URL, without connecting yet: the first statement does.
    ///
    /// ```
    /// use orm::prelude::*;
    /// let db = Database::open("sqlite::memory:")?;
    /// let error = Database::open("postgres://localhost/app").unwrap_err();
    /// assert!(error.to_string().starts_with("unknown URL scheme `postgres`; known schemes: `sqlite:`, `mysql:`, `mariadb:`"));
    /// # Ok::<(), orm::Error>(())
    /// ```
    ///
    /// # Errors
    /// Kind `Configuration` if the URL or one of its options is wrong. The message contains no part of the URL that
    /// may hold a password.
    fn open(url: &str) -> Result<Self>;

    /// Opens the databases that the environment configures: `DATABASE_URL`, and `DATABASE_URL_AUDIT` for one called
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

    /// Returns a builder, for options that a URL cannot express and for several databases: see [`DatabaseBuilder`].
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
