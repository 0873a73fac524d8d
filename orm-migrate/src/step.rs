//! Steps written in Rust.

use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use orm::{Database, Error, ErrorKind, Result, Transaction};

use crate::Migrations;
use crate::plan::Work;

/// The beginning of the line in a script that calls a step in Rust, followed by the name of the step.
const LINE: &str = "-- orm:rust";

type BoxFuture<'t> = Pin<Box<dyn Future<Output = Result<()>> + Send + 't>>;
type Function = Arc<dyn for<'t> Fn(&'t mut Transaction) -> BoxFuture<'t> + Send + Sync>;

/// The functions of a program, by the names that scripts use.
#[derive(Clone, Default)]
pub(crate) struct RustSteps(BTreeMap<String, Function>);

impl fmt::Debug for RustSteps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// An `async fn` that changes rows in a transaction: see [`Migrations::with_step`].
///
/// ```
/// use orm::prelude::*;
/// use orm_migrate::Migrations;
///
/// async fn forget_guests(mut tx: &mut Transaction) -> orm::Result<()> {
///     sql!("DELETE FROM users WHERE name = 'guest'").execute(&mut tx).await.map(drop)
/// }
/// let migrations = Migrations::read("migrations")?.with_step("forget_guests", forget_guests);
/// # drop(migrations);
/// # Ok::<(), orm::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "a migration step must be an `async fn` that takes a transaction",
    label = "expected an `async fn step(tx: &mut Transaction) -> orm::Result<()>`",
    note = "pass it by name: `migrations.with_step(\"fill_slugs\", fill_slugs)`"
)]
pub trait StepFn<'t>: Send + Sync + 'static {
    /// Runs it.
    #[doc(hidden)]
    fn run(&self, tx: &'t mut Transaction) -> BoxFuture<'t>;
}

#[diagnostic::do_not_recommend]
impl<'t, F, R> StepFn<'t> for F
where
    F: Fn(&'t mut Transaction) -> R + Send + Sync + 'static,
    R: Future<Output = Result<()>> + Send + 't,
{
    fn run(&self, tx: &'t mut Transaction) -> BoxFuture<'t> {
        Box::pin(self(tx))
    }
}

impl Migrations {
    /// Adds a function for what SQL cannot do. A script calls it between its statements, with a line of its own; the
    /// checksum only covers its name:
    ///
    /// ```sql
    /// ALTER TABLE posts ADD COLUMN slug TEXT;
    /// -- orm:rust fill_slugs
    /// CREATE UNIQUE INDEX posts_slug ON posts (slug);
    /// ```
    ///
    /// It should only change rows; put DDL into the script. On SQLite, it runs in the transaction of the migration; on
    /// MySQL and MariaDB, in one transaction with the record that it is done, which takes a second connection from the
    /// pool. Before anything runs, it is an error if a migration to be run calls an unknown step, or if the pool cannot
    /// provide a second connection.
    ///
    /// ```
    /// use orm::prelude::*;
    /// use orm_migrate::Migrations;
    ///
    /// async fn fill_slugs(mut tx: &mut Transaction) -> orm::Result<()> {
    ///     for title in sql!("SELECT title FROM posts").all::<String>(&mut tx).await? {
    ///         let slug = title.to_lowercase().replace(' ', "-");
    ///         sql!("UPDATE posts SET slug = {slug} WHERE title = {title}").execute(&mut tx).await?;
    ///     }
    ///     Ok(())
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> orm::Result<()> {
    /// # let db = Database::open("sqlite::memory:")?;
    /// let migrations = Migrations::from_files([
    ///     ("1_posts/up.sql", "CREATE TABLE posts (title TEXT); INSERT INTO posts VALUES ('Hello World');"),
    ///     ("2_slugs/up.sql", "ALTER TABLE posts ADD COLUMN slug TEXT;\n-- orm:rust fill_slugs\n"),
    /// ])?;
    /// assert!(migrations.up(&db).await.unwrap_err().to_string().contains("`fill_slugs`"));
    /// migrations.with_step("fill_slugs", fill_slugs).up(&db).await?;
    /// assert_eq!(sql!("SELECT slug FROM posts").scalar::<String>(&db).await?, "hello-world");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn with_step(mut self, name: impl Into<String>, step: impl for<'t> StepFn<'t>) -> Self {
        self.options.steps.0.insert(name.into(), Arc::new(move |tx| step.run(tx)));
        self
    }

    /// Checks that every step in Rust to be run is known to this program.
    pub(crate) fn have_steps(&self, plan: &[Work<'_>]) -> Result<()> {
        let mut unknown = Vec::new();
        for work in plan {
            for name in work.statements.iter().filter_map(|statement| called(statement)) {
                if !self.options.steps.0.contains_key(name) {
                    unknown.push(format!("`{name}` (in the migration `{}`)", work.migration.name()));
                }
            }
        }
        if unknown.is_empty() {
            return Ok(());
        }
        let message = format!(
            "this program lacks Rust steps that the migrations call: {}; add them with `with_step`, or to the \
             command with `orm_cli::run_with`",
            unknown.join(", ")
        );
        Err(Error::new(ErrorKind::Configuration, message))
    }

    /// Checks that steps in Rust to be run can have a transaction in addition to the runner's connection.
    pub(crate) fn have_room(&self, plan: &[Work<'_>], db: &Database) -> Result<()> {
        let mut steps =
            plan.iter().flat_map(|work| &work.statements).filter_map(|statement| called(statement));
        match steps.next() {
            Some(step) if db.pool_status().max < 2 => {
                let message = format!(
                    "the Rust step `{step}` needs a connection for its transaction, besides the one that runs the \
                     migrations, but the pool has only one: set `max_connections` to at least 2"
                );
                Err(Error::new(ErrorKind::Configuration, message))
            }
            _ => Ok(()),
        }
    }

    /// Runs a step, and flushes its session.
    pub(crate) async fn run_step(&self, name: &str, tx: &mut Transaction) -> Result<()> {
        let step = self.options.steps.0.get(name).ok_or_else(|| {
            Error::new(ErrorKind::Configuration, format!("this program has no Rust step `{name}`"))
        })?;
        step(&mut *tx).await?;
        tx.flush().await?;
        // The statements after it may change the rows that it has read.
        tx.clear();
        Ok(())
    }
}

/// Returns the step that a statement of a script calls, if it calls one.
pub(crate) fn called(statement: &str) -> Option<&str> {
    let name = statement.trim().strip_prefix(LINE)?;
    (name.is_empty() || name.starts_with(char::is_whitespace)).then(|| name.trim())
}
