//! Filtered, ordered or limited to-many relations.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::children::Children;
use super::ends::Ends;
use super::{Load, Plan, Reader, Way, Zip};
use crate::expression::{IntoCondition, Orders};
use crate::mode::Required;
use crate::model::Model;
use crate::syntax::{ColumnRef, Comparison, Node, Operator, Path, Select, Sight, Source};

/// A to-many relation that is filtered or ordered: it can be loaded and aggregated, but not joined, since the join would
/// not show that it covers only a part of the relation.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let (_, newest) = User::find(1)
///     .with(|u| u.posts().filter(|p| p.published.is_true()).order_by(|p| p.id.desc()))
///     .one(db)
///     .await?;
/// assert_eq!(newest[0].title, "Hello");
/// # Ok(()) }) }
/// ```
#[must_use = "a part of a relation does nothing until `with` takes it"]
pub struct Part<T: Model> {
    source: Source,
    way: Way,
    select: Select,
    _target: PhantomData<fn() -> T>,
}

/// The rows of a to-many relation together with their own relations.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let (_, posts): (User, Vec<(Post, User)>) = User::find(1).with(|u| u.posts().with(|p| p.author())).one(db).await?;
/// assert_eq!(posts[0].1.name, "Ann");
/// # Ok(()) }) }
/// ```
#[must_use = "a part of a relation does nothing until `with` takes it"]
pub struct With<T: Model, O> {
    part: Part<T>,
    plan: Arc<dyn Plan<O>>,
}

impl<T: Model> fmt::Debug for Part<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Part").field(&self.select).finish()
    }
}

impl<T: Model, O> fmt::Debug for With<T, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("With").field(&self.part).finish()
    }
}

impl<T: Model> Part<T> {
    /// All rows that `way` leads to from `source`.
    pub(super) fn new(source: Source, way: Way) -> Self {
        Part { source, way, select: way.select(T::table()), _target: PhantomData }
    }

    pub(super) fn load<O>(self, plan: Arc<dyn Plan<O>>) -> Arc<Children<O>> {
        let (from, ends) = (self.source.path, self.way.ends());
        Arc::new(Children { from, ends, select: self.select, plan, at_most_one: false })
    }

    /// The to-one relations that lead to the near row, the columns of both ends, and the relation's name in errors.
    pub(super) fn start(&self) -> (Path, Ends, &'static str) {
        (self.source.path, self.way.ends(), self.way.name())
    }

    /// The rows as a correlated subquery.
    pub(super) fn correlated(self) -> Box<Select> {
        let Part { mut select, source, way, .. } = self;
        let ends = way.ends();
        let there = ends.source(&select);
        let pairs = ends.near.iter().zip(&ends.far).map(|(&near, &far)| {
            let near = Node::Column(ColumnRef::new(source, near));
            let far = Node::Column(ColumnRef::new(there, far));
            Node::binary(far, Operator::Compare(Comparison::Equal), near)
        });
        // The relation's own conditions come first.
        select.filter.splice(0..0, pairs);
        if select.limit.is_some() || select.offset.is_some() {
            let why = "an aggregate over related rows covers all rows that match the filter: leave out \
                       `limit` and `offset`, or load the rows and compute it in the program";
            select.refused = Some(why);
        }
        select.order_by.clear();
        Box::new(select)
    }

    /// Which rows it loads.
    pub(crate) fn sight(&mut self) -> &mut Sight {
        &mut self.select.sight
    }

    /// A select of the bare rows, with the number by which columns refer to them.
    pub(super) fn rows_alone(&self) -> Select {
        Select { base: self.select.base, ..Select::new(T::table()) }
    }

    pub(super) fn fields(&self) -> T::Fields<Required> {
        T::fields(self.row())
    }

    /// The rows, as their columns refer to them.
    fn row(&self) -> Source {
        Source::table(self.select.base)
    }

    /// Restricts the rows to those that meet a condition. Several filters are combined with AND.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let of_ann = |u: UserFields| u.posts().filter(|p| p.published.is_true()).filter(|p| p.title.contains("x"));
    /// assert!(User::find(1).with(of_ann).one(db).await?.1.is_empty());
    /// # Ok(()) }) }
    /// ```
    pub fn filter<C: IntoCondition>(mut self, condition: impl FnOnce(T::Fields<Required>) -> C) -> Self {
        let condition = condition(self.fields()).into_condition();
        condition.0.push_onto(&mut self.select.filter);
        self
    }

