//! Handles of the rows of a session.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use crate::model::Model;
use crate::relation::Refers;
use crate::syntax::{HeldKey, Node};

/// The location of a row: its unit of work, shelf and slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct RowRef {
    pub(super) unit: u64,
    pub(super) shelf: u32,
    pub(super) slot: u32,
}

/// A handle of a row that a session tracks: `s[handle]` is the row itself.
///
/// It is `Copy` and borrows nothing. It belongs to the session that returned it; any other refuses it.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let mut s = db.session();
/// let ann: orm::Handle<User> = s.get::<User>(1).await?;
/// s[ann].name = "Ann Smith".into();
/// s.commit().await?;
/// assert_eq!(User::find(1).one(db).await?.name, "Ann Smith");
/// # Ok(()) }) }
/// ```
pub struct Handle<T> {
    pub(super) row: RowRef,
    _model: PhantomData<fn() -> T>,
}

/// A handle of a row that was added to a session. The row may have no key yet, so it cannot be read; but it can be referenced,
/// in the builder of another row or by [`link`](crate::Transaction::link). After a flush,
/// [`saved`](crate::Transaction::saved) returns its [`Handle`].
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let mut s = db.session();
/// let cid: orm::New<User> = s.add(User::insert().email("cid@example.org").name("Cid"));
/// let post = s.add(Post::insert().author(cid).title("Mine"));
/// s.commit().await?;
/// let (cid, post) = (s.saved(cid)?, s.saved(post)?);
/// assert_eq!(s[post].author_id, s[cid].id);
/// # Ok(()) }) }
/// ```
pub struct New<T> {
    pub(super) row: RowRef,
    _model: PhantomData<fn() -> T>,
}

macro_rules! references {
    ($($name:ident)*) => { $(
        impl<T> $name<T> {
            pub(super) fn of(row: RowRef) -> Self {
                $name { row, _model: PhantomData }
            }
        }

        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T> Copy for $name<T> {}

        impl<T> PartialEq for $name<T> {
            fn eq(&self, other: &Self) -> bool {
                self.row == other.row
            }
        }

        impl<T> Eq for $name<T> {}

        impl<T> Hash for $name<T> {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.row.hash(state);
            }
        }

        impl<T> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let model = std::any::type_name::<T>();
                let model = model.rsplit("::").next().unwrap_or(model);
                write!(f, concat!(stringify!($name), "<{}>({})"), model, self.row.slot)
            }
        }

        #[diagnostic::do_not_recommend]
        impl<T: Model> sealed::Sealed for $name<T> {}

        #[diagnostic::do_not_recommend]
        impl<T: Model> Tracked for $name<T> {
            type Model = T;

            fn row(self) -> Reference {
                Reference(self.row)
            }
        }

        #[diagnostic::do_not_recommend]
        impl<T: Model> Refers<T> for $name<T> {
            fn push_key(self, columns: &'static [u16], nodes: &mut Vec<Node>) {
                nodes.extend(self.row.held(columns));
            }
        }
    )* };
}
references!(Handle New);

impl RowRef {
    /// Nodes that stand for the row's values in these columns; the session replaces them when the values are known.
    pub(super) fn held(self, columns: &'static [u16]) -> impl Iterator<Item = Node> {
        columns.iter().map(move |&column| Node::Held(HeldKey { row: self, column }))
    }
}

/// A row of a session: a [`Handle`] or a [`New`].
///
/// This trait is sealed: it cannot be implemented outside this crate.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let mut s = db.session();
/// let bob = s.get::<User>(2).await?;
/// let cid = s.add(User::insert().email("cid@example.org").name("Cid"));
/// s.delete(bob)?; // a `Handle`
/// s.delete(cid)?; // a `New`, which is then not inserted
/// s.commit().await?;
/// assert_eq!(User::query().count(db).await?, 1);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a row of a session",
    label = "expected a `Handle` or a `New`",
    note = "`get`, `track` and `add` return rows of a session"
)]
pub trait Tracked: sealed::Sealed + Copy {
    /// The model of the row.
    type Model: Model;

    #[doc(hidden)]
    fn row(self) -> Reference;
}

/// The location of a row, for the methods of [`Tracked`].
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Reference(pub(super) RowRef);

mod sealed {
    /// Seals [`Tracked`](super::Tracked).
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is not a row of a session",
        label = "expected a `Handle` or a `New`",
        note = "`get`, `track` and `add` return rows of a session"
    )]
    pub trait Sealed {}
}
