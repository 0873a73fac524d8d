//! Errors: one opaque type, whose kind says what happened.

mod display;
mod kind;
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

/// What went wrong.
///
/// [`kind`](Self::kind) is what a program decides by. `Display` says this level only, without values; the cause is
/// [`source`](StdError::source), which is the driver's or the server's own error where there is one.
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
    /// An error of a kind; the message is in lower case, without a full stop, and holds no values and no password.
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

    /// The same error with its cause.
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

    /// The same error with the constraint that was violated.
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

    /// The same error with the columns that it is about, by their names in the database.
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

    /// The same error with the table that was to be changed.
    pub(crate) fn with_table(self, table: &'static Table) -> Self {
        self.with(|repr| repr.table = Some(table))
    }

    /// The same error with the server's own number for it.
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

    /// The same error with the SQLSTATE that the server gives it.
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

    /// The same error with the statement that failed, unless it has one.
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

    /// The same error with the values that the statement bound.
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

    /// The same error with the name of the database it happened on.
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

    /// The same error, after which the transaction may well succeed if it is run again, although that does not follow
    /// from its kind.
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

    /// The same error as another kind, with what that kind adds to say; the former message is its cause.
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

    /// What kind of error this is.
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

    /// Whether the same transaction may well succeed if it is run again from its start, which is what
    /// [`retry`](crate::session::TransactionOptions::retry) does. A session that is ended by hand is to be rolled back
    /// first.
    ///
    /// | | |
    /// |---|---|
    /// | deadlock | MySQL and MariaDB 1213 |
    /// | serialization failure | 1020 (the snapshot of MariaDB), 3101 and 1180 (Group Replication), 1205 where the server rolls back on it (`innodb_rollback_on_timeout`); SQLite's BUSY_SNAPSHOT |
    /// | a node of a cluster that does not take the statement | 1047, and 1290 and 1836 for a read-only node: the next attempt has a new connection |
    /// | another process is writing | SQLite's BUSY and LOCKED, once its time is up |
    ///
    /// Not among them are a lock that was not given in time or at once, since waiting again seldom helps; a connection
    /// that was lost; and above all a commit in doubt, which may have done its work, such as 1180 of a node of Galera that
    /// lost the others meanwhile. Nor is a row that is stale, as somebody
    /// may have to look at it; [`retry_stale`](crate::session::Retrying::retry_stale) is for where nobody has to.
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

    /// The constraint that was violated, as the server names it. Of a unique key, MySQL and MariaDB tell the name, SQLite
    /// the [`columns`](Self::columns).
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

    /// The columns that the error is about, where the server tells them.
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

    /// The text of the statement that failed, without its values.
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

    /// The values that the statement bound: only if the database was opened with `show_params`, since they may be
    /// anybody's data.
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

    /// The server's own number for the error.
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

    /// The SQLSTATE of the error: five letters and digits, which MySQL and MariaDB give, and a procedure chooses that
    /// raises an error of its own.
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

    /// The name of the database it happened on, if it is not the default one.
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
