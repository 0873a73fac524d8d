//! Clauses in places where they do not belong, so that the compiler can say where they do.

use super::{Derived, Grouped, Query, Rows, Shape};
use crate::change::{Assigned, Delete, Filtered, Update};
use crate::expression::OutsideGroup;
use crate::mode::Required;
use crate::model::Model;
use crate::scope::Scope;
use crate::session::{Executor, Pending};

/// Never implemented: rows that are not grouped have no groups to choose from.
#[diagnostic::on_unimplemented(
    message = "`having` needs a `group_by`",
    label = "no `.group_by(..)` before it",
    note = "group the rows first, `.group_by(|p| p.author_id)`, or filter single rows with `.filter(..)`"
)]
pub trait InGroups {
    /// What is known of a group.
    type Group;
}

/// Never implemented: a query only reads.
#[diagnostic::on_unimplemented(
    message = "a query cannot change rows",
    label = "called on a query",
    note = "start with `.update()` or `.delete()` instead of `.query()`; both take the same `.filter(..)`"
)]
pub trait Changing {
    #[doc(hidden)]
    fn change<C>(self) -> C;
}

/// Clauses that apply to groups, which a query of rows does not have.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let busy = Post::query().group_by(|p| p.author_id).having(|g| g.count().gt(1)).select(|g| g.key);
/// assert_eq!(busy.all(db).await?, [1]);
/// # Ok(()) }) }
/// ```
impl<S: Scope, O> Query<S, O> {
    /// Not available here: `having` filters groups, after `.group_by(..)`.
    pub fn having<C>(self, condition: impl FnOnce(<Self as InGroups>::Group) -> C) -> Self
    where
        Self: InGroups,
    {
        let _ = condition;
        self
    }
}

/// Aggregates, which belong to a group or, with `aggregate`, to all rows.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let oldest = User::query().aggregate(|g| g.max(|u| u.age)).one(db).await?;
/// assert_eq!(oldest, Some(41));
/// # Ok(()) }) }
/// ```
// `Iterator` has such methods, too: without these, rustc would say that a query is no iterator.
impl<S: Scope, O> Query<S, O> {
    /// Not available here: `max` is for groups, as in `.aggregate(|g| g.max(..))`.
    pub fn max<C>(self, column: impl FnOnce(S::Columns) -> C) -> Self
    where
        Self: OutsideGroup,
    {
        let _ = column;
        self
    }

    /// Not available here: `min` is for groups, as in `.aggregate(|g| g.min(..))`.
    pub fn min<C>(self, column: impl FnOnce(S::Columns) -> C) -> Self
    where
        Self: OutsideGroup,
    {
        let _ = column;
        self
    }

    /// Not available here: `sum` is for groups, as in `.aggregate(|g| g.sum(..))`.
    pub fn sum<C>(self, column: impl FnOnce(S::Columns) -> C) -> Self
    where
        Self: OutsideGroup,
    {
        let _ = column;
        self
    }

    /// Not available here: `avg` is for groups, as in `.aggregate(|g| g.avg(..))`.
    pub fn avg<C>(self, column: impl FnOnce(S::Columns) -> C) -> Self
    where
        Self: OutsideGroup,
    {
        let _ = column;
        self
    }
}

/// Never implemented: a query is not an iterator.
#[diagnostic::on_unimplemented(
    message = "a query is not an iterator: `limit` and `offset` choose a part of its rows",
    label = "use `.limit(..)` or `.offset(..)`",
    note = "`.order_by(|u| u.id.asc()).offset(20).limit(10).all(&db).await?`; for pages, `.page(number, size, &db)`"
)]
pub trait Iterates {}

// The methods are passed to the macro, so that compiler errors show the method and not the macro.
macro_rules! on_both {
    ($($methods:tt)*) => {
        impl<S: Scope, O> Query<S, O> {
            $($methods)*
        }

        impl<O> Rows<O> {
            $($methods)*
        }
    };
}

