//! Trees: rows and their descendants.

use std::sync::Arc;

use super::graph::root_fields;
use super::grow::grow;
use super::{Graph, Many, One, OneWith, Part, Plan, Reader, With};
use crate::mode::{Mode, Required};
use crate::model::Model;

/// A row and its descendants, made by [`tree`](crate::query::Query::tree) of a query or a relation.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/topics.rs"));
/// # fn main() { run(async |db| { topics(db).await?;
/// use orm::Tree;
///
/// let tops = Topic::query().filter(|t| t.parent_id.is_null());
/// let trees: Vec<Tree<Topic>> = tops.tree(|t| t.children().order_by(|t| t.name.asc())).all(db).await?;
/// let Tree { row, children } = &trees[0];
/// assert_eq!((row.name.as_str(), children[0].row.name.as_str()), ("Science", "Biology"));
///
/// let page: String = trees[0].rows().map(|(level, topic)| format!("{}{}\n", "  ".repeat(level), topic.name)).collect();
/// assert_eq!(page, "Science\n  Biology\n    Botany\n  Physics\n");
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree<T> {
    /// The row itself.
    pub row: T,
    /// Its children, each with its own.
    pub children: Vec<Tree<T>>,
}

impl<T> Tree<T> {
    /// Iterates over all rows depth first, each before its descendants (pre-order), with its depth: 0 for the root.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/topics.rs"));
    /// # fn main() { run(async |db| { topics(db).await?;
    /// let science = Topic::find(1).tree(|t| t.children()).one(db).await?;
    /// assert_eq!(science.rows().map(|(level, _)| level).max(), Some(2));
    /// # Ok(()) }) }
    /// ```
    pub fn rows(&self) -> impl Iterator<Item = (usize, &T)> {
        let mut above = vec![std::slice::from_ref(self).iter()];
        std::iter::from_fn(move || {
            loop {
                let level = above.len().checked_sub(1)?;
                if let Some(tree) = above[level].next() {
                    above.push(tree.children.iter());
                    return Some((level, &tree.row));
                }
                above.pop();
            }
        })
    }
}

/// What leads from a row of a tree to its children: a to-many relation to the same model, or a part of one. If the rows
/// are loaded together with something, as `O`, their children are loaded with the same.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/topics.rs"));
/// # fn main() { run(async |db| { topics(db).await?;
/// use orm::Tree;
///
/// let tops = Topic::find(1).with(|t| t.parent());
/// let tree: Tree<(Topic, Option<Topic>)> = tops.tree(|t| t.children().with(|t| t.parent())).one(db).await?;
/// assert!(tree.children.iter().all(|child| child.row.1.as_ref() == Some(&tree.row.0)));
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not lead from a row of this tree to more rows of it",
    label = "expected a relation to many rows of `{T}`, each of type `{O}`",
    note = "use a relation of the model to itself, such as `category.children()`, and load the same with it as with the first rows"
)]
pub trait Branch<T: Model, O> {
    #[doc(hidden)]
    fn branch(self) -> (Part<T>, Arc<dyn Plan<O>>);
}

