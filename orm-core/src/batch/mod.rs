//! Several statements in one round trip.

mod entry;
mod send;

use std::fmt;
use std::panic::Location;

use entry::Slot;
pub use entry::{InBatch, TypedSql};

use crate::driver::BoxFuture;
use crate::error::Result;
use crate::session::{Executor, On, Pending};

/// Statements to run one after the other, in one round trip where the protocol allows.
///
/// It takes queries and SQL by hand, as a tuple of up to eight. Each has a result of its own, and what follows one that
/// failed is not run: kind `NotRun`. On `&db`, each is committed by itself; in a transaction, they are a part of it.
///
/// MySQL and MariaDB take several statements only as text. A statement goes with the others if its values are numbers,
/// which are written into it; texts and all other values are never written into a statement, so that one that has such
/// values has a round trip of its own. So has SQL by hand with any value, comment or semicolon. SQLite has no round trips.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let (adults, posts, renamed) = orm::batch((
///     User::query().filter(|u| u.age.ge(18)),
///     sql!("SELECT author_id, count(*) FROM {@Post} GROUP BY author_id").typed::<(u64, i64)>(),
///     sql!("UPDATE {@User} SET name = 'Bo' WHERE name = 'Bob'"),
/// ))
/// .run(db)
/// .await?;
/// assert_eq!(adults?[0].name, "Ann");
/// assert_eq!((posts?, renamed?), (vec![(1, 2)], 1));
/// # Ok(()) }) }
/// ```
pub fn batch<R>(statements: impl Statements<R>) -> Batch<R> {
    Batch(Box::new(move |on, at| statements.run(on, at)))
}

/// Statements to run one after the other: see [`batch`](fn@batch). `R` are their results.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let batch = orm::batch((User::query(), Post::query()));
/// let (users, posts) = batch.run(db).await?;
/// assert_eq!((users?.len(), posts?.len()), (2, 2));
/// # Ok(()) }) }
/// ```
#[must_use = "a batch does nothing until `.run(&db)` runs it"]
pub struct Batch<R>(Run<R>);

type Run<R> = Box<dyn for<'a> FnOnce(On<'a>, &'static Location<'static>) -> BoxFuture<'a, Result<R>> + Send>;

impl<R> fmt::Debug for Batch<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch").finish_non_exhaustive()
    }
}

impl<R: Send + 'static> Batch<R> {
    /// Runs the statements; gives the result of each.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let (wrong, users) = orm::batch((sql!("DELETE FROM no_such_table"), User::query())).run(db).await?;
    /// assert!(wrong.unwrap_err().is_no_such_table());
    /// assert!(users.unwrap_err().is_not_run());
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// Only if no connection can be had.
    #[track_caller]
    pub fn run<'a>(self, on: impl Executor<'a>) -> Pending<'a, R> {
        Pending::new((self.0)(on.on(), Location::caller()))
    }
}

/// A tuple of statements for a [`batch`](fn@batch), with a `Result` for each in `R`.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let (users, posts) = orm::batch((User::query(), Post::query())).run(db).await?;
/// assert_eq!((users?.len(), posts?.len()), (2, 2));
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no tuple of statements",
    label = "expected queries and `sql!` statements in a tuple",
    note = "a batch takes two to eight of them, without their terminals: `batch((User::query(), sql!(\"..\")))`"
)]
pub trait Statements<R>: Send + Sized + 'static {
    #[doc(hidden)]
    fn run<'a>(self, on: On<'a>, at: &'static Location<'static>) -> BoxFuture<'a, Result<R>>;
}

macro_rules! tuples {
    ($($($name:ident)*;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($name: InBatch),*> Statements<($(Result<$name::Output>,)*)> for ($($name,)*) {
            #[allow(non_snake_case, reason = "the names are those of the types")]
            fn run<'a>(
                self,
                on: On<'a>,
                at: &'static Location<'static>,
            ) -> BoxFuture<'a, Result<($(Result<$name::Output>,)*)>> {
                Box::pin(async move {
                    let ($($name,)*) = self;
                    $(let mut $name = $name.entry();)*
                    let slots: &mut [&mut dyn Slot] = &mut [$(&mut $name),*];
                    send::all(slots, on, at).await?;
                    Ok(($($name.finish(),)*))
                })
            }
        }
    )* };
}
tuples! {
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
}