on_both! {
    /// Not available here: use `limit`.
    #[doc(hidden)]
    pub fn take<N>(self, rows: N) -> Self
    where
        Self: Iterates,
    {
        let _ = rows;
        self
    }

    /// Not available here: use `offset`.
    #[doc(hidden)]
    pub fn skip<N>(self, rows: N) -> Self
    where
        Self: Iterates,
    {
        let _ = rows;
        self
    }
}

/// Changes, which are not made by a query: they start with the model, and take the same conditions.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let draft = |p: PostFields| p.published.is_false();
/// assert_eq!(Post::update().set(|p| p.published.to(true)).filter(draft).execute(db).await?, 1);
/// assert_eq!(Post::delete().filter(draft).execute(db).await?, 0);
/// # Ok(()) }) }
/// ```
impl<T: Model, O> Query<T, O> {
    /// Not available here: an update starts with [`Model::update`](crate::model::Model::update).
    pub fn set<A>(self, assignments: impl FnOnce(T::Fields<Required>) -> A) -> Update<T, Assigned, Filtered>
    where
        Self: Changing,
    {
        let _ = assignments;
        self.change()
    }

    /// Not available here: an update starts with [`Model::update`](crate::model::Model::update).
    pub fn update(self) -> Update<T, Assigned, Filtered>
    where
        Self: Changing,
    {
        self.change()
    }

    /// Not available here: a delete starts with [`Model::delete`](crate::model::Model::delete).
    pub fn delete(self) -> Delete<T, Filtered>
    where
        Self: Changing,
    {
        self.change()
    }
}

/// Never implemented: relations are loaded for the rows of one model.
#[diagnostic::on_unimplemented(
    message = "relations cannot be loaded with the rows of a derived table",
    label = "called on the rows of a derived table",
    note = "join a relation to one row: `.join(|(p, _)| p.author())`; load other relations after reading the rows: `User::load(&users, |u| u.posts())`"
)]
pub trait OfOneModel {
    /// The columns of a row.
    type Columns;
}

/// Clauses that a derived table does not have: relations are loaded for the rows of a model.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let busy = User::query().select(|u| (u, u.posts().count())).into_query().filter(|(_, posts)| posts.gt(1));
/// let busy: Vec<User> = busy.select(|(u, _)| u).all(db).await?;
/// let posts: Vec<Vec<Post>> = User::load(&busy, |u| u.posts()).all(db).await?;
/// assert_eq!(posts[0].len(), 2);
/// # Ok(()) }) }
/// ```
impl<O: Shape> Query<Derived<O>, O> {
    /// Not available here: [`Model::load`](crate::model::Model::load) loads relations of rows that were already read.
    pub fn with<L>(self, load: impl FnOnce(<Self as OfOneModel>::Columns) -> L) -> Self
    where
        Self: OfOneModel,
    {
        let _ = load;
        self
    }
}

/// Never implemented: a finished selection has values, not columns.
#[diagnostic::on_unimplemented(
    message = "after `select`, a query cannot be filtered, joined, grouped, ordered or selected from, and loads no relations",
    label = "too late: called after `select`",
    note = "call it before `.select(..)`, or make the selected rows a derived table: `.select(..).into_query()`"
)]
pub trait Unfinished {
    /// The columns of a row.
    type Columns;
}

/// Clauses that a finished selection does not have: call them before `select`, or make a derived table of its rows.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let titles = Post::query()
///     .join(|p| p.author()) // or `left_join`
///     .filter(|(_, u)| u.name.eq("Ann"))
///     .order_by(|(p, _)| p.title.asc())
///     .select(|(p, _)| p.title);
/// assert_eq!(titles.clone().all(db).await?, ["Draft", "Hello"]);
///
/// let of_titles = titles.into_query().filter(|title| title.ne("Draft")).group_by(|title| title);
/// assert_eq!(of_titles.select(|g| g.count()).all(db).await?, [1]);
/// # Ok(()) }) }
/// ```
impl<O> Rows<O> {
    /// Not available here: filter before `.select(..)`, or after `.into_query()`.
    pub fn filter<C>(self, condition: impl FnOnce(<Self as Unfinished>::Columns) -> C) -> Self
    where
        Self: Unfinished,
    {
        let _ = condition;
        self
    }

