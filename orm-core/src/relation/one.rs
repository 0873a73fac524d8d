//! To-one relations.

use std::cell::OnceCell;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::Arc;

use super::gather::InRow;
use super::only::{step, target_of};
use super::{Gather, Load, Plan, Reader, Relation};
use crate::mode::Mode;
use crate::model::Model;
use crate::schema::Link;
use crate::syntax::{Item, On, Path, Source};

/// A to-one relation: can be joined, loaded, or used to access columns, as in `p.author().name`, which implies the
/// join.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let by_ann = Post::query().filter(|p| p.author().name.eq("Ann")).count(db).await?;
/// let with_authors: Vec<(Post, User)> = Post::query().with(|p| p.author()).all(db).await?;
/// assert_eq!((by_ann, with_authors.len()), (2, 2));
/// # Ok(()) }) }
/// ```
pub struct One<T: Model, N: Mode> {
    source: Source,
    link: Link,
    /// Built when first used: a join does not need them.
    fields: OnceCell<T::Fields<N::Related>>,
}

impl<T: Model, N: Mode> One<T, N> {
    /// The row that `link` leads to from `source`.
    #[doc(hidden)]
    #[must_use]
    pub fn new(source: Source, link: Link) -> Self {
        One { source, link, fields: OnceCell::new() }
    }

    /// The link of the relation, so that it can be followed from the other end.
    #[doc(hidden)]
    #[must_use]
    pub fn link(&self) -> Link {
        self.link
    }

    pub(crate) fn target(&self) -> Source {
        self.source.related(self.link)
    }
}

impl<T: Model, N: Mode> Clone for One<T, N> {
    fn clone(&self) -> Self {
        One::new(self.source, self.link)
    }
}

impl<T: Model, N: Mode> fmt::Debug for One<T, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("One").field("relation", &self.link.key.name).finish_non_exhaustive()
    }
}

impl<T: Model, N: Mode> Deref for One<T, N> {
    type Target = T::Fields<N::Related>;

    fn deref(&self) -> &Self::Target {
        self.fields.get_or_init(|| T::fields(self.target()))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Model, N: Mode> Relation for One<T, N> {
    type Target = T;

    fn on(self) -> On {
        On::Link(self.source, self.link)
    }
}

/// Loaded by a join, in the statement of the row itself.
#[diagnostic::do_not_recommend]
impl<T: Model, N: Mode> Load for One<T, N> {
    type Output = N::Of<T>;

    fn plan(self, _: Source) -> Arc<dyn Plan<N::Of<T>>> {
        Arc::new(Joined::<T, N> { to: self.target().path, _type: PhantomData })
    }

    fn plan_at_hand(self, row: Source) -> Arc<dyn Plan<N::Of<T>>> {
        match step(self.target().path) {
            Some(link) => target_of::<T, N, T>(link, Reader::Rows(T::read).into_plan::<T>()),
            None => self.plan(row),
        }
    }
}

/// The joined row of a to-one relation.
struct Joined<T, N> {
    to: Path,
    _type: PhantomData<fn() -> (T, N)>,
}

impl<T: Model, N: Mode> Plan<N::Of<T>> for Joined<T, N> {
    fn items(&self, source: Source, items: &mut Vec<Item>) {
        items.push(Item::Row(source.follow(self.to), T::table()));
    }

    fn gather(&self) -> Box<dyn Gather<N::Of<T>>> {
        Box::new(InRow::new(N::read_row::<T>))
    }
}
