//! Reading a row again.

use std::future::IntoFuture;
use std::panic::Location;

use super::lock::locks;
use super::pending::not_flushed;
use super::read::{TRACKED, read_one};
use super::undo::{Done, Undo};
use super::{Handle, Unit};
use crate::error::{Error, ErrorKind, Result};
use crate::model::Model;
use crate::session::{Pending, Transaction};
use crate::syntax::{Lock, Strength};

/// A read of a tracked row, made with [`Transaction::refresh`].
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let mut s = db.session();
/// let ann = s.get::<User>(1).await?;
/// User::update().set(|u| u.age.to(42)).filter(|u| u.id.eq(1)).execute(&mut s).await?;
/// s.refresh(ann).await?;
/// assert_eq!(s[ann].age, Some(42));
/// # Ok(()) }) }
/// ```
#[derive(Debug)]
#[must_use = "nothing is read until it is awaited"]
pub struct Refresh<'a, T> {
    tx: &'a mut Transaction,
    handle: Handle<T>,
    discard: bool,
    lock: Option<Lock>,
    at: &'static Location<'static>,
}

impl Transaction {
    /// Reads a row again from the database; with `.for_update()` or `.for_share()`, it also locks it. If the row has unflushed
    /// changes, this is an error, unless they are discarded with [`discard_changes`](Refresh::discard_changes).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// let ann = s.get::<User>(1).await?;
    /// User::update().set(|u| u.name.to("Anna")).filter(|u| u.id.eq(1)).execute(&mut s).await?;
    /// s.refresh(ann).await?;
    /// assert_eq!(s[ann].name, "Anna");
    ///
    /// s[ann].name = "Nobody".into();
    /// assert!(s.refresh(ann).await.is_err());
    /// s.refresh(ann).discard_changes().await?;
    /// assert_eq!(s[ann].name, "Anna");
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// Kind `InvalidQuery` if the row has unflushed changes, `NotFound` if it no longer exists in the database,
    /// `NotTracked` as for [`try_ref`](Self::try_ref).
    #[track_caller]
    pub fn refresh<T: Model>(&mut self, handle: Handle<T>) -> Refresh<'_, T> {
        Refresh { tx: self, handle, discard: false, lock: None, at: Location::caller() }
    }
}

/// There is no `skip_locked`, since there would be nothing to return instead of the row.
impl<T: Model> Refresh<'_, T> {
    locks!("refresh(ann)");

    /// Discards unflushed changes.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// let ann = s.get::<User>(1).await?;
    /// s[ann].name = "Nobody".into();
    /// s.refresh(ann).discard_changes().await?;
    /// assert_eq!(s[ann].name, "Ann");
    /// # Ok(()) }) }
    /// ```
    pub fn discard_changes(mut self) -> Self {
        self.discard = true;
        self
    }

    async fn run(self) -> Result<()> {
        let Refresh { tx, handle, discard, lock, at } = self;
        let unit = tx.unit();
        unit.stored(handle)?;
        let (shelf, slot) = (&unit.shelves[handle.row.shelf as usize], handle.row.slot);
        if !discard && shelf.is_to_change(slot) {
            let instead = ", or discard them with `refresh(..).discard_changes()`";
            return Err(not_flushed(shelf.table.model, instead));
        }
        let key = shelf.key(slot);
        // Without a lock, a locked row might be read in an older state.
        let is_locked = unit.is_locked(handle.row);
        let share = || Lock { strength: Some(Strength::Share), ..Lock::default() };
        let lock = lock.or_else(|| is_locked.then(share));
        let is_locked = lock.is_some();
        match read_one::<T>(tx, key, TRACKED, lock, at).await? {
            Some(row) => {
                tx.unit_mut().replace(handle, row, is_locked);
                Ok(())
            }
            None => {
                let message = format!("the row of `{}` no longer exists in the database", T::table().model);
                Err(Error::new(ErrorKind::NotFound, message))
            }
        }
    }
}

impl<'a, T: Model> IntoFuture for Refresh<'a, T> {
    type Output = Result<()>;
    type IntoFuture = Pending<'a, ()>;

    fn into_future(self) -> Pending<'a, ()> {
        Pending::new(self.run())
    }
}

impl Unit {
    fn replace<T: Model>(&mut self, handle: Handle<T>, row: T, is_locked: bool) {
        let (epoch, slot) = (self.epoch, handle.row.slot);
        let at = handle.row.shelf as usize;
        let shelf = &mut self.shelves[at];
        if shelf.rows.meta(slot).written {
            self.journal.push(Undo::new(at, slot, Done::Reread(shelf.stored_row(slot))));
        }
        shelf.expel(slot);
        if let Some(store) = shelf.store_mut::<T>() {
            store.renew(slot, row);
        }
        let meta = shelf.rows.meta_mut(slot);
        meta.stored = None;
        (meta.seen, meta.locked) = (epoch, is_locked);
        shelf.admit(slot);
        shelf.links.take(slot);
    }
}