    /// Not available here: join before `.select(..)`, or after `.into_query()`.
    pub fn join<R>(self, relation: impl FnOnce(<Self as Unfinished>::Columns) -> R) -> Self
    where
        Self: Unfinished,
    {
        let _ = relation;
        self
    }

    /// Not available here: join before `.select(..)`, or after `.into_query()`.
    pub fn left_join<R>(self, relation: impl FnOnce(<Self as Unfinished>::Columns) -> R) -> Self
    where
        Self: Unfinished,
    {
        let _ = relation;
        self
    }

    /// Not available here: group before `.select(..)`, or after `.into_query()`.
    pub fn group_by<K>(self, key: impl FnOnce(<Self as Unfinished>::Columns) -> K) -> Self
    where
        Self: Unfinished,
    {
        let _ = key;
        self
    }

    /// Not available here: select everything in one `.select(..)`, or select from its rows after `.into_query()`.
    pub fn select<P>(self, selection: impl FnOnce(<Self as Unfinished>::Columns) -> P) -> Self
    where
        Self: Unfinished,
    {
        let _ = selection;
        self
    }

    /// Not available here: relations are loaded with whole rows, without a `.select(..)`.
    pub fn with<L>(self, load: impl FnOnce(<Self as Unfinished>::Columns) -> L) -> Self
    where
        Self: Unfinished,
    {
        let _ = load;
        self
    }

    /// Not available here: sort before `.select(..)`, or after `.into_query()`.
    pub fn order_by<C>(self, order: impl FnOnce(<Self as Unfinished>::Columns) -> C) -> Self
    where
        Self: Unfinished,
    {
        let _ = order;
        self
    }
}

/// Never implemented: groups are not rows of a table.
#[diagnostic::on_unimplemented(
    message = "after `group_by`, groups cannot be filtered by the columns of their rows",
    label = "too late: called after `group_by`",
    note = "filter the rows before `.group_by(..)`, or the groups with `.having(|g| g.count().gt(3))`"
)]
pub trait Ungrouped {
    /// The columns of a row.
    type Columns;
}

/// Never implemented: without `.select(..)`, nothing determines what a group returns.
#[diagnostic::on_unimplemented(
    message = "this grouped query selects nothing",
    label = "no `.select(..)` before it runs",
    note = "select what to return for each group: `.select(|g| (g.key, g.count()))`; to count the groups: `.select(|g| g.key).count(&db)`"
)]
pub trait Selected {
    /// What a group returns.
    type Row;
    #[doc(hidden)]
    fn run<'a, T>(self) -> Pending<'a, T>;
}

/// Clauses and terminals that groups do not have: filter rows before they are grouped, and select what each group returns.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let published = Post::query().filter(|p| p.published.is_true()).group_by(|p| p.author_id);
/// assert_eq!(published.select(|g| (g.key, g.count())).all(db).await?, [(1, 1)]);
/// # Ok(()) }) }
/// ```
impl<K, S> Grouped<K, S> {
    /// Not available here: filter rows before `.group_by(..)`, or groups with `.having(..)`.
    pub fn filter<C>(self, condition: impl FnOnce(<Self as Ungrouped>::Columns) -> C) -> Self
    where
        Self: Ungrouped,
    {
        let _ = condition;
        self
    }

    /// Not available here: `.select(..)` determines what each group returns.
    pub fn all<'a>(self, on: impl Executor<'a>) -> Pending<'a, Vec<<Self as Selected>::Row>>
    where
        Self: Selected,
    {
        let _ = on;
        self.run()
    }

    /// Not available here: `.select(|g| g.count())` counts the rows of each group, and `.select(|g| g.key).count(&db)` the groups.
    pub fn count<'a>(self, on: impl Executor<'a>) -> Pending<'a, i64>
    where
        Self: Selected,
    {
        let _ = on;
        self.run()
    }
}
