//! Adding new rows.

use super::rows::Stage;
use super::store::State;
use super::{Handle, New, Unit};
use crate::change::InsertRow;
use crate::error::Result;
use crate::model::{Model, Writable};
use crate::session::Transaction;
use crate::syntax::Node;

/// A row that a session can add: a whole model, a reference to one, a finished builder, or a struct with `#[derive(Insert)]`.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let mut s = db.session();
/// s.add(User { id: 0, email: "cid@example.org".into(), name: "Cid".into(), age: None }); // or a reference to one
/// s.add(User::insert().email("dee@example.org").name("Dee"));
/// s.commit().await?;
/// assert_eq!(User::query().count(db).await?, 4);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a row that a session can add",
    label = "expected a model, a form, or a builder started with `insert()`"
)]
pub trait IntoNew {
    /// The model of the row.
    type Model;

    /// Returns one node per column, in order.
    #[doc(hidden)]
    fn draft(self) -> Vec<Node>;
}

#[diagnostic::do_not_recommend]
impl<R: IntoNew + Clone> IntoNew for &R {
    type Model = R::Model;

    fn draft(self) -> Vec<Node> {
        self.clone().draft()
    }
}

/// What `into_insert` converts a form into.
#[diagnostic::do_not_recommend]
impl<T: Model> IntoNew for InsertRow<T> {
    type Model = T;

    fn draft(self) -> Vec<Node> {
        self.into_nodes()
    }
}

impl Transaction {
    /// Adds a new row, which the next flush inserts: a finished builder, or a whole model. Until then it has no key, but other
    /// rows can reference it.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// let cid = s.add(User::insert().email("cid@example.org").name("Cid"));
    /// for title in ["One", "Two"] {
    ///     s.add(Post::insert().author(cid).title(title));
    /// }
    /// s.commit().await?; // two inserts
    /// assert_eq!(Post::query().filter(|p| p.author().name.eq("Cid")).count(db).await?, 2);
    /// # Ok(()) }) }
    /// ```
    pub fn add<R: IntoNew>(&mut self, row: R) -> New<R::Model>
    where
        R::Model: Writable,
    {
        self.unit_mut().add(row.draft())
    }

    /// Returns the handle of an added row, once a flush or a commit has inserted it.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// let cid = s.add(User::insert().email("cid@example.org").name("Cid"));
    /// assert!(s.saved(cid).is_err());
    /// s.flush().await?;
    /// let cid = s.saved(cid)?;
    /// assert_eq!(s[cid].id, 3);
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// Kind `NotTracked` if it is not inserted yet, belongs to another session, or was deleted, forgotten or rolled back.
    pub fn saved<T: Model>(&self, new: New<T>) -> Result<Handle<T>> {
        let handle = Handle::of(new.row);
        self.unit().stored(handle).map(|()| handle)
    }
}

impl Unit {
    pub(super) fn add<T: Model>(&mut self, draft: Vec<Node>) -> New<T> {
        let at = self.shelf::<T>();
        let shelf = &mut self.shelves[at];
        let slot = shelf.store_mut::<T>().map_or(0, |store| store.push(State::New(draft), 0));
        debug_assert_eq!(shelf.rows.stage(slot), Stage::New);
        shelf.rows.meta_mut(slot).by_hook = self.hooks.are_running();
        shelf.drafts.push(slot);
        self.pending = true;
        New::of(self.row_ref(at, slot))
    }
}
