//! The closures that transactions run.

use super::{Transaction, Unrun};
use crate::error::Result;

/// What a transaction runs: an async closure or async function that takes the transaction and returns a `Result`. A function
/// that passes one on takes `impl AsyncFnOnce(&mut Transaction) -> Result<T, E>`, which is all that this trait requires. The
/// compiler infers `K`.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// async fn logged<T>(db: &Database, work: impl AsyncFnOnce(&mut Transaction) -> orm::Result<T>) -> orm::Result<T> {
///     let result = db.transaction().run(work).await;
///     println!("{}", if result.is_ok() { "committed" } else { "rolled back" });
///     result
/// }
/// assert_eq!(logged(db, async |mut tx| User::query().count(&mut tx).await).await?, 2);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "a transaction runs an async closure that takes the transaction and returns a `Result`",
    label = "expected `async |mut tx| {{ ..; Ok(()) }}`",
    note = "the closure itself must be async: the block in `|tx| async move {{ .. }}` cannot borrow the transaction; to move captured values into it, write `async move |mut tx| ..`",
    note = "for an error type of your own, use `try_run` or `try_savepoint`"
)]
pub trait Work<T, E, K>: AsyncFnOnce(&mut Transaction) -> Result<T, E> {}

#[diagnostic::do_not_recommend]
impl<F: AsyncFnOnce(&mut Transaction) -> Result<T, E>, T, E> Work<T, E, Closure> for F {}

/// Never applies. With a single implementation, the compiler would select it early, and report later, in five errors of its
/// own, that the closure is not general enough.
#[diagnostic::do_not_recommend]
impl<F: AsyncFnOnce(&mut Transaction) -> Result<T, E> + Never, T, E> Work<T, E, Unrun> for F {}

/// Marks the implementation for closures.
#[derive(Debug)]
pub enum Closure {}

/// Implemented by nothing.
#[doc(hidden)]
pub trait Never {}
