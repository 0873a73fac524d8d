//! Errors: one opaque type, whose kind says what happened.

mod display;
mod kind;
mod missing_column;
mod missing_scope;
mod missing_table;
mod violates;

use std::error::Error as StdError;
use std::sync::Arc;

pub use kind::ErrorKind;
pub use violates::NamesColumns;

use crate::schema::Table;
use crate::value::Datum;

/// A `Result` whose error is [`Error`].
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// async fn name(db: &Database, id: u64) -> orm::Result<String> {
///     User::find(id).select(|u| u.name).one(db).await
/// }
/// assert_eq!(name(db, 1).await?, "Ann");
/// assert!(name(db, 9).await.unwrap_err().is_not_found());
/// # Ok(()) }) }
/// ```
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The error type of this crate.
///
/// To handle an error, match on its [`kind`](Self::kind). `Display` prints this error only, without values; the cause is
/// its [`source`](StdError::source): the driver's or the server's own error, if there is one.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let error: orm::Error = User::find(99).one(db).await.unwrap_err();
/// assert!(error.is_not_found());
/// assert_eq!(error.to_string(), "no row of `User` matches");
/// # Ok(()) }) }
/// ```
#[derive(Clone)]
pub struct Error(Arc<Repr>);

#[derive(Clone)]
struct Repr {
    kind: ErrorKind,
    message: String,
    constraint: Option<String>,
    columns: Vec<String>,
    table: Option<&'static Table>,
    sql: Option<String>,
    params: Option<Vec<Datum>>,
    code: Option<u32>,
    state: Option<String>,
    bind: Option<String>,
    retryable: bool,
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

impl Error {
    /// Creates an error of a kind. The message is in lower case, without a full stop, and contains no values and no password.
    ///
    /// ```
    /// use orm::{Error, ErrorKind};
    /// let error = Error::new(ErrorKind::Configuration, "the variable `DATABASE_URL` is not set");
    /// assert_eq!(error.to_string(), "the variable `DATABASE_URL` is not set");
    /// ```
    #[must_use]
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error(Arc::new(Repr {
            kind,
            message: message.into(),
            constraint: None,
            columns: Vec::new(),
            table: None,
            sql: None,
            params: None,
            code: None,
            state: None,
            bind: None,
            retryable: false,
            source: None,
        }))
    }

    fn with(self, change: impl FnOnce(&mut Repr)) -> Self {
        let mut repr = Arc::try_unwrap(self.0).unwrap_or_else(|shared| (*shared).clone());
        change(&mut repr);
        Error(Arc::new(repr))
    }

    /// Sets the cause.
    ///
    /// ```
    /// use std::error::Error as _;
    /// let cause = std::io::Error::other("the disk is full");
    /// let error = orm::Error::new(orm::ErrorKind::Server, "it failed").with_source(cause);
    /// assert_eq!(error.source().unwrap().to_string(), "the disk is full");
    /// ```
    #[must_use]
    pub fn with_source(self, source: impl StdError + Send + Sync + 'static) -> Self {
        self.with_cause(Arc::new(source))
    }

    pub(crate) fn with_cause(self, cause: Arc<dyn StdError + Send + Sync>) -> Self {
        self.with(|repr| repr.source = Some(cause))
    }

    /// Sets the constraint that was violated.
    ///
    /// ```
    /// use orm::{Error, ErrorKind};
    /// let error = Error::new(ErrorKind::Server, "it failed").with_constraint("users_email_key");
    /// assert_eq!(error.constraint(), Some("users_email_key"));
    /// ```
    #[must_use]
    pub fn with_constraint(self, name: impl Into<String>) -> Self {
        self.with(|repr| repr.constraint = Some(name.into()))
    }

    /// Sets the columns that the error is about, by their names in the database.
    ///
    /// ```
    /// use orm::{Error, ErrorKind};
    /// let error = Error::new(ErrorKind::Server, "it failed").with_columns(["email"]);
    /// assert_eq!(error.columns(), ["email"]);
    /// ```
    #[must_use]
    pub fn with_columns(self, columns: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.with(|repr| repr.columns = columns.into_iter().map(Into::into).collect())
    }

