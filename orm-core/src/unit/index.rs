//! Access to rows by handle: `s[handle]`.

use std::ops::{Index, IndexMut};

use super::pending::{foreign, missing};
use super::rows::Stage;
use super::store::State;
use super::{Handle, Unit};
use crate::error::{Error, ErrorKind, Result};
use crate::model::Model;
use crate::session::Transaction;

impl Unit {
    fn entity<T: Model>(&self, handle: Handle<T>) -> Result<&T> {
        if handle.row.unit != self.number {
            return Err(foreign());
        }
        let store = self.shelves[handle.row.shelf as usize].store::<T>();
        match store.map(|store| &store.slot(handle.row.slot).state) {
            Some(State::Stored(row)) => Ok(row),
            _ => Err(self.refuse(handle)),
        }
    }

    /// Borrows the row mutably, keeping a copy of what is in the database.
    fn entity_mut<T: Model>(&mut self, handle: Handle<T>) -> Result<&mut T> {
        self.stored(handle)?;
        self.lend(handle);
        let store = self.shelves[handle.row.shelf as usize].store_mut::<T>();
        match store.map(|store| &mut store.slot_mut(handle.row.slot).state) {
            Some(State::Stored(row)) => Ok(row),
            _ => Err(foreign()),
        }
    }

    fn lend<T: Model>(&mut self, handle: Handle<T>) {
        self.shelves[handle.row.shelf as usize].touch(handle.row.slot);
        self.pending = true;
    }

    /// Checks that the handle's row can be read and changed.
    pub(super) fn stored<T: Model>(&self, handle: Handle<T>) -> Result<()> {
        match self.stage_of(handle.row)? {
            Stage::Stored => Ok(()),
            stage => Err(missing(stage, T::table().model)),
        }
    }

    #[cold]
    fn refuse<T: Model>(&self, handle: Handle<T>) -> Error {
        self.stored(handle).err().unwrap_or_else(foreign)
    }
}

impl Transaction {
    /// Returns a reference to the row of a handle.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// let ann = s.get::<User>(1).await?;
    /// assert_eq!(s.try_ref(ann)?.name, "Ann");
    /// s.delete(ann)?;
    /// assert!(s.try_ref(ann).unwrap_err().is_not_tracked());
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// Kind `NotTracked` if the row belongs to another session, or was deleted, forgotten or rolled back.
    pub fn try_ref<T: Model>(&self, handle: Handle<T>) -> Result<&T> {
        self.unit().entity(handle)
    }

    /// Returns a mutable reference to the row of a handle: the next flush sends the columns that differ then.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// let ann = s.get::<User>(1).await?;
    /// s.try_mut(ann)?.age = Some(42);
    /// s.commit().await?;
    /// assert_eq!(User::find(1).one(db).await?.age, Some(42));
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// The same as those of [`try_ref`](Self::try_ref).
    pub fn try_mut<T: Model>(&mut self, handle: Handle<T>) -> Result<&mut T> {
        self.unit_mut().entity_mut(handle)
    }

    /// Returns mutable references to several rows at once.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// let (ann, bob) = (s.get::<User>(1).await?, s.get::<User>(2).await?);
    /// let [a, b] = s.disjoint_mut([ann, bob])?;
    /// std::mem::swap(&mut a.name, &mut b.name);
    /// s.commit().await?;
    /// assert_eq!(User::find(1).one(db).await?.name, "Bob");
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// The same as those of [`try_ref`](Self::try_ref); kind `InvalidQuery` if a row occurs twice.
    pub fn disjoint_mut<T: Model, const N: usize>(&mut self, handles: [Handle<T>; N]) -> Result<[&mut T; N]> {
        let unit = self.unit_mut();
        handles.iter().try_for_each(|&handle| unit.stored(handle))?;
        handles.iter().for_each(|&handle| unit.lend(handle));
        let slots = handles.map(|handle| handle.row.slot as usize);
        let shelf = unit.find_shelf::<T>().ok_or_else(foreign)?;
        let store = unit.shelves[shelf].store_mut::<T>().ok_or_else(foreign)?;
        let twice = || {
            Error::new(
                ErrorKind::InvalidQuery,
                "the same row is given twice, but can be borrowed mutably only once",
            )
        };
        let mut rows = store.slots_mut().get_disjoint_mut(slots).map_err(|_| twice())?.into_iter();
        let rows = std::array::from_fn(|_| match rows.next().map(|slot| &mut slot.state) {
            Some(State::Stored(row)) => Some(row),
            _ => None,
        });
        all(rows).ok_or_else(foreign)
    }
}

/// Returns all of them, or `None` if one is missing.
fn all<T, const N: usize>(options: [Option<T>; N]) -> Option<[T; N]> {
    let found: Vec<T> = options.into_iter().flatten().collect();
    found.try_into().ok()
}

/// The row of a handle.
///
/// # Panics
/// If the row belongs to another session, or was deleted, forgotten or rolled back, like a slice whose index is out of
/// bounds. [`try_ref`](Transaction::try_ref) returns an error instead.
impl<T: Model> Index<Handle<T>> for Transaction {
    type Output = T;

    #[track_caller]
    fn index(&self, handle: Handle<T>) -> &T {
        match self.try_ref(handle) {
            Ok(row) => row,
            Err(error) => refused(&error),
        }
    }
}

/// The row of a handle, mutably: the next flush sends the columns that differ then.
///
/// # Panics
/// As for reading; [`try_mut`](Transaction::try_mut) returns an error instead.
impl<T: Model> IndexMut<Handle<T>> for Transaction {
    #[track_caller]
    fn index_mut(&mut self, handle: Handle<T>) -> &mut T {
        match self.try_mut(handle) {
            Ok(row) => row,
            Err(error) => refused(&error),
        }
    }
}

#[cold]
#[track_caller]
#[allow(clippy::panic, reason = "the one documented panic: indexing, as with slices")]
fn refused(error: &Error) -> ! {
    panic!("{error}")
}
