//! `commit` and `rollback` on transactions that are ended by a closure: they exist only for their compiler errors.

use super::{Pending, Transaction};

/// Never implemented: a transaction is ended by what began it.
#[diagnostic::on_unimplemented(
    message = "this transaction cannot be committed or rolled back here",
    label = "ended by whatever began it",
    note = "a closure commits by returning `Ok(..)` and rolls back by returning an error; a `Session` has `commit` and `rollback`"
)]
pub trait Ended {
    #[doc(hidden)]
    fn end<'a>(&'a mut self) -> Pending<'a, ()>;
}

/// Methods that only a session has: a closure transaction ends by what the closure returns.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let nothing = db.transaction().run(async |mut tx| {
///     Post::delete().all_rows().execute(&mut tx).await?;
///     Err::<(), _>(orm::Error::new(ErrorKind::CheckViolation, "not today")) // rolls back; `Ok(..)` would commit
/// });
/// assert!(nothing.await.is_err());
/// assert_eq!(Post::query().count(db).await?, 2);
/// # Ok(()) }) }
/// ```
// The `for<'a>` binders delay the check of the bound until a method is called.
impl Transaction {
    /// Not available here: a closure commits by returning `Ok`; see [`Session::commit`](super::Session::commit).
    pub fn commit(&mut self) -> Pending<'_, ()>
    where
        for<'a> Self: Ended,
    {
        self.end()
    }

    /// Not available here: a closure rolls back by returning an error; see [`Session::rollback`](super::Session::rollback).
    pub fn rollback(&mut self) -> Pending<'_, ()>
    where
        for<'a> Self: Ended,
    {
        self.end()
    }
}
