//! Parts of a relation to many, to be loaded.

use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::gather::Loader;
use super::key::{Key, KeyPart, is_one_of, read_key};
use super::{Gather, Load, Plan, Reader, Zip};
use crate::driver::BoxFuture;
use crate::error::Result;
use crate::expression::{Condition, Orders};
use crate::mode::Required;
use crate::model::Model;
use crate::schema::{Direction, Link};
use crate::syntax::{ColumnRef, Item, Node, Projection, Select, Sight, Source};
use crate::value::{Cells, Fault};

/// Some of the rows of a relation, or in an order: it can be loaded, but not joined, since a join would not say that
/// it has only a part.
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
    link: Link,
    select: Select,
    _target: PhantomData<fn() -> T>,
}

/// Rows of a relation together with what their own relations lead to.
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
    pub(super) fn new(link: Link) -> Self {
        Part { link, select: Select::new(T::table()), _target: PhantomData }
    }

    /// Which rows it loads.
    pub(crate) fn sight(&mut self) -> &mut Sight {
        &mut self.select.sight
    }

    fn fields(&self) -> T::Fields<Required> {
        T::fields(Source::table(self.select.base))
    }

    /// The rows that meet a condition. A second filter is a further condition.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let of_ann = |u: UserFields| u.posts().filter(|p| p.published.is_true()).filter(|p| p.title.contains("x"));
    /// assert!(User::find(1).with(of_ann).one(db).await?.1.is_empty());
    /// # Ok(()) }) }
    /// ```
    pub fn filter(mut self, condition: impl FnOnce(T::Fields<Required>) -> Condition) -> Self {
        let condition = condition(self.fields());
        condition.0.push_onto(&mut self.select.filter);
        self
    }

    /// The rows in an order.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let posts = |u: UserFields| u.posts().filter(|p| p.body.is_null()).order_by(|p| p.id.desc());
    /// assert_eq!(User::find(1).with(posts).one(db).await?.1[0].title, "Draft");
    /// # Ok(()) }) }
    /// ```
    pub fn order_by<R: Orders>(mut self, order: impl FnOnce(T::Fields<Required>) -> R) -> Self {
        order(self.fields()).push(&mut self.select.order_by);
        self
    }

    /// The rows together with what a relation of theirs leads to.
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
        let right = load(self.fields()).plan();
        let left = Reader::Rows(T::read).into_plan::<T>();
        With { part: self, plan: Arc::new(Zip { left, right, join: |row, loaded| (row, loaded) }) }
    }
}

impl<T: Model, A: Send + 'static> With<T, (T, A)> {
    /// The rows together with what a second relation of theirs leads to.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let nested = |u: UserFields| u.posts().with(|p| p.author()).with(|p| p.author().posts());
    /// let (_, posts): (User, Vec<(Post, User, Vec<Post>)>) = User::find(1).with(nested).one(db).await?;
    /// assert_eq!(posts[0].2.len(), 2);
    /// # Ok(()) }) }
    /// ```
    pub fn with<L: Load>(self, load: impl FnOnce(T::Fields<Required>) -> L) -> With<T, (T, A, L::Output)> {
        let right = load(self.part.fields()).plan();
        With {
            part: self.part,
            plan: Arc::new(Zip { left: self.plan, right, join: |(row, a), b| (row, a, b) }),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T: Model> Load for Part<T> {
    type Output = Vec<T>;

    fn plan(self) -> Arc<dyn Plan<Vec<T>>> {
        Arc::new(Children {
            link: self.link,
            select: self.select,
            plan: Reader::Rows(T::read).into_plan::<T>(),
        })
    }
}

#[diagnostic::do_not_recommend]
impl<T: Model, O: Send + 'static> Load for With<T, O> {
    type Output = Vec<O>;

    fn plan(self) -> Arc<dyn Plan<Vec<O>>> {
        Arc::new(Children { link: self.part.link, select: self.part.select, plan: self.plan })
    }
}

/// The rows that a link leads to, with one statement for all parents.
struct Children<O> {
    link: Link,
    select: Select,
    plan: Arc<dyn Plan<O>>,
}

impl<O: Send + 'static> Plan<Vec<O>> for Children<O> {
    /// The near end of the link, once more beside the row: reading the row may take its cells away.
    fn items(&self, source: Source, items: &mut Vec<Item>) {
        items.extend(
            self.link.columns().map(|(index, _)| Item::Node(Node::Column(ColumnRef::new(source, index)))),
        );
    }

    fn gather(&self) -> Box<dyn Gather<Vec<O>>> {
        let Children { link, plan, .. } = self;
        Box::new(Parents { link: *link, select: self.select.clone(), plan: plan.clone(), keys: Vec::new() })
    }
}

