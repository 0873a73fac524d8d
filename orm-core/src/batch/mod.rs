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

/// Prepares statements to run one after the other, in one round trip where the protocol allows it.
///
/// It takes a tuple of up to eight queries or raw SQL statements. Each has a result of its own. After one fails, the rest
/// is not run: kind `NotRun`. On `&db`, each statement is committed on its own; in a transaction, they are part of it.
///
/// MySQL and MariaDB accept several statements only as text. A statement joins the others if all its values are numbers,
/// which are written into it. Texts and all other values are never written into a statement, so a statement with such
/// values takes a round trip of its own, and so does raw SQL with any value, comment or semicolon. SQLite has no round trips.
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

/// Statements to run one after the other: see [`batch`](fn@batch). `R` is the type of their results.
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
    /// Runs the statements and returns the result of each.
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
    /// Only if no connection is available.
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
    message = "`{Self}` is not a tuple of statements",
    label = "expected queries and `sql!` statements in a tuple",
    note = "a batch takes two to eight statements, without terminal methods: `batch((User::query(), sql!(\"..\")))`"
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