    /// Sets the order of the rows.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let posts = |u: UserFields| u.posts().filter(|p| p.body.is_null()).order_by(|p| p.id.desc());
    /// assert_eq!(User::find(1).with(posts).one(db).await?.1[0].title, "Draft");
    /// # Ok(()) }) }
    /// ```
    pub fn order_by<R: Orders>(mut self, order: impl FnOnce(T::Fields<Required>) -> R) -> Self {
        order(self.fields()).push_orders(&mut self.select.order_by);
        self
    }

    /// Limits how many rows are loaded per parent row: the first ones in the order set.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let newest = User::find(1).with(|u| u.posts().order_by(|p| p.id.desc()).limit(1));
    /// assert_eq!(newest.one(db).await?.1[0].title, "Draft");
    /// # Ok(()) }) }
    /// ```
    pub fn limit(mut self, rows: u64) -> Self {
        self.select.limit = Some(rows);
        self
    }

    /// Skips the first rows of each parent row.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let older = User::find(1).with(|u| u.posts().order_by(|p| p.id.desc()).limit(5).offset(1));
    /// assert_eq!(older.one(db).await?.1[0].title, "Hello");
    /// # Ok(()) }) }
    /// ```
    pub fn offset(mut self, rows: u64) -> Self {
        self.select.offset = Some(rows);
        self
    }

    /// Loads the rows together with one of their own relations.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let posts = |u: UserFields| u.posts().filter(|p| p.published.is_true()).with(|p| p.author());
    /// let (_, posts): (User, Vec<(Post, User)>) = User::find(1).with(posts).one(db).await?;
    /// assert_eq!(posts[0].1.name, "Ann");
    /// # Ok(()) }) }
    /// ```
    pub fn with<L: Load>(self, load: impl FnOnce(T::Fields<Required>) -> L) -> With<T, (T, L::Output)> {
        let right = load(self.fields()).plan(self.row());
        let left = Reader::Rows(T::read).into_plan::<T>();
        With { part: self, plan: Arc::new(Zip { left, right, join: |row, loaded| (row, loaded) }) }
    }
}

impl<T: Model, O> With<T, O> {
    pub(super) fn new(part: Part<T>, plan: Arc<dyn Plan<O>>) -> Self {
        With { part, plan }
    }

    pub(super) fn into_parts(self) -> (Part<T>, Arc<dyn Plan<O>>) {
        (self.part, self.plan)
    }
}

macro_rules! further {
    ($($name:ident)*) => {
        impl<T: Model, $($name: Send + 'static),*> With<T, (T, $($name,)*)> {
            /// Loads a further relation of the rows.
            ///
            /// ```
            /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
            /// # fn main() { run(async |db| {
            /// let nested = |u: UserFields| u.posts().with(|p| p.author()).with(|p| p.author().posts());
            /// let (_, posts): (User, Vec<(Post, User, Vec<Post>)>) = User::find(1).with(nested).one(db).await?;
            /// assert_eq!(posts[0].2.len(), 2);
            /// # Ok(()) }) }
            /// ```
            #[allow(non_snake_case, reason = "one variable per type")]
            pub fn with<Z: Load>(
                self,
                load: impl FnOnce(T::Fields<Required>) -> Z,
            ) -> With<T, (T, $($name,)* Z::Output)> {
                let right = load(self.part.fields()).plan(self.part.row());
                let join = |(row, $($name,)*), loaded| (row, $($name,)* loaded);
                With { part: self.part, plan: Arc::new(Zip { left: self.plan, right, join }) }
            }
        }
    };
}
further!(A);
further!(A B);
further!(A B C);
further!(A B C D);

#[diagnostic::do_not_recommend]
impl<T: Model> Load for Part<T> {
    type Output = Vec<T>;

    fn plan(self, _: Source) -> Arc<dyn Plan<Vec<T>>> {
        self.load(Reader::Rows(T::read).into_plan::<T>())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Model, O: Send + 'static> Load for With<T, O> {
    type Output = Vec<O>;

    fn plan(self, _: Source) -> Arc<dyn Plan<Vec<O>>> {
        self.part.load(self.plan)
    }
}
