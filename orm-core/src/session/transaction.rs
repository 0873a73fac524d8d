//! Transactions.

use std::panic::Location;

use super::branch::Branch;
use super::{On, commit};
use crate::database::Database;
use crate::dialect::Dialect;
use crate::driver::{Begin, Sink, Summary};
use crate::error::{Error, ErrorKind, Result};
use crate::syntax::Statement;
use crate::unit::{Mark, Outcome, Unit, flush_if_pending};

/// An open transaction: what closures get and sessions deref to. A [`Session`](super::Session) is ended by you;
/// `db.transaction().run(..)` ends its transaction itself.
///
/// The first statement takes a connection from the pool and begins the transaction; if the [`Database`] has several
/// databases, it does so on each of them when it is first used. A transaction always knows whether it is open, over or in
/// doubt, and refuses statements that would run outside it.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// async fn publish(mut tx: &mut Transaction, id: u64) -> orm::Result<bool> {
///     Ok(Post::update().set(|p| p.published.to(true)).filter(|p| p.id.eq(id)).execute(&mut tx).await? == 1)
/// }
/// let mut s = db.session();
/// assert!(publish(&mut s, 2).await?);
/// s.commit().await?;
/// # Ok(()) }) }
/// ```
#[derive(Debug)]
pub struct Transaction {
    database: Database,
    begin: Begin,
    /// The transactions begun so far, one for each database.
    branches: Vec<Branch>,
    /// How many savepoints are set. Each database gets them before its next statement.
    levels: u32,
    /// Set if a savepoint was dropped: savepoints above this level are rolled back before the next statement.
    undo: Option<u32>,
    /// Why the last attempt to begin failed.
    not_begun: Option<Error>,
    /// Why a flush failed: it was partly applied, and has to be rolled back first.
    failed: Option<Error>,
    /// Whether a row was found changed or deleted since it was read.
    stale: bool,
    unit: Unit,
    /// The position in the undo journal when each savepoint was set.
    marks: Vec<Mark>,
}

impl Transaction {
    pub(crate) fn of(database: Database, begin: Begin) -> Self {
        Transaction {
            database,
            begin,
            branches: Vec::new(),
            levels: 0,
            undo: None,
            not_begun: None,
            failed: None,
            stale: false,
            unit: Unit::new(),
            marks: Vec::new(),
        }
    }

