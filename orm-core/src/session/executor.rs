//! The `Executor` trait: where a terminal runs its statement.

use std::fmt;
use std::panic::Location;

use super::lease::Lease;
use super::{Savepoint, Session, Transaction, Whole};
use crate::database::Database;
use crate::driver::BoxFuture;
use crate::error::{Error, ErrorKind, Result};
use crate::raw::RawConnection;
use crate::unit::autoflush;

/// Anything that can run a statement: `&db` (on a connection of its own, committed at once), `&mut session`, `&mut tx`,
/// a savepoint, or `&mut on` for an executor that was passed in.
///
/// A helper that works with any of them takes `impl Executor<'_>`:
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// async fn drafts(on: impl Executor<'_>) -> orm::Result<i64> {
///     Post::query().filter(|p| p.published.is_false()).count(on).await
/// }
/// assert_eq!(drafts(db).await?, 1);
/// assert_eq!(drafts(&mut db.session()).await?, 1);
/// # Ok(()) }) }
/// ```
///
/// This trait is sealed: it cannot be implemented outside this crate.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot run a statement",
    label = "expected a database, a session or a transaction",
    note = "pass `&db`, `&mut session` or `&mut tx`",
    note = "for an `impl Executor`, pass `&mut on` after `let mut on = executor.on();`"
)]
pub trait Executor<'a>: sealed::Sealed + Sized {
    /// Converts the executor into an [`On`]; to run several statements on it, pass `&mut on` to each.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// async fn counts(on: impl Executor<'_>) -> orm::Result<(i64, i64)> {
    ///     let mut on = on.on();
    ///     Ok((User::query().count(&mut on).await?, Post::query().count(&mut on).await?))
    /// }
    /// assert_eq!(counts(db).await?, (2, 2));
    /// # Ok(()) }) }
    /// ```
    fn on(self) -> On<'a>;
}

mod sealed {
    /// Seals [`Executor`](super::Executor).
    #[diagnostic::on_unimplemented(
        message = "`{Self}` cannot run a statement",
        label = "expected a database, a session or a transaction",
        note = "pass `&db`, `&mut session` or `&mut tx`",
        note = "for an `impl Executor`, pass `&mut on` after `let mut on = executor.on();`"
    )]
    pub trait Sealed {}
}

/// A place where statements run, made by [`Executor::on`].
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// async fn publish(on: impl Executor<'_>, id: u64) -> orm::Result<Post> {
///     let mut on = on.on(); // one place for several statements
///     Post::update_by(id).set(|p| p.published.to(true)).execute(&mut on).await?;
///     Post::find(id).one(&mut on).await
/// }
/// assert!(publish(db, 2).await?.published);
/// # Ok(()) }) }
/// ```
pub struct On<'a>(Target<'a>);

enum Target<'a> {
    Pool(&'a Database),
    InHand(&'a mut (dyn InHand + 'a)),
    Open {
        transaction: &'a mut Transaction,
        /// The database that all statements go to, overriding the `bind` of their models.
        fixed: Option<usize>,
    },
}

/// A connection that is already held.
pub(crate) trait InHand: Send {
    /// Lends the connection to one terminal.
    fn lend(&mut self) -> BoxFuture<'_, Result<Lease<'_>>>;
}

impl fmt::Debug for On<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("On").finish_non_exhaustive()
    }
}

impl<'a> On<'a> {
    /// A single database of a transaction.
    pub(super) fn fixed(transaction: &'a mut Transaction, member: usize) -> Self {
        On(Target::Open { transaction, fixed: Some(member) })
    }

    /// Groups statements to be kept or undone as a whole: in a transaction of their own, or in a savepoint of the open
    /// one.
    pub(crate) async fn whole(
        self,
        bind: Option<&'static str>,
        at: &'static Location<'static>,
    ) -> Result<Whole<'a>> {
        match self.0 {
            Target::Open { transaction, fixed } => {
                Ok(Whole::Part { savepoint: transaction.begin_part(at).await?, fixed, bind })
            }
            other => {
                let mut lease = On(other).lease(bind, at).await?;
                if lease.begin_if_many(usize::MAX).await? {
                    Ok(Whole::Own(lease))
                } else {
                    Err(begun_by_hand())
                }
            }
        }
    }

    /// Leases a connection for statements on tables of `bind`: one from the pool, or the transaction's, after flushing what
    /// is pending.
    pub(crate) async fn lease(
        self,
        bind: Option<&'static str>,
        at: &'static Location<'static>,
    ) -> Result<Lease<'a>> {
        match self.0 {
            Target::Pool(database) => Lease::pooled(database, bind).await,
            Target::InHand(connection) => connection.lend().await,
            Target::Open { transaction, fixed } => {
                autoflush(transaction, at).await?;
                Ok(Lease::open(transaction, fixed, bind).await?.by_program())
            }
        }
    }
}

#[cold]
fn begun_by_hand() -> Error {
    let message = "this needs a transaction of its own, so that all of its statements are kept or none, but raw SQL has begun \
                   one on this connection: run it in a session";
    Error::new(ErrorKind::InvalidQuery, message)
}

macro_rules! executors {
    ($($(#[$doc:meta])* [$($lifetime:lifetime),*] $ty:ty: |$from:ident| $to:expr;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($lifetime),*> sealed::Sealed for $ty {}
        $(#[$doc])*
        #[diagnostic::do_not_recommend]
        impl<$($lifetime),*> Executor<'a> for $ty {
            fn on(self) -> On<'a> {
                let $from = self;
                On($to)
            }
        }
    )* };
}
executors! {
    ['a] &'a Database: |database| Target::Pool(database);
    ['a] &'a mut Transaction: |transaction| Target::Open { transaction, fixed: None };
    ['a] &'a mut Session: |session| Target::Open { transaction: session, fixed: None };
    ['a, 'b] &'a mut Savepoint<'b>: |savepoint| Target::Open { transaction: savepoint, fixed: None };
    /// Lets `&mut tx` work whether `tx` is a transaction or a `&mut` to one.
    ['a, 'b] &'a mut &'b mut Transaction: |transaction| Target::Open { transaction, fixed: None };
    /// Lets `&mut s` work whether `s` is a session or a `&mut` to one.
    ['a, 'b] &'a mut &'b mut Session: |session| Target::Open { transaction: session, fixed: None };
    ['a, 'b] &'a mut RawConnection<'b>: |connection| Target::InHand(connection);
    ['a] On<'a>: |on| on.0;
    ['a, 'b] &'a mut On<'b>: |on| match &mut on.0 {
        Target::Pool(database) => Target::Pool(database),
        Target::InHand(connection) => Target::InHand(&mut **connection),
        Target::Open { transaction, fixed } => Target::Open { transaction, fixed: *fixed },
    };
}
