//! Eager loading of relations.

use std::marker::PhantomData;
use std::sync::Arc;

use super::Query;
use crate::mode::Required;
use crate::model::Model;
use crate::relation::{Graph, Load, Reader, Zip};
use crate::scope::Scope;
use crate::syntax::Source;

impl<T: Model + Scope<Row = T>, O: Send + 'static> Query<T, O> {
    fn zip<L: Load, P: Send + 'static>(
        self,
        load: impl FnOnce(T::Fields<Required>) -> L,
        join: fn(O, L::Output) -> P,
    ) -> Query<T, P> {
        let row = Source::table(self.select.base);
        let right = load(T::fields(row)).plan(row);
        let left = self.reader.into_plan::<T>();
        let plan = Reader::Graph(Arc::new(Zip { left, right, join }));
        Query { select: self.select, reader: plan, _scope: PhantomData }
    }
}

impl<T: Model + Scope<Row = T>> Query<T, T> {
    /// Loads a relation together with the rows (eager loading): `.with(|u| u.posts())` gives `(User, Vec<Post>)`.
    ///
    /// A to-many relation takes one more statement, however many rows there are; a to-one relation is joined. Aggregates of
    /// relations, such as `.with(|u| u.posts().count())`, are selected beside the row.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let feed: Vec<(User, Vec<Post>)> =
    ///     User::query().order_by(|u| u.id.asc()).with(|u| u.posts().order_by(|p| p.id.desc())).all(db).await?;
    /// let (ann, posts) = &feed[0];
    /// assert_eq!((ann.name.as_str(), posts.len()), ("Ann", 2));
    /// # Ok(()) }) }
    /// ```
    #[doc(alias("include", "preload", "select_related", "prefetch_related"))]
    pub fn with<L: Load>(self, load: impl FnOnce(T::Fields<Required>) -> L) -> Query<T, (T, L::Output)> {
        self.zip(load, |row, loaded| (row, loaded))
    }
}

impl<T: Model + Scope<Row = T>> Query<T, T> {
    /// Loads graphs: your own structs that hold a row and its related rows, as `#[derive(Graph)]` describes. Like `with`, it
    /// runs one statement per level.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// #[derive(orm::Graph)]
    /// struct UserPage {
    ///     #[orm(root)]
    ///     user: User,
    ///     posts: Vec<Post>,
    /// }
    /// let page: UserPage = User::find(1).graph().one(db).await?;
    /// assert_eq!((page.user.name.as_str(), page.posts.len()), ("Ann", 2));
    /// # Ok(()) }) }
    /// ```
    pub fn graph<G: Graph<T>>(self) -> Query<T, G> {
        Query { select: self.select, reader: Reader::Graph(G::plan()), _scope: PhantomData }
    }
}

macro_rules! further {
    ($($name:ident)*) => {
        impl<T: Model + Scope<Row = T>, $($name: Send + 'static),*> Query<T, (T, $($name,)*)> {
            /// Loads one more relation together with the rows.
            ///
            /// ```
            /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
            /// # fn main() { run(async |db| {
            /// let (ann, published, drafts): (User, Vec<Post>, Vec<Post>) = User::find(1)
            ///     .with(|u| u.posts().filter(|p| p.published.is_true()))
            ///     .with(|u| u.posts().filter(|p| p.published.is_false()))
            ///     .one(db)
            ///     .await?;
            /// assert_eq!((published[0].title.as_str(), drafts[0].title.as_str()), ("Hello", "Draft"));
            /// # Ok(()) }) }
            /// ```
            #[allow(non_snake_case, reason = "one variable per type")]
            pub fn with<Z: Load>(
                self,
                load: impl FnOnce(T::Fields<Required>) -> Z,
            ) -> Query<T, (T, $($name,)* Z::Output)> {
                self.zip(load, |(row, $($name,)*), loaded| (row, $($name,)* loaded))
            }
        }
    };
}
further!(A);
further!(A B);
further!(A B C);
further!(A B C D);
