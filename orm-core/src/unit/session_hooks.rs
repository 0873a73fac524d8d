//! Hooks that a session runs around its flushes, and after commits and rollbacks.

use std::collections::HashSet;

use super::rows::{Gone, Stage};
use super::undo::Mark;
use super::{Changes, RowRef, Unit};
use crate::error::{Error, ErrorKind, Result};
use crate::session::Transaction;

type BeforeFlush = Box<dyn FnMut(&mut Transaction) -> Result<()> + Send + Sync>;
type AfterFlush = Box<dyn FnMut(&mut Transaction, &Changes) -> Result<()> + Send + Sync>;
type AtEnd = Box<dyn FnMut(&mut Transaction) + Send + Sync>;

/// What runs after a commit.
enum AfterCommit {
    /// After this commit and all later ones.
    Each(AtEnd),
    /// After this commit only.
    Once(Option<Box<dyn FnOnce(&mut Transaction) + Send + Sync>>),
}

/// The hooks of one session.
#[derive(Default)]
pub(super) struct SessionHooks {
    before_flush: Vec<BeforeFlush>,
    after_flush: Vec<AfterFlush>,
    after_commit: Vec<AfterCommit>,
    after_rollback: Vec<AtEnd>,
    /// Whether a flush hook is running.
    running: bool,
}

impl SessionHooks {
    pub(super) fn are_running(&self) -> bool {
        self.running
    }
}

impl Transaction {
    /// Sets a hook that runs before each flush that has something to do. It may change, add and delete rows, as part of the
    /// flush; an error refuses the flush, before anything is sent. What it has added is dropped if the flush fails or is rolled
    /// back, since the hook runs again before the next one.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// s.before_flush(|tx| match tx.changes().to_string() {
    ///     changes if changes.contains("delete") => Err(orm::Error::new(ErrorKind::CheckViolation, changes)),
    ///     _ => Ok(()),
    /// });
    /// let ann = s.get::<User>(1).await?;
    /// s.delete(ann)?;
    /// assert!(s.commit().await.unwrap_err().is_check_violation());
    /// s.close().await?;
    /// assert!(User::find(1).exists(db).await?);
    /// # Ok(()) }) }
    /// ```
    pub fn before_flush(&mut self, hook: impl FnMut(&mut Transaction) -> Result<()> + Send + Sync + 'static) {
        self.unit_mut().hooks.before_flush.push(Box::new(hook));
    }

    /// Sets a hook that runs after each flush, in its transaction, with what was written: for rows about other rows, such as an
    /// audit log. It may change, add and delete rows, which are flushed next; the hook also runs for these, but
    /// [`before_flush`](Self::before_flush) does not. An error fails the flush. What the hook has added is dropped if the flush
    /// fails or is rolled back, since it runs again after the next one.
    ///
    /// It does not see statements such as `User::update()`, nor what the database does by itself to rows that the session does
    /// not track.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// #[derive(Model)]
    /// struct LogEntry {
    ///     #[orm(primary_key, auto)]
    ///     id: u64,
    ///     what: String,
    /// }
    /// db.create_tables::<LogEntry>().await?;
    ///
    /// let mut s = db.session();
    /// s.after_flush(|tx, written| {
    ///     for row in written.all().filter(|row| !row.is::<LogEntry>()) {
    ///         tx.add(LogEntry::insert().what(serde_json::to_string(row).unwrap()));
    ///     }
    ///     Ok(())
    /// });
    /// let ann = s.get::<User>(1).await?;
    /// s[ann].name = "Anna".into();
    /// s.commit().await?;
    /// assert_eq!(
    ///     LogEntry::query().one(db).await?.what,
    ///     r#"{"table":"users","key":[1],"before":{"name":"Ann"},"after":{"name":"Anna"}}"#
    /// );
    /// # Ok(()) }) }
    /// ```
    pub fn after_flush(
        &mut self,
        hook: impl FnMut(&mut Transaction, &Changes) -> Result<()> + Send + Sync + 'static,
    ) {
        self.unit_mut().hooks.after_flush.push(Box::new(hook));
    }

    /// Sets a hook that runs once, after the commit of this transaction: for what must not happen without it, such as sending
    /// a mail. It is dropped by a rollback, or with the savepoint in which it was set, if that is rolled back; if the rows are
    /// then flushed again, set it again.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// use std::sync::mpsc;
    /// let (mails, sent) = mpsc::channel();
    /// let mut s = db.session();
    /// s.add(User::insert().email("cid@example.org").name("Cid"));
    /// s.on_commit(move |_| drop(mails.send("welcome")));
    /// s.flush().await?;
    /// assert!(sent.try_recv().is_err()); // not yet
    /// s.commit().await?;
    /// assert_eq!(sent.try_recv().unwrap(), "welcome");
    /// # Ok(()) }) }
    /// ```
    pub fn on_commit(&mut self, hook: impl FnOnce(&mut Transaction) + Send + Sync + 'static) {
        self.unit_mut().hooks.after_commit.push(AfterCommit::Once(Some(Box::new(hook))));
    }

    /// Sets a hook that runs after each commit of this session. For a single transaction, use
    /// [`on_commit`](Self::on_commit). A hook that was set in a savepoint is dropped if that is rolled back.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// use std::sync::mpsc;
    /// let (says, said) = mpsc::channel();
    /// let mut s = db.session();
    /// s.after_commit(move |_| drop(says.send("committed")));
    /// s.commit().await?;
    /// s.commit().await?;
    /// assert_eq!(said.try_iter().count(), 2);
    /// # Ok(()) }) }
    /// ```
    pub fn after_commit(&mut self, hook: impl FnMut(&mut Transaction) + Send + Sync + 'static) {
        self.unit_mut().hooks.after_commit.push(AfterCommit::Each(Box::new(hook)));
    }