#[diagnostic::do_not_recommend]
impl<T: Model, H> Branch<T, T> for Many<T, H> {
    fn branch(self) -> (Part<T>, Arc<dyn Plan<T>>) {
        self.part().branch()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Model> Branch<T, T> for Part<T> {
    fn branch(self) -> (Part<T>, Arc<dyn Plan<T>>) {
        (self, Reader::Rows(T::read).into_plan::<T>())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Model, O> Branch<T, O> for With<T, O> {
    fn branch(self) -> (Part<T>, Arc<dyn Plan<O>>) {
        self.into_parts()
    }
}

impl<T: Model, H> Many<T, H> {
    /// Loads the rows as trees, each with its descendants: see [`Query::tree`](crate::query::Query::tree).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/topics.rs"));
    /// # fn main() { run(async |db| { topics(db).await?;
    /// use orm::Tree;
    ///
    /// let below: (Topic, Vec<Tree<Topic>>) = Topic::find(1).with(|t| t.children().tree(|t| t.children())).one(db).await?;
    /// assert_eq!(below.1.iter().flat_map(|tree| tree.rows()).count(), 3);
    /// # Ok(()) }) }
    /// ```
    pub fn tree<B: Branch<T, T>>(self, branch: impl FnOnce(T::Fields<Required>) -> B) -> With<T, Tree<T>> {
        self.part().tree(branch)
    }
}

impl<T: Model> Part<T> {
    /// Loads the rows as trees, each with its descendants.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/topics.rs"));
    /// # fn main() { run(async |db| { topics(db).await?;
    /// let biology = |t: TopicFields| t.children().filter(|t| t.name.eq("Biology")).tree(|t| t.children());
    /// let (_, trees) = Topic::find(1).with(biology).one(db).await?;
    /// assert_eq!(trees[0].children[0].row.name, "Botany");
    /// # Ok(()) }) }
    /// ```
    pub fn tree<B: Branch<T, T>>(self, branch: impl FnOnce(T::Fields<Required>) -> B) -> With<T, Tree<T>> {
        With::new(self, Reader::Rows(T::read).into_plan::<T>()).tree(branch)
    }
}

impl<T: Model, O: Send + 'static> With<T, O> {
    /// Loads the rows as trees, each with its descendants, and all of them with their relations.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/topics.rs"));
    /// # fn main() { run(async |db| { topics(db).await?;
    /// let below = |t: TopicFields| t.children().with(|t| t.parent());
    /// let (_, trees) = Topic::find(1).with(|t| below(t).tree(below)).one(db).await?;
    /// assert_eq!(trees[0].row.1.as_ref().map(|parent| parent.id), Some(1));
    /// # Ok(()) }) }
    /// ```
    pub fn tree<B: Branch<T, O>>(self, branch: impl FnOnce(T::Fields<Required>) -> B) -> With<T, Tree<O>> {
        let (part, plan) = self.into_parts();
        With::new(part, grow::<T, O>(plan, branch(root_fields::<T>())))
    }
}

impl<T: Model, O: Send + 'static> With<T, Tree<O>> {
    /// Limits the depth: the number of levels below the first rows; see [`Query::depth`](crate::query::Query::depth).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/topics.rs"));
    /// # fn main() { run(async |db| { topics(db).await?;
    /// let (_, trees) = Topic::find(1).with(|t| t.children().tree(|t| t.children()).depth(0)).one(db).await?;
    /// assert!(trees.iter().all(|tree| tree.children.is_empty()));
    /// # Ok(()) }) }
    /// ```
    pub fn depth(self, levels: u32) -> Self {
        let (part, plan) = self.into_parts();
        With::new(part, to_depth(plan, levels))
    }
}

impl<T: Model, N: Mode> One<T, N> {
    /// Loads the row as a tree, with its descendants: see [`Query::tree`](crate::query::Query::tree).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/topics.rs"));
    /// # fn main() { run(async |db| { topics(db).await?;
    /// let physics = Topic::query().filter(|t| t.name.eq("Physics")).with(|t| t.parent().tree(|t| t.children()));
    /// let (_, above) = physics.one(db).await?;
    /// assert_eq!(above.map(|tree| tree.children.len()), Some(2));
    /// # Ok(()) }) }
    /// ```
    pub fn tree<B: Branch<T, T>>(
        self,
        branch: impl FnOnce(T::Fields<Required>) -> B,
    ) -> OneWith<T, N, Tree<T>> {
        OneWith::new(self, grow::<T, T>(<T as Graph<T>>::plan(), branch(root_fields::<T>())))
    }
}

impl<T: Model, N: Mode, O: Send + 'static> OneWith<T, N, Tree<O>> {
    /// Limits the depth: the number of levels below the row.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/topics.rs"));
    /// # fn main() { run(async |db| { topics(db).await?;
    /// let botany = Topic::find(4).with(|t| t.parent().parent().tree(|t| t.children()).depth(1));
    /// let (_, science) = botany.one(db).await?;
    /// assert_eq!(science.map(|tree| tree.rows().count()), Some(3));
    /// # Ok(()) }) }
    /// ```
    pub fn depth(self, levels: u32) -> Self {
        self.map_plan(|plan| to_depth(plan, levels))
    }
}

/// Limits the plan of a tree to a depth.
pub(crate) fn to_depth<O>(plan: Arc<dyn Plan<Tree<O>>>, levels: u32) -> Arc<dyn Plan<Tree<O>>> {
    plan.to_depth(levels).unwrap_or(plan)
}