    /// Sets the table that was to be changed.
    pub(crate) fn with_table(self, table: &'static Table) -> Self {
        self.with(|repr| repr.table = Some(table))
    }

    /// Sets the server's own code for the error.
    ///
    /// ```
    /// use orm::{Error, ErrorKind};
    /// let error = Error::new(ErrorKind::Server, "it failed").with_code(1062);
    /// assert_eq!(error.code(), Some(1062));
    /// ```
    #[must_use]
    pub fn with_code(self, code: u32) -> Self {
        self.with(|repr| repr.code = Some(code))
    }

    /// Sets the SQLSTATE that the server reports.
    ///
    /// ```
    /// use orm::{Error, ErrorKind};
    /// let error = Error::new(ErrorKind::Server, "it failed").with_sqlstate("23000");
    /// assert_eq!(error.sqlstate(), Some("23000"));
    /// ```
    #[must_use]
    pub fn with_sqlstate(self, state: &str) -> Self {
        self.with(|repr| repr.state = Some(state.to_owned()))
    }

    /// Sets the statement that failed, unless there is one already.
    ///
    /// ```
    /// use orm::{Error, ErrorKind};
    /// let error = Error::new(ErrorKind::Server, "it failed").with_sql("SELECT 1").with_sql("SELECT 2");
    /// assert_eq!(error.sql(), Some("SELECT 1"));
    /// ```
    #[must_use]
    pub fn with_sql(self, sql: &str) -> Self {
        if self.0.sql.is_some() { self } else { self.with(|repr| repr.sql = Some(sql.to_owned())) }
    }

    /// Sets the bind parameters of the statement.
    ///
    /// ```
    /// use orm::{Error, ErrorKind, value::Datum};
    /// let error = Error::new(ErrorKind::Server, "it failed").with_params(vec![Datum::UInt(1)]);
    /// assert_eq!(error.params(), Some(&[Datum::UInt(1)][..]));
    /// ```
    #[must_use]
    pub fn with_params(self, params: Vec<Datum>) -> Self {
        self.with(|repr| repr.params = Some(params))
    }

    /// Sets the name of the database that the error comes from.
    ///
    /// ```
    /// use orm::{Error, ErrorKind};
    /// let error = Error::new(ErrorKind::Server, "it failed").with_bind("audit");
    /// assert_eq!(error.bind(), Some("audit"));
    /// ```
    #[must_use]
    pub fn with_bind(self, bind: &str) -> Self {
        self.with(|repr| repr.bind = Some(bind.to_owned()))
    }

    /// Marks the error as retryable: the transaction may succeed if it is run again, although this does not follow
    /// from the kind.
    ///
    /// ```
    /// use orm::{Error, ErrorKind};
    /// let error = Error::new(ErrorKind::Server, "it failed").with_retry();
    /// assert!(error.is_retryable());
    /// ```
    #[must_use]
    pub fn with_retry(self) -> Self {
        self.with(|repr| repr.retryable = true)
    }

    /// Converts the error to another kind, with a message for that kind; the original message becomes its cause.
    ///
    /// ```
    /// use orm::{Error, ErrorKind};
    /// let error = Error::new(ErrorKind::Server, "it failed").into_kind(ErrorKind::Deadlock, "the transaction is gone");
    /// assert!(error.is_deadlock());
    /// ```
    #[must_use]
    pub fn into_kind(self, kind: ErrorKind, message: impl Into<String>) -> Self {
        let Repr { ref sql, code, ref state, ref bind, .. } = *self.0;
        let (sql, state, bind) = (sql.clone(), state.clone(), bind.clone());
        Error::new(kind, message).with_source(self).with(|repr| {
            repr.sql = sql;
            repr.code = code;
            repr.state = state;
            repr.bind = bind;
        })
    }