    /// Sets a hook that runs after each rollback of the whole transaction.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// s.after_rollback(|tx| tx.discard_changes());
    /// s.add(User::insert().email("cid@example.org").name("Cid"));
    /// s.rollback().await?;
    /// assert!(s.changes().is_empty());
    /// # Ok(()) }) }
    /// ```
    pub fn after_rollback(&mut self, hook: impl FnMut(&mut Transaction) + Send + Sync + 'static) {
        self.unit_mut().hooks.after_rollback.push(Box::new(hook));
    }
}

impl SessionHooks {
    /// The number of hooks that run after commits.
    pub(super) fn after_commits(&self) -> usize {
        self.after_commit.len()
    }

    /// Drops the hooks after commits except for the first `kept`.
    pub(super) fn forget_after_commits(&mut self, kept: usize) {
        self.after_commit.truncate(kept);
    }
}

impl Unit {
    /// Runs the hooks before a flush.
    pub(super) fn before_flush(tx: &mut Transaction) -> Result<()> {
        if tx.unit().hooks.before_flush.is_empty() {
            return Ok(());
        }
        tx.unit_mut().hooks.running = true;
        let mut taken = Taken::of(tx, |hooks| &mut hooks.before_flush);
        let Taken { tx, hooks, .. } = &mut taken;
        hooks.iter_mut().try_for_each(|hook| hook(tx))
    }

    /// Runs the hooks after a flush, if it has written something since. Returns whether any were run.
    pub(super) fn after_flush(tx: &mut Transaction, since: Mark) -> Result<bool> {
        if tx.unit().hooks.after_flush.is_empty() {
            return Ok(false);
        }
        let written = tx.unit().written(since);
        if written.is_empty() {
            return Ok(false);
        }
        tx.unit_mut().hooks.running = true;
        let mut taken = Taken::of(tx, |hooks| &mut hooks.after_flush);
        let Taken { tx, hooks, .. } = &mut taken;
        hooks.iter_mut().try_for_each(|hook| hook(tx, &written)).map(|()| true)
    }

    /// Refuses a flush while a flush hook is running.
    pub(super) fn check_hooks(&self) -> Result<()> {
        if !self.hooks.running {
            return Ok(());
        }
        let message = "a flush hook cannot flush: its changes are flushed anyway";
        Err(Error::new(ErrorKind::InvalidQuery, message))
    }

    /// Whether a row was added by a hook and is still new.
    pub(super) fn is_made_by_hook(&self, row: RowRef) -> bool {
        let rows = &self.shelves[row.shelf as usize].rows;
        rows.stage(row.slot) == Stage::New && rows.meta(row.slot).by_hook
    }

    /// Drops new rows that flush hooks have added. What the program has added remains, even if a hook has made it reference
    /// one of them: the hook runs again.
    pub(super) fn drop_made_by_hooks(&mut self) {
        let mut gone = HashSet::new();
        for at in 0..self.shelves.len() {
            for slot in self.shelves[at].drafts.clone() {
                let rows = &mut self.shelves[at].rows;
                if rows.stage(slot) == Stage::New && rows.meta(slot).by_hook {
                    rows.drop_row(slot, Gone::RolledBack);
                    gone.insert(self.row_ref(at, slot));
                }
            }
        }
        if !gone.is_empty() {
            self.follow_gone(gone, Gone::RolledBack, false);
            self.flushed();
        }
    }

    /// Runs the hooks after a commit.
    pub(crate) fn after_commit(tx: &mut Transaction) {
        if tx.unit().hooks.after_commit.is_empty() {
            return;
        }
        let mut taken = Taken::of(tx, |hooks| &mut hooks.after_commit);
        let Taken { tx, hooks, .. } = &mut taken;
        for hook in &mut *hooks {
            match hook {
                AfterCommit::Each(hook) => hook(tx),
                AfterCommit::Once(hook) => hook.take().into_iter().for_each(|hook| hook(tx)),
            }
        }
        hooks.retain(|hook| matches!(hook, AfterCommit::Each(_)));
    }

    /// Runs the hooks after a rollback.
    pub(crate) fn after_rollback(tx: &mut Transaction) {
        let hooks = &mut tx.unit_mut().hooks;
        hooks.running = false;
        hooks.after_commit.retain(|hook| matches!(hook, AfterCommit::Each(_)));
        if hooks.after_rollback.is_empty() {
            return;
        }
        let mut taken = Taken::of(tx, |hooks| &mut hooks.after_rollback);
        let Taken { tx, hooks, .. } = &mut taken;
        hooks.iter_mut().for_each(|hook| hook(tx));
    }
}

/// Hooks that are running, taken out of their list. They are put back when all have run or one has panicked, before those that
/// they have set.
struct Taken<'t, H> {
    tx: &'t mut Transaction,
    hooks: Vec<H>,
    list: fn(&mut SessionHooks) -> &mut Vec<H>,
}

impl<'t, H> Taken<'t, H> {
    fn of(tx: &'t mut Transaction, list: fn(&mut SessionHooks) -> &mut Vec<H>) -> Self {
        let hooks = std::mem::take(list(&mut tx.unit_mut().hooks));
        Taken { tx, hooks, list }
    }
}

impl<H> Drop for Taken<'_, H> {
    fn drop(&mut self) {
        let all = &mut self.tx.unit_mut().hooks;
        all.running = false;
        let list = (self.list)(all);
        self.hooks.append(list);
        *list = std::mem::take(&mut self.hooks);
    }
}
