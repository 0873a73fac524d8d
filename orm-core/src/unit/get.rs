//! Reading rows by primary key.

use std::fmt;
use std::future::IntoFuture;
use std::panic::Location;

use super::lock::locks;
use super::pending::not_flushed;
use super::read::read_one;
use super::rows::Stage;
use super::{Handle, autoflush};
use crate::error::{Error, ErrorKind, Result};
use crate::expression::KeyValue;
use crate::model::{Model, Writable};
use crate::session::{Pending, Transaction};
use crate::syntax::{Lock, Node, Sight, Wait};
use crate::value::Datum;

/// A lookup of a row by primary key, made with [`Transaction::get`] or [`Transaction::find`].
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let mut s = db.session();
/// let ann = s.get::<User>(1).for_update().await?; // nobody else changes her until the commit
/// s[ann].age = s[ann].age.map(|age| age + 1);
/// s.commit().await?;
/// assert_eq!(User::find(1).one(db).await?.age, Some(42));
/// # Ok(()) }) }
/// ```
#[must_use = "nothing is read until it is awaited"]
pub struct Get<'a, T, H> {
    tx: &'a mut Transaction,
    key: Vec<Datum>,
    lock: Option<Lock>,
    at: &'static Location<'static>,
    /// Converts the row, or its absence, into the result.
    give: fn(Option<Handle<T>>, Option<&Lock>) -> Result<H>,
    /// What awaiting it does. The bound on the model was checked where this was made, and is not checked again, so that a
    /// mistake is reported only once.
    run: fn(Self) -> Pending<'a, H>,
}

impl<T, H> fmt::Debug for Get<'_, T, H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Get").field("lock", &self.lock).finish_non_exhaustive()
    }
}

impl Transaction {
    /// Returns the row with a primary key, tracked from now on. If it is already tracked, nothing is sent, and the row is as
    /// it is in the session, with unflushed changes. With a lock, as in `s.get::<User>(1).for_update()`, it is always read.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// let ann = s.get::<User>(1).await?;
    /// assert_eq!(s.get::<User>(1).await?, ann);
    /// assert!(s.get::<User>(99).await.unwrap_err().is_not_found());
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// Kind `NotFound` if there is none; see [`find`](Self::find).
    #[track_caller]
    #[rustfmt::skip] // rustc shows the line to whoever gives it the model as an argument
    pub fn get<T: Writable>(&mut self, key: impl KeyValue<T::Key>) -> Get<'_, T, Handle<T>> { // `s.get::<User>(1).await?`
        Get::new(self, values(key), required, Location::caller())
    }

    /// Returns the row with a primary key, tracked from now on, or `None` if there is none.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// assert_eq!(s.find::<User>(99).await?, None);
    /// let ann = s.find::<User>(1).await?.unwrap();
    /// assert_eq!(s[ann].name, "Ann");
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn find<T: Writable>(&mut self, key: impl KeyValue<T::Key>) -> Get<'_, T, Option<Handle<T>>> {
        Get::new(self, values(key), |found, _| Ok(found), Location::caller())
    }
}

impl<'a, T: Writable, H: Send + 'static> Get<'a, T, H> {
    fn new(
        tx: &'a mut Transaction,
        key: Vec<Datum>,
        give: fn(Option<Handle<T>>, Option<&Lock>) -> Result<H>,
        at: &'static Location<'static>,
    ) -> Self {
        Get { tx, key, lock: None, at, give, run: Self::pending }
    }

    fn pending(self) -> Pending<'a, H> {
        if self.lock.is_none()
            && let Some(handle) = self.tx.unit().known(&self.key)
        {
            return Pending::new(std::future::ready((self.give)(Some(handle), None)));
        }
        let Get { tx, key, lock, at, give, .. } = self;
        Pending::new(async move {
            let found = load(tx, key, lock.clone(), at).await?;
            give(found, lock.as_ref())
        })
    }
}

impl<T, H> Get<'_, T, H> {
    locks!("get::<User>(1)");

    /// Skips the row if another transaction has locked it, as if it did not exist, so that `find` returns `None`. In SQLite,
    /// where one session writes at a time, no row is locked by another one.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// let free: Option<Handle<Post>> = s.find::<Post>(1).for_update().skip_locked().await?;
    /// assert!(free.is_some());
    /// # Ok(()) }) }
    /// ```
    pub fn skip_locked(mut self) -> Self {
        self.lock.get_or_insert_default().wait = Wait::Skip;
        self
    }
}

impl<'a, T, H> IntoFuture for Get<'a, T, H> {
    type Output = Result<H>;
    type IntoFuture = Pending<'a, H>;

    fn into_future(self) -> Pending<'a, H> {
        (self.run)(self)
    }
}

fn values<K>(key: impl KeyValue<K>) -> Vec<Datum> {
    let mut nodes = Vec::with_capacity(1);
    key.push_key(&mut nodes);
    let value = |node| match node {
        Node::Value(value) => value,
        _ => Datum::Null,
    };
    nodes.into_iter().map(value).collect()
}

fn required<T: Model>(found: Option<Handle<T>>, lock: Option<&Lock>) -> Result<Handle<T>> {
    found.ok_or_else(|| {
        let locked = match lock {
            Some(Lock { wait: Wait::Skip, .. }) => ", or another transaction has locked it",
            _ => "",
        };
        Error::new(ErrorKind::NotFound, format!("no row of `{}` matches{locked}", T::table().model))
    })
}

async fn load<T: Model>(
    tx: &mut Transaction,
    key: Vec<Datum>,
    lock: Option<Lock>,
    at: &'static Location<'static>,
) -> Result<Option<Handle<T>>> {
    autoflush(tx, at).await?;
    // The flush may have inserted it.
    if lock.is_none()
        && let Some(handle) = tx.unit().known(&key)
    {
        return Ok(Some(handle));
    }
    let newest = lock.is_some();
    let Some(row) = read_one::<T>(tx, key, Sight::default(), lock, at).await? else { return Ok(None) };
    let handle = tx.unit_mut().track_as(row, newest, newest);
    // Without autoflush, it may have pending changes.
    let (shelf, slot) = (&tx.unit().shelves[handle.row.shelf as usize], handle.row.slot);
    match shelf.rows.stage(slot) {
        Stage::Doomed => Ok(None),
        _ if newest && shelf.is_to_change(slot) => Err(not_flushed(shelf.table.model, ", then lock it")),
        _ => Ok(Some(handle)),
    }
}
