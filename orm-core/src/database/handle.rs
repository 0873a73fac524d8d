//! The database handle.

use std::fmt;
use std::sync::Arc;

use super::member::Member;
use super::pool::PoolStatus;
use crate::dialect::Dialect;
use crate::driver::{Begin, Driver};
use crate::error::{Error, ErrorKind, Result};
use crate::scoped::Scopes;
use crate::session::{Session, Transaction, TransactionOptions};

/// A database with a connection pool: connections are opened when statements need them, and returned automatically.
///
/// It is cheap to clone, and clones share the pool. `&db` runs single statements, each committed at once;
/// [`session`](Self::session) and [`transaction`](Self::transaction) run several in one transaction.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let same = db.clone();
/// let mut s = same.session();
/// Post::delete().all_rows().execute(&mut s).await?;
/// s.commit().await?;
/// assert_eq!(Post::query().count(db).await?, 0);
/// # Ok(()) }) }
/// ```
///
/// A handle may hold several databases: a default one, and named ones, which [`bind`](super::DatabaseBuilder::bind) adds.
/// A statement goes to the one that its model names with `#[orm(bind = "…")]`; [`on`](Self::on) selects one explicitly. A
/// session has a transaction on each database that it has used. A unit-of-work helper, one place that commits on success,
/// rolls back and logs on error, and returns every connection, takes a closure transaction and one more line:
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// async fn unit<T>(db: &Database, work: impl AsyncFnOnce(&mut Transaction) -> orm::Result<T>) -> orm::Result<T> {
///     let result = db.transaction().run(work).await;
///     result.inspect_err(|error| println!("rolled back: {error}"))
/// }
/// unit(db, async |mut tx| Post::delete().all_rows().execute(&mut tx).await).await?;
/// assert!(unit(db, async |mut tx| User::find(99).one(&mut tx).await).await.is_err());
/// # Ok(()) }) }
/// ```
#[derive(Clone)]
pub struct Database {
    /// The databases, the default one first.
    members: Arc<[Member]>,
    /// The database that all statements go to, overriding the `bind` of their models.
    fixed: Option<usize>,
    /// Whether statements go to the replicas.
    reading: bool,
    /// Whether statements may run outside the transaction that their task is in.
    outside: bool,
    /// The scopes applied to statements on some models.
    scopes: Scopes,
    /// A function called with each session as it begins.
    setup: Option<Arc<Setup>>,
}

pub(crate) type Setup = dyn Fn(&mut Transaction) + Send + Sync;

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Database").field(&self.all().collect::<Vec<_>>()).finish()
    }
}

impl Database {
    pub(super) fn of(members: Vec<Member>) -> Self {
        Database {
            members: members.into(),
            fixed: None,
            reading: false,
            outside: false,
            scopes: Scopes::default(),
            setup: None,
        }
    }

    /// Creates a session: a unit of work over one transaction at a time, which you end yourself. It takes no connection
    /// until its first statement.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// let ann = User::find(1).one(&mut s).await?;
    /// Post::insert().author(&ann).title("Third").execute(&mut s).await?;
    /// s.commit().await?;
    /// assert_eq!(Post::query().count(db).await?, 3);
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn session(&self) -> Session {
        Session::of(self.clone(), Begin::default())
    }