    /// Returns the kind of the error.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let error = User::find(99).one(db).await.unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::NotFound);
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Whether the same transaction may succeed if it is run again from its start, which is what
    /// [`retry`](crate::session::TransactionOptions::retry) does. In a session, roll back first.
    ///
    /// | | |
    /// |---|---|
    /// | deadlock | MySQL and MariaDB 1213 |
    /// | serialization failure | 1020 (MariaDB's snapshot conflict), 3101 and 1180 (Group Replication), 1205 if the server rolls back on it (`innodb_rollback_on_timeout`); SQLite's BUSY_SNAPSHOT |
    /// | a cluster node that refuses the statement | 1047, and 1290 and 1836 for a read-only node: the next attempt uses a new connection |
    /// | another process is writing | SQLite's BUSY and LOCKED, once their timeout has passed |
    ///
    /// Not retryable are: a lock that could not be acquired in time or at once, since waiting again seldom helps; a lost
    /// connection; and above all a commit in doubt, which may have succeeded, such as 1180 from a Galera node that meanwhile
    /// lost the others. Nor is a stale row, which somebody may have to look at; where nobody has to, use
    /// [`retry_stale`](crate::session::Retrying::retry_stale).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// loop {
    ///     let renamed = User::update().set(|u| u.name.to("X")).all_rows().execute(&mut s).await;
    ///     match renamed {
    ///         Err(error) if error.is_retryable() => s.rollback().await?,
    ///         other => break assert_eq!(other?, 2),
    ///     }
    /// }
    /// s.commit().await?;
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.0.retryable || self.0.kind.is_retryable()
    }

    /// Returns the name of the violated constraint, as the server reports it. For a unique key, MySQL and MariaDB report the
    /// name, SQLite the [`columns`](Self::columns).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let long = User::insert().email("x".repeat(200)).name("Xaver").execute(db).await.unwrap_err();
    /// assert!(long.is_too_long());
    /// assert_eq!(long.constraint(), Some("email: length <= 190")); // on SQLite, where a CHECK limits the length
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn constraint(&self) -> Option<&str> {
        self.0.constraint.as_deref()
    }

    /// Returns the columns that the error is about, if the server reports them.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let error = User::insert().email("ann@example.org").name("Another Ann").execute(db).await.unwrap_err();
    /// assert_eq!(error.columns(), ["email"]);
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.0.columns
    }

    /// Returns the text of the statement that failed, without its values.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let error = User::insert().email("ann@example.org").name("Another Ann").execute(db).await.unwrap_err();
    /// assert!(error.sql().is_some_and(|sql| sql.starts_with("INSERT INTO")));
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn sql(&self) -> Option<&str> {
        self.0.sql.as_deref()
    }

    /// Returns the bind parameters of the statement: only if the database was opened with `show_params`, since they may be
    /// personal data.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let error = User::insert().email("ann@example.org").name("Another Ann").execute(db).await.unwrap_err();
    /// assert_eq!(error.params(), None); // the database was opened without `show_params`
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn params(&self) -> Option<&[Datum]> {
        self.0.params.as_deref()
    }

    /// Returns the server's own code for the error.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let error = User::insert().email("ann@example.org").name("Another Ann").execute(db).await.unwrap_err();
    /// assert_eq!(error.code(), Some(2067)); // SQLite's SQLITE_CONSTRAINT_UNIQUE
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn code(&self) -> Option<u32> {
        self.0.code
    }

    /// Returns the SQLSTATE of the error: five letters and digits, which MySQL and MariaDB report, and which a procedure sets
    /// when it raises an error of its own.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let error = sql!("SELEKT 1").execute(db).await.unwrap_err();
    /// assert_eq!(error.sqlstate(), None); // SQLite has none
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn sqlstate(&self) -> Option<&str> {
        self.0.state.as_deref()
    }

    /// Returns the name of the database that the error comes from, unless it is the default one.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let error = User::find(99).one(db).await.unwrap_err();
    /// assert_eq!(error.bind(), None);
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn bind(&self) -> Option<&str> {
        self.0.bind.as_deref()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_ref().map(|source| &**source as &(dyn StdError + 'static))
    }
}
