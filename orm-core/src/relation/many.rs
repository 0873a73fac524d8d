//! To-many relations.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::{Direct, Load, Part, Plan, Relation, Way, With};
use crate::expression::{IntoCondition, Orders};
use crate::mode::Required;
use crate::model::Model;
use crate::syntax::{On, Source};

/// A to-many relation, as declared: can be joined, loaded, aggregated, and used in conditions.
///
/// `filter` and `order_by` turn it into a [`Part`], which can be loaded and aggregated, but not joined. `H` is the kind of
/// the relation: [`Direct`], or [`Through`](super::Through) a join model.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let pairs: Vec<(User, Post)> = User::query().join(|u| u.posts()).all(db).await?;
/// let feed: Vec<(User, Vec<Post>)> = User::query().with(|u| u.posts()).all(db).await?;
/// assert_eq!((pairs.len(), feed.len()), (2, 2));
/// # Ok(()) }) }
/// ```
pub struct Many<T: Model, H = Direct> {
    pub(super) source: Source,
    pub(super) way: Way,
    _type: PhantomData<fn() -> (T, H)>,
}

impl<T: Model, H> Many<T, H> {
    /// The rows reached from `source`.
    #[doc(hidden)]
    #[must_use]
    pub fn new(source: Source, way: Way) -> Self {
        Many { source, way, _type: PhantomData }
    }

    pub(crate) fn way(&self) -> Way {
        self.way
    }

    /// The whole relation as a part.
    pub(crate) fn part(self) -> Part<T> {
        Part::new(self.source, self.way)
    }

    /// Loads only the rows that meet a condition.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let (ann, drafts) = User::find(1).with(|u| u.posts().filter(|p| p.published.is_false())).one(db).await?;
    /// assert_eq!((ann.name.as_str(), drafts.len()), ("Ann", 1));
    /// # Ok(()) }) }
    /// ```
    pub fn filter<C: IntoCondition>(self, condition: impl FnOnce(T::Fields<Required>) -> C) -> Part<T> {
        self.part().filter(condition)
    }

    /// Loads the rows in an order.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let (_, posts) = User::find(1).with(|u| u.posts().order_by(|p| p.title.asc())).one(db).await?;
    /// assert_eq!(posts[0].title, "Draft");
    /// # Ok(()) }) }
    /// ```
    pub fn order_by<R: Orders>(self, order: impl FnOnce(T::Fields<Required>) -> R) -> Part<T> {
        self.part().order_by(order)
    }

    /// Limits how many rows are loaded per parent row: the first ones in the order set.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let newest = User::query().with(|u| u.posts().order_by(|p| p.id.desc()).limit(1)).order_by(|u| u.id.asc());
    /// let counts: Vec<usize> = newest.all(db).await?.iter().map(|(_, posts)| posts.len()).collect();
    /// assert_eq!(counts, [1, 0]); // one of Ann's two; Bob has none
    /// # Ok(()) }) }
    /// ```
    pub fn limit(self, rows: u64) -> Part<T> {
        self.part().limit(rows)
    }

    /// Loads the rows together with one of their own relations.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let ann = User::find(1).with(|u| u.posts().with(|p| p.author()));
    /// let (_, posts): (User, Vec<(Post, User)>) = ann.one(db).await?;
    /// assert_eq!(posts[0].1.name, "Ann");
    /// # Ok(()) }) }
    /// ```
    pub fn with<L: Load>(self, load: impl FnOnce(T::Fields<Required>) -> L) -> With<T, (T, L::Output)> {
        self.part().with(load)
    }
}

impl<T: Model, H> fmt::Debug for Many<T, H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Many").field("relation", &self.way.name()).finish_non_exhaustive()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Model, H> Relation for Many<T, H> {
    type Target = T;

    fn on(self) -> On {
        self.way.on(self.source)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Model, H> Load for Many<T, H> {
    type Output = Vec<T>;

    fn plan(self, row: Source) -> Arc<dyn Plan<Vec<T>>> {
        self.part().plan(row)
    }
}
