//! The database.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::options::Options;
use super::pool::{Pool, PoolSettings, PoolStatus, Pooled};
use crate::dialect::Dialect;
use crate::driver::{Begin, Driver};
use crate::error::Result;
use crate::session::{Session, TransactionOptions};

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
#[derive(Clone)]
pub struct Database(Arc<Inner>);

struct Inner {
    driver: Arc<dyn Driver>,
    pool: Pool,
    slow: Duration,
    echo: bool,
    show_params: bool,
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Database").field("driver", &self.0.driver).field("pool", &self.pool_status()).finish()
    }
}

impl Database {
    pub(super) fn new(driver: Arc<dyn Driver>, options: &Options) -> Result<Self> {
        let wanted = options.max_connections.unwrap_or(10);
        let settings = PoolSettings {
            max_connections: driver.max_connections().map_or(wanted, |most| most.min(wanted)),
            wait_timeout: options.wait_timeout.unwrap_or(Duration::from_secs(30)),
            idle_check: options.idle_check.unwrap_or(Duration::from_secs(30)),
            max_age: options.max_age.unwrap_or(Duration::from_secs(2 * 60 * 60)),
        };
        Ok(Database(Arc::new(Inner {
            pool: Pool::new(driver.clone(), settings)?,
            driver,
            slow: options.slow.unwrap_or(Duration::from_secs(1)),
            echo: options.echo.unwrap_or(false),
            show_params: options.show_params.unwrap_or(false),
        })))
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
        Session::new(self.clone(), Begin::default())
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
    pub fn transaction(&self) -> TransactionOptions<'_> {
        TransactionOptions::new(self)
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
        self.0.pool.dialect().unwrap_or_else(|| self.0.driver.dialect())
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
        &*self.0.driver
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
        self.0.pool.status()
    }

    /// Asks the server for a sign of life.
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
    /// If it cannot be reached.
    pub async fn ping(&self) -> Result<()> {
        self.checkout().await?.ping().await
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
        self.0.pool.close();
    }

    pub(crate) async fn checkout(&self) -> Result<Pooled> {
        self.0.pool.checkout().await
    }

    pub(super) fn slow(&self) -> Duration {
        self.0.slow
    }

    pub(super) fn echo(&self) -> bool {
        self.0.echo
    }

    pub(super) fn show_params(&self) -> bool {
        self.0.show_params
    }

    pub(super) fn forget_connections(&self) {
        self.0.pool.forget();
    }
}