    /// Returns the database that the transaction is on.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let s = db.session();
    /// assert_eq!(s.database().dialect().name, "SQLite");
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// Returns whether a statement has begun the transaction on a server.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// assert!(!s.is_active());
    /// User::query().count(&mut s).await?;
    /// assert!(s.is_active());
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.branches.iter().any(Branch::is_active)
    }

    /// Selects the database called `bind` in this transaction: statements run there, whatever the `bind` of their models.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |_| {
    /// let db = Database::builder().url("sqlite::memory:").bind("archive", "sqlite::memory:").open()?;
    /// db.on("archive")?.create_tables::<User>().await?;
    /// let mut s = db.session();
    /// User::insert().email("old@example.org").name("Old").execute(s.on("archive")?).await?;
    /// s.commit().await?;
    /// assert_eq!(User::query().count(&db.on("archive")?).await?, 1);
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// Kind `Configuration` if there is no such database; the message lists the databases there are.
    pub fn on(&mut self, bind: &str) -> Result<On<'_>> {
        let member = self.database.find(bind)?;
        Ok(On::fixed(self, member))
    }

    /// The error that ended the transaction prematurely, or kept it from beginning, if any.
    pub(super) fn cause(&self) -> Option<&Error> {
        self.branches.iter().find_map(Branch::cause).or(self.failed.as_ref()).or(self.not_begun.as_ref())
    }

    /// Whether a row was found changed or deleted since it was read; false once the transaction may be committed.
    pub(super) fn was_stale(&self) -> bool {
        self.stale && !self.branches.iter().any(Branch::may_be_committed)
    }

    /// Records that a row was found changed or deleted since it was read.
    pub(crate) fn met_stale(&mut self) {
        self.stale = true;
    }

    /// The rows that it tracks.
    pub(crate) fn unit(&self) -> &Unit {
        &self.unit
    }

    pub(crate) fn unit_mut(&mut self) -> &mut Unit {
        &mut self.unit
    }

    /// Records that a flush failed midway.
    pub(crate) fn fail(&mut self, error: &Error) {
        if self.is_active() {
            self.failed = Some(error.clone());
        }
    }

    /// Refuses statements that would not be part of the transaction: none runs once one of its databases has lost it, or
    /// after a partly applied flush.
    pub(crate) fn check(&mut self) -> Result<()> {
        self.check_servers()?;
        match &self.failed {
            None => Ok(()),
            Some(cause) => Err(cause.clone().into_kind(
                ErrorKind::TransactionDead,
                format!(
                    "a flush in this transaction failed ({cause}); roll back the transaction, or the \
                     savepoint that the flush is in"
                ),
            )),
        }
    }

    pub(super) fn check_servers(&mut self) -> Result<()> {
        self.branches.iter_mut().for_each(Branch::resume);
        self.branches.iter().try_for_each(|branch| {
            branch.check().map_err(|error| self.database.member(branch.member()).named(error))
        })
    }

    /// Prepares a database for a statement: begins the transaction there if no statement has, rolls back dropped
    /// savepoints, and sets the savepoints that are not yet set. Returns the index of the branch.
    pub(super) async fn ready(&mut self, member: usize) -> Result<usize> {
        self.check()?;
        self.settle().await?;
        self.not_begun = None;
        let at = match self.branches.iter().position(|branch| branch.member() == member) {
            Some(at) => at,
            None => self.begin(member).await?,
        };
        self.branches[at].enter(self.levels).await?;
        Ok(at)
    }

    async fn begin(&mut self, member: usize) -> Result<usize> {
        match Branch::begin(&self.database, member, self.begin).await {
            Ok(branch) => self.branches.push(branch),
            Err(error) => {
                self.not_begun = Some(error.clone());
                return Err(error);
            }
        }
        Ok(self.branches.len() - 1)
    }

    pub(super) fn take_in_hand(&mut self, branch: usize) {
        self.branches[branch].take_in_hand();
    }

    pub(super) fn dialect(&self, branch: usize) -> &Dialect {
        self.branches[branch].dialect()
    }

    pub(super) fn run<'r>(
        &'r mut self,
        branch: usize,
        statement: &'r mut Statement,
        sink: &'r mut dyn Sink,
        at: &'static Location<'static>,
    ) -> impl Future<Output = Result<Summary>> + Send + 'r {
        self.branches[branch].run(&self.database, statement, sink, at)
    }

    /// Commits every branch.
    pub(super) async fn commit_all(&mut self, at: &'static Location<'static>) -> Result<()> {
        let mark = self.unit.mark();
        flush_if_pending(self, at).await?;
        self.check()?;
        // Not for a commit that is refused: what an earlier, failed one covered must still be known.
        self.unit.under_way(Some(mark));
        self.settle().await?;
        commit::all(&self.database, &mut self.branches).await?;
        self.reset();
        self.unit.ended(Outcome::Committed);
        Unit::after_commit(self);
        Ok(())
    }

    /// Rolls every branch back, whatever the state.
    pub(super) async fn roll_back_all(&mut self) -> Result<()> {
        let in_doubt = self.branches.iter().any(Branch::may_be_committed);
        for branch in &mut self.branches {
            branch.rollback().await;
        }
        self.reset();
        self.unit.ended(if in_doubt { Outcome::InDoubt } else { Outcome::RolledBack });
        Unit::after_rollback(self);
        Ok(())
    }

    fn reset(&mut self) {
        self.branches.clear();
        self.levels = 0;
        self.undo = None;
        self.not_begun = None;
        self.failed = None;
        self.stale = false;
        self.marks.clear();
    }

    /// Adapts the marks of the savepoints to the undo journal, which starts over.
    pub(crate) fn forget_marks(&mut self) {
        let now = self.unit.mark();
        self.marks.iter_mut().for_each(|mark| mark.renew(now));
    }

    /// How many savepoints are set.
    pub(super) fn levels(&self) -> u32 {
        self.levels
    }

    /// Sets a savepoint and returns its level. The databases get it before their next statement.
    pub(super) async fn set_savepoint(&mut self, at: &'static Location<'static>) -> Result<u32> {
        flush_if_pending(self, at).await?;
        self.check()?;
        self.settle().await?;
        self.marks.push(self.unit.mark());
        self.levels += 1;
        Ok(self.levels)
    }

    /// Releases the savepoint at `level`, keeping its changes.
    pub(super) async fn release(&mut self, level: u32, at: &'static Location<'static>) -> Result<()> {
        flush_if_pending(self, at).await?;
        self.check()?;
        self.settle().await?;
        for branch in &mut self.branches {
            branch.release(level - 1).await?;
        }
        self.levels = level - 1;
        self.marks.truncate(self.levels as usize);
        Ok(())
    }

    /// Marks the savepoint at `level` to be rolled back before the next statement.
    pub(super) fn abandon(&mut self, level: u32) {
        let below = level - 1;
        if let Some(&mark) = self.marks.get(below as usize) {
            self.unit.revert(mark);
        }
        self.marks.truncate(below as usize);
        self.failed = None;
        self.levels = below;
        self.undo = Some(self.undo.map_or(below, |earlier| earlier.min(below)));
    }

    /// Rolls back abandoned savepoints.
    pub(super) async fn settle(&mut self) -> Result<()> {
        let Some(levels) = self.undo else { return Ok(()) };
        for branch in &mut self.branches {
            branch.undo(levels).await?;
        }
        self.undo = None;
        Ok(())
    }
}
