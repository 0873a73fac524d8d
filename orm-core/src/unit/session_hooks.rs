//! What a session has run before its flushes and at its ends.

use super::Unit;
use crate::error::{Error, ErrorKind, Result};
use crate::session::Transaction;

type BeforeFlush = Box<dyn FnMut(&mut Transaction) -> Result<()> + Send + Sync>;
type AtEnd = Box<dyn FnMut(&mut Transaction) + Send + Sync>;

/// The hooks of one session.
#[derive(Default)]
pub(super) struct SessionHooks {
    before_flush: Vec<BeforeFlush>,
    after_commit: Vec<AtEnd>,
    after_rollback: Vec<AtEnd>,
    /// Whether one of `before_flush` is running.
    running: bool,
}

impl Transaction {
    /// Runs a function before each flush that has something to do. It may change, add and delete rows, which then are a
    /// part of the flush; an error refuses the flush, before anything is sent.
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

    /// Runs a function after each commit: for what must not happen if there is none, such as sending a mail.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// use std::sync::mpsc;
    /// let (mails, sent) = mpsc::channel();
    /// let mut s = db.session();
    /// s.after_commit(move |_| drop(mails.send("welcome")));
    /// s.add(User::insert().email("cid@example.org").name("Cid"));
    /// s.flush().await?;
    /// assert!(sent.try_recv().is_err()); // not yet
    /// s.commit().await?;
    /// assert_eq!(sent.try_recv().unwrap(), "welcome");
    /// # Ok(()) }) }
    /// ```
    pub fn after_commit(&mut self, hook: impl FnMut(&mut Transaction) + Send + Sync + 'static) {
        self.unit_mut().hooks.after_commit.push(Box::new(hook));
    }

    /// Runs a function after each rollback of the whole transaction.
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

impl Unit {
    /// Runs the hooks before a flush.
    pub(super) fn before_flush(tx: &mut Transaction) -> Result<()> {
        if tx.unit().hooks.running {
            let message =
                "a hook that runs before a flush cannot flush: what it changes is a part of the flush anyway";
            return Err(Error::new(ErrorKind::InvalidQuery, message));
        }
        let mut hooks = std::mem::take(&mut tx.unit_mut().hooks.before_flush);
        if hooks.is_empty() {
            return Ok(());
        }
        tx.unit_mut().hooks.running = true;
        let result = hooks.iter_mut().try_for_each(|hook| hook(tx));
        tx.unit_mut().hooks.running = false;
        put_back(&mut tx.unit_mut().hooks.before_flush, hooks);
        result
    }

    /// Runs the hooks after a commit.
    pub(crate) fn after_commit(tx: &mut Transaction) {
        let mut hooks = std::mem::take(&mut tx.unit_mut().hooks.after_commit);
        hooks.iter_mut().for_each(|hook| hook(tx));
        put_back(&mut tx.unit_mut().hooks.after_commit, hooks);
    }

    /// Runs the hooks after a rollback.
    pub(crate) fn after_rollback(tx: &mut Transaction) {
        tx.unit_mut().hooks.running = false;
        let mut hooks = std::mem::take(&mut tx.unit_mut().hooks.after_rollback);
        hooks.iter_mut().for_each(|hook| hook(tx));
        put_back(&mut tx.unit_mut().hooks.after_rollback, hooks);
    }
}

/// Those that ran before those that they have set up.
fn put_back<H>(list: &mut Vec<H>, mut hooks: Vec<H>) {
    hooks.append(list);
    *list = hooks;
}
