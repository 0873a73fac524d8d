//! What runs in a transaction.

use super::{Transaction, Unrun};
use crate::error::Result;

/// What a transaction runs: an async closure, or an async function, that is given the transaction and returns a `Result`. A
/// function that passes one on takes `impl AsyncFnOnce(&mut Transaction) -> Result<T, E>`, which is all that this trait says.
/// `K` is found by the compiler.
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
    message = "a transaction runs an async closure, which is given it and returns a `Result`",
    label = "expected `async |mut tx| {{ ..; Ok(()) }}`",
    note = "the closure itself is async, and is given a `&mut Transaction`: a block in a closure, `|tx| async move {{ .. }}`, cannot borrow that; `async move |mut tx| ..` takes what it captures along",
    note = "an error of your own needs `try_run` or `try_savepoint`"
)]
pub trait Work<T, E, K>: AsyncFnOnce(&mut Transaction) -> Result<T, E> {}

#[diagnostic::do_not_recommend]
impl<F: AsyncFnOnce(&mut Transaction) -> Result<T, E>, T, E> Work<T, E, Closure> for F {}

/// Never true, and never what is meant: where there is one implementation only, the compiler takes it for a closure that lives
/// too short for it, and says so later, in its own words, five times.
#[diagnostic::do_not_recommend]
impl<F: AsyncFnOnce(&mut Transaction) -> Result<T, E> + Never, T, E> Work<T, E, Unrun> for F {}

/// In the type of what runs in a transaction.
#[derive(Debug)]
pub enum Closure {}

/// Of nothing.
#[doc(hidden)]
pub trait Never {}
