//! Ends of a transaction where it has another one: they are there for the compiler to say which.

use super::{Pending, Transaction};

/// Never true: who begins a transaction ends it.
#[diagnostic::on_unimplemented(
    message = "this transaction is ended by what has begun it",
    label = "neither committed nor rolled back in here",
    note = "a closure commits by returning `Ok(..)` and rolls back by returning an error; a `Session` has `commit` and `rollback`"
)]
pub trait Ended {
    #[doc(hidden)]
    fn end<'a>(&'a mut self) -> Pending<'a, ()>;
}

/// Ends that only a session has: a closure ends its transaction by what it returns.
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
// The binders keep the compiler from asking before somebody calls one.
impl Transaction {
    /// Not here: a closure commits by returning `Ok`; see [`Session::commit`](super::Session::commit).
    pub fn commit(&mut self) -> Pending<'_, ()>
    where
        for<'a> Self: Ended,
    {
        self.end()
    }

    /// Not here: a closure rolls back by returning an error; see [`Session::rollback`](super::Session::rollback).
    pub fn rollback(&mut self) -> Pending<'_, ()>
    where
        for<'a> Self: Ended,
    {
        self.end()
    }
}