    /// Prepares a closure transaction: `db.transaction().run(async |mut tx| { .. }).await`.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let result = db.transaction().run(async |mut tx| {
    ///     Post::delete().all_rows().execute(&mut tx).await?;
    ///     User::find(99).one(&mut tx).await
    /// });
    /// assert!(result.await.unwrap_err().is_not_found());
    /// assert_eq!(Post::query().count(db).await?, 2); // rolled back
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    #[rustfmt::skip] // rustc shows the line to whoever gives it the closure
    pub fn transaction(&self) -> TransactionOptions<'_> { // `db.transaction().run(async |mut tx| { ..; Ok(()) })`
        TransactionOptions::new(self)
    }

    /// Returns a handle that calls a function with each session and closure transaction as it begins: to give all of them the
    /// same hooks, such as [`after_flush`](Transaction::after_flush). If there are several such functions, all are called. Clones
    /// of the returned handle have them, too; the handle that this is called on is unchanged.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let db = db.each_session(|tx| {
    ///     tx.after_flush(|_, written| {
    ///         println!("{written}");
    ///         Ok(())
    ///     });
    ///     tx.before_flush(|tx| match tx.changes().deleted.is_empty() {
    ///         true => Ok(()),
    ///         false => Err(orm::Error::new(ErrorKind::CheckViolation, "nothing is deleted here")),
    ///     });
    /// });
    /// let mut s = db.session();
    /// let ann = s.get::<User>(1).await?;
    /// s.delete(ann)?;
    /// assert!(s.commit().await.unwrap_err().is_check_violation());
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn each_session(&self, setup: impl Fn(&mut Transaction) + Send + Sync + 'static) -> Self {
        let setup: Arc<Setup> = match self.setup.clone() {
            Some(earlier) => Arc::new(move |tx| {
                earlier(tx);
                setup(tx);
            }),
            None => Arc::new(setup),
        };
        Database { setup: Some(setup), ..self.clone() }
    }

    /// The function that new sessions are passed to.
    pub(crate) fn setup(&self) -> Option<&Arc<Setup>> {
        self.setup.as_ref()
    }

    /// Returns the dialect: what the URL says of it, and, from the first connection on, what the server reports.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// assert_eq!(db.dialect().name, "SQLite");
    /// println!("{}", User::query().limit(3).to_sql(db.dialect())?);
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn dialect(&self) -> &Dialect {
        self.here().dialect()
    }

    /// Returns the underlying driver, with which you can open connections outside the pool.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut connection = db.driver().connect().await?;
    /// connection.ping().await?;
    /// assert_eq!(connection.status(), orm::driver::Status::Idle);
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn driver(&self) -> &dyn Driver {
        self.here().driver()
    }

    /// Returns how many connections there are, and what state they are in.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// User::query().count(&mut s).await?;
    /// assert_eq!((db.pool_status().open, db.pool_status().idle), (1, 0));
    /// s.commit().await?;
    /// assert_eq!((db.pool_status().open, db.pool_status().idle), (1, 1));
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn pool_status(&self) -> PoolStatus {
        self.here().status()
    }

    /// Checks that each server responds.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// db.ping().await?;
    /// let elsewhere = Database::open("sqlite:/no/such/folder/app.db")?;
    /// assert!(elsewhere.ping().await.unwrap_err().is_connect());
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// If any of them cannot be reached.
    pub async fn ping(&self) -> Result<()> {
        for member in self.all() {
            member.checkout(false).await?.ping().await.map_err(|error| member.failed(error))?;
        }
        Ok(())
    }

    /// Closes idle connections now, and those in use once they are returned. From now on, statements are refused with kind
    /// `Closed`.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// db.close();
    /// assert!(User::query().count(db).await.unwrap_err().is_closed());
    /// # Ok(()) }) }
    /// ```
    pub fn close(&self) {
        for member in self.each() {
            member.close();
        }
    }

    /// Selects the database called `bind`: everything on the returned handle runs there, whatever the `bind` of the models. For
    /// raw SQL, for tables that are in several databases, and to administer a single database.
    ///
    /// The name `default` selects the default database.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |_| {
    /// let db = Database::builder().url("sqlite::memory:").bind("archive", "sqlite::memory:").open()?;
    /// let archive = db.on("archive")?;
    /// archive.create_tables::<User>().await?;
    /// User::insert().email("old@example.org").name("Old").execute(&archive).await?;
    /// assert_eq!(User::query().count(&archive).await?, 1);
    /// assert!(User::query().count(&db).await.unwrap_err().is_no_such_table());
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// Kind `Configuration` if there is no such database; the message lists the databases there are.
    pub fn on(&self, bind: &str) -> Result<Database> {
        Ok(Database { fixed: Some(self.find(bind)?), ..self.clone() })
    }

    /// Returns a handle that reads from the read replicas set with [`replica`](super::DatabaseBuilder::replica) on the builder,
    /// for reads that may be slightly out of date. Without replicas it reads from the database itself, so that the same program
    /// runs in development and in tests.
    ///
    /// Connections are opened to the servers in turn (round-robin), skipping those that cannot be reached. They are read-only:
    /// a statement that would change something fails on the server, with kind `PermissionDenied`. Reads may lag behind the
    /// latest writes; to read your own writes, use the database itself.
    ///
    /// ```
    /// use orm::prelude::*;
    /// # #[derive(Model)]
    /// # #[orm(table = "users")]
    /// # struct User { #[orm(primary_key, auto)] id: u64, name: String }
    /// # fn main() -> orm::Result<()> {
    /// let db = Database::builder()
    ///     .url("mysql://app@primary/shop")
    ///     .replica("mysql://app@replica-1/shop")
    ///     .replica("mysql://app@replica-2/shop")
    ///     .open()?;
    /// # async fn report(db: &Database) -> orm::Result<()> {
    /// let count = User::query().count(&db.replica()).await?;
    /// User::insert().name("Ann").execute(db).await?; // on the primary
    /// # let _ = count; Ok(()) }
    /// # let _ = (db, report); Ok(()) }
    /// ```
    #[must_use]
    pub fn replica(&self) -> Database {
        Database { reading: true, ..self.clone() }
    }

    /// Returns the names of the databases other than the default one, in the order in which they were registered.
    ///
    /// ```
    /// use orm::prelude::*;
    /// let db = Database::builder().url("sqlite::memory:").bind("audit", "sqlite::memory:").open()?;
    /// assert_eq!(db.binds().collect::<Vec<_>>(), ["audit"]);
    /// # Ok::<(), orm::Error>(())
    /// ```
    pub fn binds(&self) -> impl Iterator<Item = &str> {
        self.members.iter().filter_map(Member::bind)
    }

    /// Returns a handle for statements that should run outside the transaction that their task is in, such as a log entry that
    /// survives a rollback. On the database itself, such a statement is refused with kind `OutsideTransaction`: it would
    /// neither see what the transaction has done nor be rolled back with it, and would wait for a second connection while
    /// holding the first.
    ///
    /// The check applies to the closures of [`transaction`](Self::transaction), with everything they call and await. It does
    /// not apply to tasks that they spawn, which have connections of their own by intent, nor to sessions: a task may hold
    /// several, and each call names the one it runs on.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let counted = db.transaction().run(async |_| User::query().count(db).await).await;
    /// assert!(counted.unwrap_err().is_outside_transaction()); // should have been `&mut tx`
    ///
    /// # let folder = std::env::temp_dir().join(format!("orm-outside-{}", std::process::id()));
    /// # std::fs::create_dir_all(&folder).unwrap();
    /// # let db = &Database::open(&format!("sqlite:{}", folder.join("app.db").display()))?;
    /// # db.create_tables::<User>().await?;
    /// let counted = db.transaction().run(async |_| User::query().count(&db.outside()).await).await;
    /// assert_eq!(counted?, 0);
    /// # std::fs::remove_dir_all(&folder).unwrap();
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn outside(&self) -> Database {
        Database { outside: true, ..self.clone() }
    }

    pub(crate) fn scopes(&self) -> &Scopes {
        &self.scopes
    }

    pub(crate) fn with_scopes(&self, scopes: Scopes) -> Self {
        Database { scopes, ..self.clone() }
    }

    /// Returns the index of the database that a table of `bind` is in, as seen from this handle.
    pub(crate) fn route(&self, bind: Option<&'static str>) -> Result<usize> {
        match (self.fixed, bind) {
            (Some(at), _) => Ok(at),
            (None, None) => Ok(0),
            (None, Some(bind)) => self.find(bind),
        }
    }

    /// Whether this handle is for one database only, whatever the `bind` of the models.
    pub(crate) fn is_fixed(&self) -> bool {
        self.fixed.is_some()
    }

    pub(crate) fn member(&self, at: usize) -> &Member {
        let member = &self.members[at];
        if self.reading { member.to_read() } else { member }
    }

    pub(crate) fn find(&self, bind: &str) -> Result<usize> {
        let found = self.members.iter().position(|member| member.name() == bind);
        found.ok_or_else(|| {
            let known: Vec<String> =
                self.members.iter().map(|member| format!("`{}`", member.name())).collect();
            let message = format!(
                "there is no database with the bind name `{bind}` (there are {}): add it with `.bind(\"{bind}\", url)`, with \
                 `[binds.{bind}]` in a configuration file, or with the variable `DATABASE_URL_{}`",
                known.join(", "),
                bind.to_uppercase()
            );
            Error::new(ErrorKind::Configuration, message)
        })
    }

    /// Identifies this set of databases.
    pub(crate) fn identity(&self) -> usize {
        self.members.as_ptr().addr()
    }

    pub(crate) fn is_outside(&self) -> bool {
        self.outside
    }

    /// The database that this handle itself is for.
    pub(super) fn here(&self) -> &Member {
        self.member(self.fixed.unwrap_or(0))
    }

    /// Replaces the drivers of all databases; the function gets their indexes.
    pub(crate) fn map_members(&self, driver: impl Fn(usize) -> Arc<dyn Driver>) -> Result<Self> {
        let members = self.members.iter().enumerate();
        let members = members.map(|(at, member)| member.over(driver(at))).collect::<Result<Vec<_>>>()?;
        Ok(Database { members: members.into(), ..self.clone() })
    }

    /// The databases that this handle is for.
    pub(super) fn all(&self) -> impl Iterator<Item = &Member> {
        let numbers = match self.fixed {
            Some(at) => at..at + 1,
            None => 0..self.members.len(),
        };
        numbers.map(|at| self.member(at))
    }

    /// The databases that this handle is for, and their replicas.
    pub(crate) fn each(&self) -> impl Iterator<Item = &Member> {
        self.all().flat_map(Member::each)
    }
}
