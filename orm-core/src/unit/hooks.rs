//! What is run around the changes of a session.

use std::fmt;

use super::Unit;
use crate::error::{Error, ErrorKind, Result};
use crate::expression::{Assignments, Column};
use crate::mode::{Mode, Required};
use crate::model::Model;
use crate::session::Transaction;
use crate::syntax::{Node, Source, fresh_base};
use crate::value::Value;

/// What a session runs around the inserts, updates and deletes of a model's rows. It is called for a model that says
/// `#[orm(hooks)]`, and costs the others nothing. Statements, such as `User::update()`, do not call it.
///
/// All of it runs within the flush: an error of a `before_` function refuses the flush, before anything is sent. The
/// moments of creation and change need no hook: they are `#[orm(default = now)]` and `#[orm(on_update = now)]`.
///
/// ```
/// use orm::prelude::*;
///
/// #[derive(Model)]
/// #[orm(hooks)]
/// struct Page {
///     #[orm(primary_key, auto)]
///     id: u64,
///     title: String,
///     #[orm(default = "")]
///     slug: String,
/// }
///
/// impl orm::Hooks for Page {
///     fn before_insert(page: &mut orm::Draft<'_, Page>) -> orm::Result<()> {
///         let title = page.get(|p| p.title).unwrap_or_default();
///         page.set(|p| p.slug.to(title.to_lowercase().replace(' ', "-")));
///         Ok(())
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// let db = Database::open("sqlite::memory:")?;
/// db.create_tables::<Page>().await?;
/// let mut s = db.session();
/// s.add(Page::insert().title("Hello World"));
/// s.commit().await?;
/// assert_eq!(Page::find(1).one(&db).await?.slug, "hello-world");
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` says that it has hooks, but has none",
    label = "no `impl Hooks for {Self}`",
    note = "write `impl orm::Hooks for {Self} {{ .. }}`, or leave out `hooks`"
)]
#[allow(unused_variables, reason = "what is not written does nothing")]
pub trait Hooks: Model {
    /// Before a new row is inserted: what is given can be read and set.
    ///
    /// # Errors
    /// What refuses the row.
    fn before_insert(row: &mut Draft<'_, Self>) -> Result<()> {
        Ok(())
    }

    /// After a row was inserted.
    fn after_insert(&self) {}

    /// Before changes of the row are sent: more can be changed.
    ///
    /// # Errors
    /// What refuses the change.
    fn before_update(&mut self) -> Result<()> {
        Ok(())
    }

    /// After the row was updated.
    fn after_update(&self) {}

    /// Before the row is deleted.
    ///
    /// # Errors
    /// What keeps the row from being deleted.
    fn before_delete(&self) -> Result<()> {
        Ok(())
    }

    /// After the row was deleted.
    fn after_delete(&self) {}
}

/// The hooks of a model.
#[doc(hidden)]
#[allow(missing_debug_implementations, reason = "functions")]
pub struct HookSet<T: Model> {
    pub(super) before_insert: fn(&mut Draft<'_, T>) -> Result<()>,
    pub(super) after_insert: fn(&T),
    pub(super) before_update: fn(&mut T) -> Result<()>,
    pub(super) after_update: fn(&T),
    pub(super) before_delete: fn(&T) -> Result<()>,
    pub(super) after_delete: fn(&T),
}

impl<T: Hooks> HookSet<T> {
    /// Those of `T`.
    #[must_use]
    pub fn of() -> Self {
        HookSet {
            before_insert: T::before_insert,
            after_insert: T::after_insert,
            before_update: T::before_update,
            after_update: T::after_update,
            before_delete: T::before_delete,
            after_delete: T::after_delete,
        }
    }
}

/// A new row before it is inserted, as a hook sees it.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// fn trimmed(post: &mut orm::Draft<'_, Post>) {
///     if let Some(title) = post.get(|p| p.title) {
///         post.set(|p| p.title.to(title.trim()));
///     }
/// }
/// # let _ = (db, trimmed); Ok(()) }) }
/// ```
pub struct Draft<'d, T: Model> {
    nodes: &'d mut [Node],
    _model: std::marker::PhantomData<fn() -> T>,
}

impl<T: Model> fmt::Debug for Draft<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Draft").field("model", &T::table().model).finish_non_exhaustive()
    }
}

impl<'d, T: Model> Draft<'d, T> {
    pub(super) fn new(nodes: &'d mut [Node]) -> Self {
        Draft { nodes, _model: std::marker::PhantomData }
    }

    /// The value of a column; `None` if it is NULL, or not known before the row is inserted.
    pub fn get<V: Value, N: Mode>(
        &self,
        column: impl FnOnce(T::Fields<Required>) -> Column<V, N>,
    ) -> Option<V> {
        let column = column(T::fields(Source::table(0))).index();
        match self.nodes.get(usize::from(column)) {
            Some(Node::Value(value)) => V::from_cell(&mut value.clone().into_cell()).ok(),
            _ => None,
        }
    }

    /// Sets columns, as in an update.
    pub fn set<A: Assignments>(&mut self, assignments: impl FnOnce(T::Fields<Required>) -> A) {
        let mut list = Vec::new();
        assignments(T::fields(Source::table(fresh_base()))).push(&mut list);
        for assignment in list {
            if let Some(node) = self.nodes.get_mut(usize::from(assignment.column.index)) {
                *node = assignment.value;
            }
        }
    }
}

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
    /// s.before_flush(|tx| {
    ///     println!("{}", tx.changes());
    ///     Ok(())
    /// });
    /// s.add(User::insert().email("cid@example.org").name("Cid"));
    /// s.commit().await?;
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
    /// let mut s = db.session();
    /// s.after_commit(|_| println!("welcome"));
    /// s.add(User::insert().email("cid@example.org").name("Cid"));
    /// s.commit().await?;
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