/// The keys of the parents, as they are read.
struct Parents<O> {
    link: Link,
    select: Select,
    plan: Arc<dyn Plan<O>>,
    keys: Vec<Key>,
}

impl<O: Send + 'static> Gather<Vec<O>> for Parents<O> {
    fn read(&mut self, cells: &mut Cells<'_, '_>) -> Result<(), Fault> {
        self.keys.push(read_key(cells, self.link.key.columns.len())?);
        Ok(())
    }

    fn finish<'a>(self: Box<Self>, loader: &'a mut Loader<'_, '_>) -> BoxFuture<'a, Result<Vec<Vec<O>>>> {
        Box::pin(async move {
            let wanted: Vec<Vec<KeyPart>> = self.keys.iter().flatten().cloned().collect();
            let mut found: HashMap<Vec<KeyPart>, Vec<O>> = HashMap::with_capacity(wanted.len());
            if !wanted.is_empty() {
                let (keys, rows) = load(self.link, self.select, &*self.plan, wanted, loader).await?;
                for (key, row) in keys.into_iter().zip(rows) {
                    if let Some(key) = key {
                        found.entry(key).or_default().push(row);
                    }
                }
            }
            let take = |key: Key| key.and_then(|key| found.remove(&key)).unwrap_or_default();
            Ok(self.keys.into_iter().map(take).collect())
        })
    }
}

async fn load<O: Send + 'static>(
    link: Link,
    mut select: Select,
    plan: &dyn Plan<O>,
    wanted: Vec<Vec<KeyPart>>,
    loader: &mut Loader<'_, '_>,
) -> Result<(Vec<Key>, Vec<O>)> {
    let source = Source::table(select.base);
    let far: Vec<u16> = link.columns().map(|(_, far)| far).collect();
    debug_assert_eq!(link.direction, Direction::ToChild, "to-one relations are joined");
    let mut items: Vec<Item> =
        far.iter().map(|&index| Item::Node(Node::Column(ColumnRef::new(source, index)))).collect();
    plan.items(source, &mut items);
    select.projection = Projection::Items(items);
    select.filter.push(is_one_of(source, link.target(), &far, wanted));
    let mut rows = Keyed { width: far.len(), keys: Vec::new(), rows: plan.gather() };
    loader.run(Box::new(select), &mut rows).await?;
    Ok((rows.keys, rows.rows.finish(loader).await?))
}

/// Rows, each behind the key of the parent that it belongs to.
struct Keyed<O> {
    width: usize,
    keys: Vec<Key>,
    rows: Box<dyn Gather<O>>,
}

impl<O: Send + 'static> Gather<O> for Keyed<O> {
    fn read(&mut self, cells: &mut Cells<'_, '_>) -> Result<(), Fault> {
        self.keys.push(read_key(cells, self.width)?);
        self.rows.read(cells)
    }

    fn finish<'a>(self: Box<Self>, loader: &'a mut Loader<'_, '_>) -> BoxFuture<'a, Result<Vec<O>>> {
        self.rows.finish(loader)
    }
}
