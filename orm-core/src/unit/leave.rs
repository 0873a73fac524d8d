//! Removing rows from a session.

use super::pending::missing;
use super::rows::{Gone, Meta, Stage};
use super::{Handle, RowRef, Tracked, Unit};
use crate::error::Result;
use crate::model::Model;
use crate::session::Transaction;

impl Transaction {
    /// Removes a row from the session and returns it as a value; its changes are not flushed.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// let ann = s.get::<User>(1).await?;
    /// let ann: User = s.take(ann)?;
    /// assert_eq!(ann.name, "Ann");
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// The same as those of [`try_ref`](Self::try_ref).
    pub fn take<T: Model>(&mut self, handle: Handle<T>) -> Result<T> {
        let unit = self.unit_mut();
        unit.stored(handle)?;
        unit.leave(handle.row);
        let store = unit.shelves[handle.row.shelf as usize].store_mut::<T>();
        store.and_then(|store| store.take(handle.row.slot, Gone::Taken)).ok_or_else(super::pending::foreign)
    }

    /// Stops tracking a row: its changes are not flushed, and a new row is not inserted.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// let ann = s.get::<User>(1).await?;
    /// s[ann].name = "Nobody".into();
    /// s.forget(ann)?;
    /// s.commit().await?;
    /// assert_eq!(User::find(1).one(db).await?.name, "Ann");
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// Kind `NotTracked` if the row belongs to another session, or was deleted, forgotten or rolled back.
    pub fn forget<R: Tracked>(&mut self, row: R) -> Result<()> {
        let (unit, row) = (self.unit_mut(), row.row().0);
        match unit.stage_of(row)? {
            Stage::New | Stage::Stored | Stage::Doomed => {
                unit.leave(row);
                unit.shelves[row.shelf as usize].rows.drop_row(row.slot, Gone::Forgotten);
                Ok(())
            }
            stage => Err(missing(stage, R::Model::table().model)),
        }
    }

    /// Discards unflushed changes: new rows are forgotten, changed rows are as they are in the database, and rows to be
    /// deleted stay.
    ///
    /// After a rollback, everything that the transaction did is pending again: this gives it up for good.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// let ann = s.get::<User>(1).await?;
    /// s[ann].name = "Nobody".into();
    /// s.discard_changes();
    /// assert_eq!(s[ann].name, "Ann");
    /// assert!(s.changes().is_empty());
    /// # Ok(()) }) }
    /// ```
    pub fn discard_changes(&mut self) {
        self.unit_mut().discard();
    }

    /// Stops tracking all rows: handles become invalid, and nothing is flushed. What was flushed before remains part of
    /// the transaction.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// let ann = s.get::<User>(1).await?;
    /// s.clear();
    /// assert!(s.try_ref(ann).unwrap_err().is_not_tracked());
    /// # Ok(()) }) }
    /// ```
    pub fn clear(&mut self) {
        self.unit_mut().clear();
        self.forget_marks();
    }
}

impl Unit {
    /// Removes a row from the lookup by key, before it leaves.
    fn leave(&mut self, row: RowRef) {
        self.keep_key(row);
        let shelf = &mut self.shelves[row.shelf as usize];
        if shelf.rows.stage(row.slot) != Stage::New {
            shelf.expel(row.slot);
        }
        *shelf.rows.meta_mut(row.slot) = Meta::default();
    }
}
