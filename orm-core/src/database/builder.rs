//! Opening databases.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::member::{DEFAULT, Member};
use super::options::Options;
use super::{Database, DatabaseConfig, url};
use crate::driver::{Backend, Driver, Isolation, Passwords, Url};
use crate::error::{Error, ErrorKind, Result};
use crate::n_plus_one::NPlusOne;

/// The option of backends whose connections can be made read-only.
const READ_ONLY: &str = "read_only";

/// Configures and opens a database. What is set on the builder takes precedence over the URL.
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
    /// Options that this crate has a typed method for.
    options: Options,
    /// Options by name.
    named: Vec<(String, String)>,
    binds: Vec<(String, DatabaseBuilder)>,
    /// The URLs of its replicas.
    replicas: Vec<String>,
    passwords: Option<Passwords>,
}

impl fmt::Debug for DatabaseBuilder {
    /// Shows no URLs and options, which may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let binds: Vec<&str> = self.binds.iter().map(|(name, _)| name.as_str()).collect();
        let mut debug = f.debug_struct("DatabaseBuilder");
        debug.field("options", &self.options).field("binds", &binds).finish_non_exhaustive()
    }
}

impl DatabaseBuilder {
    /// Creates a builder that supports these backends.
    #[doc(hidden)]
    pub fn new(backends: &'static [&'static Backend]) -> Self {
        DatabaseBuilder {
            backends,
            url: None,
            options: Options::default(),
            named: Vec::new(),
            binds: Vec::new(),
            replicas: Vec::new(),
            passwords: None,
        }
    }

    /// Applies a configuration, replacing what has been set so far: the same as setting its URL, options and further databases
    /// one by one.
    ///
    /// ```
    /// use orm::prelude::*;
    /// use orm::DatabaseConfig;
    /// let variables = [("DATABASE_URL", "sqlite::memory:"), ("DATABASE_OPTIONS", "slow=200ms")];
    /// let config = DatabaseConfig::from_variables(variables)?;
    /// let db = Database::builder().config(config).max_connections(1).open()?;
    /// assert_eq!((db.dialect().name, db.pool_status().max), ("SQLite", 1));
    /// # Ok::<(), orm::Error>(())
    /// ```
    pub fn config(mut self, config: DatabaseConfig) -> Self {
        let DatabaseConfig { url, options, binds, replicas } = config;
        self.url = url;
        self.replicas = replicas;
        self.named = options;
        let empty = DatabaseBuilder::new(self.backends);
        self.binds = binds.into_iter().map(|(name, bind)| (name, empty.clone().config(bind))).collect();
        self
    }

    /// Adds a further database under a name: models with `#[orm(bind = "…")]` are in it, and [`Database::on`] selects it
    /// explicitly. It may be of another kind than the default one.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |_| {
    /// #[derive(Model, Debug)]
    /// #[orm(table = "events", bind = "audit")]
    /// pub struct Event {
    ///     #[orm(primary_key, auto)]
    ///     pub id: u64,
    ///     pub text: String,
    /// }
    ///
    /// let db = Database::builder().url("sqlite::memory:").bind("audit", "sqlite::memory:").open()?;
    /// db.create_tables::<(User, Event)>().await?; // each where it belongs
    /// let mut s = db.session();
    /// User::insert().email("ann@example.org").name("Ann").execute(&mut s).await?;
    /// Event::insert().text("Ann joined").execute(&mut s).await?;
    /// s.commit().await?; // one transaction on each
    /// assert_eq!(Event::query().count(&db).await?, 1);
    /// # Ok(()) }) }
    /// ```
    pub fn bind(self, name: impl Into<String>, url: impl Into<String>) -> Self {
        self.bind_with(name, url, |bind| bind)
    }

    /// Like [`bind`](Self::bind), with options of its own: a further database inherits none from the default one.
    ///
    /// ```
    /// use orm::prelude::*;
    /// let db = Database::builder()
    ///     .url("mysql://root@localhost/app")
    ///     .max_connections(20)
    ///     .bind_with("audit", "mysql://root@localhost/audit", |b| b.max_connections(3))
    ///     .open()?;
    /// assert_eq!(db.on("audit")?.pool_status().max, 3);
    /// # Ok::<(), orm::Error>(())
    /// ```
    pub fn bind_with(
        mut self,
        name: impl Into<String>,
        url: impl Into<String>,
        options: impl FnOnce(DatabaseBuilder) -> DatabaseBuilder,
    ) -> Self {
        let bind = options(DatabaseBuilder::new(self.backends).url(url));
        self.binds.push((name.into(), bind));
        self
    }

    /// Adds a read replica of the database, one per call: [`Database::replica`] reads from it. Apart from the URL, this
    /// builder's settings apply to it, too; the replicas of a database share a pool, separate from the database's own.
    ///
    /// ```
    /// use orm::prelude::*;
    /// let db = Database::builder()
    ///     .url("mysql://app@primary/shop")
    ///     .replica("mysql://app@replica/shop?max_connections=30")
    ///     .open()?;
    /// assert_eq!((db.pool_status().max, db.replica().pool_status().max), (10, 30));
    /// # Ok::<(), orm::Error>(())
    /// ```
    pub fn replica(mut self, url: impl Into<String>) -> Self {
        self.replicas.push(url.into());
        self
    }

    /// Sets an option by its name in URLs: any option, including those of the drivers, which have no method here.
    ///
    /// ```
    /// use orm::prelude::*;
    /// let db = Database::builder().url("sqlite:app.db").option("busy_timeout", "10").open()?;
    /// let error = Database::builder().url("sqlite:app.db").option("sokket", "x").open().unwrap_err();
    /// assert!(error.to_string().starts_with("unknown option `sokket`; known options: `mode`: "));
    /// # Ok::<(), orm::Error>(())
    /// ```
    pub fn option(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.named.push((name.into(), value.into()));
        self
    }

    /// Sets the URL, such as `sqlite::memory:` or `mysql://root@localhost/app`.
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

    /// Sets the user who logs in to the server, overriding the URL's.
    ///
    /// ```
    /// use orm::prelude::*;
    /// let db = Database::builder().url("mysql://localhost/app").user("ann").password("p@ss/w:rd").open()?;
    /// assert!(format!("{db:?}").contains("ann@localhost:3306/app"));
    /// let error = Database::builder().url("sqlite::memory:").user("ann").open().unwrap_err(); // SQLite has no users
    /// assert!(error.to_string().starts_with("unknown option `user`"));
    /// # Ok::<(), orm::Error>(())
    /// ```
    pub fn user(self, name: impl Into<String>) -> Self {
        self.option("user", name)
    }

    /// Sets the password, overriding the URL's. It is taken literally; in a URL, `@`, `:`, `/`, `?`, `#` and `%` would have to
    /// be percent-encoded. It never appears in errors, logs or `Debug` output.
    ///
    /// ```
    /// use orm::prelude::*;
    /// let secret = "p@ss/w:rd"; // from a file, or wherever secrets are kept
    /// let db = Database::builder().url("mysql://ann@localhost/app").password(secret).open()?;
    /// assert!(!format!("{db:?}").contains(secret));
    /// # Ok::<(), orm::Error>(())
    /// ```
    pub fn password(self, password: impl Into<String>) -> Self {
        self.option("password", password)
    }

    /// Sets a function that returns the password, called for each new connection: for tokens that expire after minutes, as
    /// clouds issue them in place of passwords, and for secrets that are rotated while the program runs. Open connections
    /// are not affected.
    ///
    /// The function shares the time of `connect_timeout` with the rest of the login. If the server wants the token in clear text
    /// (`mysql_clear_password`), it is sent only over `ssl_mode=verify_identity` or a `socket`.
    ///
    /// ```
    /// use orm::prelude::*;
    /// # async fn sign_token(host: &str, user: &str) -> std::io::Result<String> { Ok(format!("{user}@{host}")) }
    ///
    /// let db = Database::builder()
    ///     .url("mysql://app@db.example.org/shop")
    ///     .password_from(|| sign_token("db.example.org", "app")) // anything that returns `Result<String, _>`
    ///     .open()?;
    /// # Ok::<(), orm::Error>(())
    /// ```
    pub fn password_from<F, E>(mut self, source: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = std::result::Result<String, E>> + Send + 'static,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        self.passwords = Some(Passwords::new(source));
        self
    }

    /// Sets the maximum number of connections: 10 by default.
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

    /// Sets how long to wait for a free connection: 30 seconds by default.
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

    /// Sets how long a connection may be idle without being tested before its next use: 30 seconds by default.
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

    /// Sets the age at which connections are replaced: two hours by default.
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

    /// Sets how long a statement may take before it is logged as a warning: one second by default.
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

    /// Logs every statement at level INFO instead of DEBUG, including those whose future or stream is dropped before its end,
    /// and the steps of transactions: BEGIN, COMMIT, ROLLBACK and savepoints.
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

    /// Sets whether errors and logs may contain the bind parameters of statements, which may be personal data.
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

    /// Sets what happens on N+1 queries, which run once for each row of another query where one statement would do: see
    /// [`NPlusOne`].
    ///
    /// ```
    /// use orm::NPlusOne;
    /// use orm::prelude::*;
    /// let db = Database::builder().url("sqlite::memory:").n_plus_one(NPlusOne::Warn(50)).open()?;
    /// assert!(Database::open("sqlite::memory:?n_plus_one=deny").is_ok()); // in the URL of tests
    /// # Ok::<(), orm::Error>(())
    /// ```
    pub fn n_plus_one(mut self, setting: NPlusOne) -> Self {
        self.options.n_plus_one = Some(setting);
        self
    }

    /// Sets the isolation level of everything that runs on the database: of transactions, unless
    /// [they set another](crate::session::TransactionOptions::isolation), and of single statements. The default is the
    /// server's. SQLite supports only `Serializable`. Each further database has its own level.
    ///
    /// ```
    /// use orm::prelude::*;
    /// let db = Database::builder().url("mysql://root@localhost/app").isolation(ReadCommitted).open()?;
    /// let db = Database::open("mysql://root@localhost/app?isolation=read_committed")?; // the same in the URL
    /// let refused = Database::builder().url("sqlite::memory:").isolation(ReadCommitted).open();
    /// assert!(refused.unwrap_err().is_configuration());
    /// # Ok::<(), orm::Error>(())
    /// ```
    pub fn isolation(mut self, level: Isolation) -> Self {
        self.options.isolation = Some(level);
        self
    }

    /// Opens the database: checks the URL and options, but does not connect. The first statement does.
    ///
    /// ```
    /// use orm::prelude::*;
    /// let error = Database::builder().url("sqlite::memory:").max_connections(0).open().unwrap_err();
    /// assert!(error.is_configuration());
    /// ```
    ///
    /// # Errors
    /// Kind `Configuration` if the URL or an option is wrong; the message says what would be valid.
    pub fn open(self) -> Result<Database> {
        let first = self.member(None)?;
        self.with_binds(first)
    }

    /// Opens a database over your own driver.
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
    /// assert_eq!(sql!("SELECT 1").scalar::<i64>(&db).await?, 1);
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// Kind `Configuration` if an option is wrong.
    pub fn open_with(self, driver: Arc<dyn Driver>) -> Result<Database> {
        self.options.check()?;
        let isolation = self.options.isolation.map(|_| "isolation");
        let passwords = self.passwords.as_ref().map(|_| "password_from");
        if let Some(name) = isolation.or(passwords).or(self.named.first().map(|(name, _)| name.as_str())) {
            let message = format!(
                "the option `{name}` only works for drivers that are opened from a URL; configure \
                 the driver passed to `open_with` itself, or use a method of the builder"
            );
            return Err(wrong(message));
        }
        if !self.replicas.is_empty() {
            let message = "replicas need a `url`; a driver passed to `open_with` must bring its own \
                           replicas";
            return Err(wrong(message.to_owned()));
        }
        let first = Member::new(None, driver, &self.options)?;
        self.with_binds(first)
    }

    /// The database that this builder itself configures.
    fn member(&self, name: Option<Box<str>>) -> Result<Member> {
        let Some(text) = &self.url else {
            return Err(Error::new(
                ErrorKind::Configuration,
                "the builder has no `url`: set one with `.url(..)`",
            ));
        };
        let mut named = self.named.clone();
        named.extend(self.options.isolation.map(|level| ("isolation".to_owned(), level.to_string())));
        let (url, backend) = self.read(text, &named)?;
        let options = self.options.clone().or_from(&url)?;
        options.check()?;
        let member = Member::new(name, (backend.open)(&url)?, &options)?;
        if self.replicas.is_empty() { Ok(member) } else { self.with_replicas(member, &named) }
    }

    fn with_replicas(&self, member: Member, named: &[(String, String)]) -> Result<Member> {
        let mut options = self.options.clone();
        let mut drivers = Vec::new();
        for text in &self.replicas {
            let opened = self.open_replica(text, named, &options);
            let (driver, said) = opened.map_err(|error| error.with_bind(&member.replica_name()))?;
            drivers.push(driver);
            options = said;
        }
        member.with_replicas(drivers, &options)
    }

    /// Returns the driver of a replica, and the options completed from its URL.
    fn open_replica(
        &self,
        text: &str,
        named: &[(String, String)],
        options: &Options,
    ) -> Result<(Arc<dyn Driver>, Options)> {
        let (mut url, backend) = self.read(text, named)?;
        let options = options.clone().or_from(&url)?;
        options.check()?;
        if backend.options.iter().any(|option| option.name == READ_ONLY) {
            url.options.push((READ_ONLY.to_owned(), "true".to_owned()));
        }
        Ok(((backend.open)(&url)?, options))
    }

    /// Parses a URL and applies the builder's own settings to it.
    fn read(&self, text: &str, named: &[(String, String)]) -> Result<(Url, &'static Backend)> {
        let (mut url, backend) = url::parse(text, named, self.backends)?;
        if let Some(passwords) = &self.passwords {
            self.check_asked(backend)?;
            url.passwords = Some(passwords.clone());
        }
        Ok((url, backend))
    }

    /// Checks that the backend takes a password.
    fn check_asked(&self, backend: &Backend) -> Result<()> {
        if !backend.options.iter().any(|option| option.name == "password") {
            let scheme = backend.schemes.first().copied().unwrap_or_default();
            return Err(wrong(format!("`password_from` does not apply to `{scheme}:`, which has no login")));
        }
        if self.named.iter().any(|(name, _)| name == "password") {
            return Err(wrong(
                "`password` and `password_from` are both set: set only one of them".to_owned(),
            ));
        }
        Ok(())
    }

    fn with_binds(self, first: Member) -> Result<Database> {
        let mut members = vec![first];
        for (name, bind) in self.binds {
            check_name(&name, &members)?;
            if let Some((inner, _)) = bind.binds.first() {
                return Err(wrong(format!(
                    "the database `{inner}` is nested inside `{name}`: declare all databases side by side"
                )));
            }
            let member = bind.member(Some(name.as_str().into()));
            // An error of a replica already names its database.
            members.push(
                member
                    .map_err(|error| if error.bind().is_some() { error } else { error.with_bind(&name) })?,
            );
        }
        Ok(Database::of(members))
    }
}

fn check_name(name: &str, members: &[Member]) -> Result<()> {
    if name.is_empty() {
        return Err(wrong("the bind name of a database is empty".to_owned()));
    }
    if name == DEFAULT {
        return Err(wrong(format!("the bind name `{DEFAULT}` is reserved for the database of `url`")));
    }
    if members.iter().any(|member| member.name() == name) {
        return Err(wrong(format!("two databases have the bind name `{name}`")));
    }
    Ok(())
}

fn wrong(message: String) -> Error {
    Error::new(ErrorKind::Configuration, message)
}
