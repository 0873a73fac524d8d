//! The database.

use std::fmt;
use std::sync::Arc;

use super::member::Member;
use super::pool::PoolStatus;
use crate::dialect::Dialect;
use crate::driver::{Begin, Driver};
use crate::error::{Error, ErrorKind, Result};
use crate::scoped::Scopes;
use crate::session::{Session, Transaction, TransactionOptions};

/// A database: connections are opened when statements need them, and come back to its pool by themselves.
///
/// It is cheap to clone, and a clone is the same database. `&db` runs single statements, each committed at once;
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
/// It may hold several databases: a default one, and others by name, which [`bind`](super::DatabaseBuilder::bind) adds.
/// A statement goes to the one that its model names with `#[orm(bind = "…")]`; [`on`](Self::on) gives one by hand. A
/// session has a transaction on each that it has touched. What a program wants around that, one place that commits on
/// success, rolls back and logs on error, and gives every connection back, is a closure transaction and a line of its
/// own:
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
    /// The default one first.
    members: Arc<[Member]>,
    /// The one that every statement goes to, whatever its model says.
    fixed: Option<usize>,
    /// Whether it is read from copies.
    reading: bool,
    /// Whether statements may run beside the transaction that their task is in.
    outside: bool,
    /// What is added to statements about some models.
    scopes: Scopes,
    /// What each session is handed to as it begins.
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

    /// A session: one unit of work over one transaction, which you end yourself. It holds no connection until its
    /// first statement.
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

    /// A transaction as a closure: `db.transaction().run(async |mut tx| { .. }).await`.
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
    pub fn transaction(&self) -> TransactionOptions<'_> {
        TransactionOptions::new(self)
    }

    /// The same database, whose sessions and closure transactions are handed to a function as they begin: to give all of them
    /// the same hooks, such as [`after_flush`](Transaction::after_flush). With several such functions, all are called.
    /// Clones of what this gives have it, too; the database that it is called on is as it was.
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

    /// What a new session is handed to.
    pub(crate) fn setup(&self) -> Option<&Arc<Setup>> {
        self.setup.as_ref()
    }

    /// The dialect: what the URL says of it, and from the first connection on what the server says itself.
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

    /// The driver underneath: to open connections of one's own, beside the pool.
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

    /// How many connections there are, and what they do.
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

    /// Asks each server for a sign of life.
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
    /// If one of them cannot be reached.
    pub async fn ping(&self) -> Result<()> {
        for member in self.all() {
            member.checkout(false).await?.ping().await.map_err(|error| member.failed(error))?;
        }
        Ok(())
    }

    /// Closes the connections that are idle now, and those in use once they come back. Statements are refused from
    /// now on, with kind `Closed`.
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

    /// The database called `bind`, and no other: what runs on this handle runs there, whatever its model says. For raw
    /// statements, for tables that are in several databases, and to see to one database by itself.
    ///
    /// The name `default` stands for the one that has no other name.
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
    /// Kind `Configuration` if there is no such database; the message lists those that there are.
    pub fn on(&self, bind: &str) -> Result<Database> {
        Ok(Database { fixed: Some(self.find(bind)?), ..self.clone() })
    }

    /// The same database for what only reads, and may read what a server had a moment ago: on the replicas that
    /// [`replica`](super::DatabaseBuilder::replica) of the builder names. Without any, it reads from the database itself, so that
    /// a program is the same where it is developed and tested.
    ///
    /// Connections are opened to one server after the other; one that cannot be reached is passed over. They are read-only:
    /// whatever would change something is an error of the server there, of kind `PermissionDenied`. What is read may lack what
    /// was written last: who needs to see it reads from the database itself.
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

    /// The names of the databases beside the default one, in the order in which they were given.
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

    /// The same database for statements that are meant to run beside the transaction that their task is in, such as a
    /// log that stays when the transaction is rolled back. On the database itself such a statement is refused, with
    /// kind `OutsideTransaction`: it would neither see what the transaction has done nor be undone with it, and would
    /// wait for a second connection while it holds the first.
    ///
    /// Inside are the closures of [`transaction`](Self::transaction), with all that they call and await. Not covered
    /// are tasks that they spawn, which have a connection of their own by intent, and sessions that are ended by hand:
    /// a task may hold several, and each says by itself where a statement runs.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let counted = db.transaction().run(async |_| User::query().count(db).await).await;
    /// assert!(counted.unwrap_err().is_outside_transaction()); // it was meant to be `&mut tx`
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

    /// The number of the database that a table of `bind` is in, as seen from this handle.
    pub(crate) fn route(&self, bind: Option<&'static str>) -> Result<usize> {
        match (self.fixed, bind) {
            (Some(at), _) => Ok(at),
            (None, None) => Ok(0),
            (None, Some(bind)) => self.find(bind),
        }
    }

    /// Whether this handle is for one database only, whatever the models say.
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
                "there is no database `{bind}`; there are {}. One more is named by `.bind(\"{bind}\", url)`, by \
                 `[binds.{bind}]` in a file, or by the variable `DATABASE_URL_{}`",
                known.join(", "),
                bind.to_uppercase()
            );
            Error::new(ErrorKind::Configuration, message)
        })
    }

    /// What tells these databases from those of another one.
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

    /// The same databases over other drivers, made from their numbers.
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

    /// Those, and their copies.
    pub(crate) fn each(&self) -> impl Iterator<Item = &Member> {
        self.all().flat_map(Member::each)
    }
}
