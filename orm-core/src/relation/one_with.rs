//! The row of a to-one relation together with its own relations.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::gather::Loader;
use super::graph::root_fields;
use super::only::{step, target_of};
use super::pile::Pile;
use super::{Gather, Graph, Load, One, Plan, Zip};
use crate::driver::BoxFuture;
use crate::error::Result;
use crate::mode::{Mode, Required};
use crate::model::Model;
use crate::syntax::{Item, Path, Source};
use crate::value::{Cells, Fault};

/// The row of a to-one relation together with its own relations: `O`, if there is such a row.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let hello = Post::find(1).with(|p| p.author().with(|a| a.posts()));
/// let (_, (ann, posts)): (Post, (User, Vec<Post>)) = hello.one(db).await?;
/// assert_eq!((ann.name.as_str(), posts.len()), ("Ann", 2));
/// # Ok(()) }) }
/// ```
#[must_use = "a relation does nothing until `with` takes it"]
pub struct OneWith<T: Model, N: Mode, O> {
    to: Path,
    plan: Arc<dyn Plan<O>>,
    _type: PhantomData<fn() -> (T, N)>,
}

impl<T: Model, N: Mode, O> fmt::Debug for OneWith<T, N, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OneWith").field("model", &T::table().model).finish_non_exhaustive()
    }
}

impl<T: Model, N: Mode, O> OneWith<T, N, O> {
    pub(super) fn new(relation: One<T, N>, plan: Arc<dyn Plan<O>>) -> Self {
        OneWith { to: relation.target().path, plan, _type: PhantomData }
    }

    pub(super) fn map_plan(self, change: impl FnOnce(Arc<dyn Plan<O>>) -> Arc<dyn Plan<O>>) -> Self {
        OneWith { plan: change(self.plan), ..self }
    }
}

impl<T: Model, N: Mode> One<T, N> {
    /// Loads the row together with one of its own relations.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let posts = Post::query().with(|p| p.author().with(|a| a.posts().order_by(|p| p.id.desc()).limit(1)));
    /// let rows: Vec<(Post, (User, Vec<Post>))> = posts.all(db).await?;
    /// assert!(rows.iter().all(|(_, (_, newest))| newest[0].title == "Draft"));
    /// # Ok(()) }) }
    /// ```
    pub fn with<L: Load>(self, load: impl FnOnce(T::Fields<Required>) -> L) -> OneWith<T, N, (T, L::Output)> {
        let left = <T as Graph<T>>::plan();
        let right = load(root_fields::<T>()).plan(Source::nowhere());
        let plan = Arc::new(Zip { left, right, join: |row, loaded| (row, loaded) });
        OneWith::new(self, plan)
    }
}

macro_rules! further {
    ($($name:ident)*) => {
        impl<T: Model, N: Mode, $($name: Send + 'static),*> OneWith<T, N, (T, $($name,)*)> {
            /// Loads a further relation of the row.
            ///
            /// ```
            /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
            /// # fn main() { run(async |db| {
            /// let drafts = |a: UserFields| a.posts().filter(|p| p.published.is_false());
            /// let hello = Post::find(1).with(|p| p.author().with(|a| a.posts()).with(drafts));
            /// let (_, (_, posts, drafts)): (Post, (User, Vec<Post>, Vec<Post>)) = hello.one(db).await?;
            /// assert_eq!((posts.len(), drafts.len()), (2, 1));
            /// # Ok(()) }) }
            /// ```
            #[allow(non_snake_case, reason = "one variable per type")]
            pub fn with<Z: Load>(
                self,
                load: impl FnOnce(T::Fields<Required>) -> Z,
            ) -> OneWith<T, N, (T, $($name,)* Z::Output)> {
                let right = load(root_fields::<T>()).plan(Source::nowhere());
                let join = |(row, $($name,)*), loaded| (row, $($name,)* loaded);
                let plan = Arc::new(Zip { left: self.plan, right, join });
                OneWith { to: self.to, plan, _type: PhantomData }
            }
        }
    };
}
further!(A);
further!(A B);
further!(A B C);
further!(A B C D);

#[diagnostic::do_not_recommend]
impl<T: Model, N: Mode, O: Send + 'static> Load for OneWith<T, N, O> {
    type Output = N::Of<O>;

    fn plan(self, _: Source) -> Arc<dyn Plan<N::Of<O>>> {
        Arc::new(self)
    }

    fn plan_at_hand(self, row: Source) -> Arc<dyn Plan<N::Of<O>>> {
        match step(self.to) {
            Some(link) => target_of::<T, N, O>(link, self.plan),
            None => Load::plan(self, row),
        }
    }
}

impl<T: Model, N: Mode, O: Send + 'static> Plan<N::Of<O>> for OneWith<T, N, O> {
    fn items(&self, source: Source, items: &mut Vec<Item>) {
        self.plan.items(source.follow(self.to), items);
    }

    fn gather(&self) -> Box<dyn Gather<N::Of<O>>> {
        let mut items = Vec::new();
        self.plan.items(Source::table(0), &mut items);
        let width = items.iter().map(|item| usize::from(item.width())).sum();
        Box::new(Present::<T, N, O> {
            width,
            present: Pile::default(),
            rows: self.plan.gather(),
            _type: PhantomData,
        })
    }
}

/// Records whether each row was present, and reads those that were.
struct Present<T, N, O> {
    /// The number of cells of a row.
    width: usize,
    present: Pile<bool>,
    rows: Box<dyn Gather<O>>,
    _type: PhantomData<fn() -> (T, N)>,
}

impl<T: Model, N: Mode, O: Send + 'static> Gather<N::Of<O>> for Present<T, N, O> {
    /// The row itself comes first, so that its cells show whether there is one.
    fn read(&mut self, cells: &mut Cells<'_, '_>) -> Result<(), Fault> {
        let empty = N::absent::<O>().is_some() && T::table().left_empty(cells);
        self.present.push(!empty);
        if empty {
            cells.skip(self.width);
            return Ok(());
        }
        self.rows.read(cells)
    }

    fn finish<'a>(self: Box<Self>, loader: &'a mut Loader<'_, '_>) -> BoxFuture<'a, Result<Pile<N::Of<O>>>> {
        Box::pin(async move {
            let mut rows = self.rows.finish(loader).await?.into_rows();
            let next = |present| if present { rows.next().map(N::present) } else { N::absent() };
            Ok(self.present.into_rows().filter_map(next).collect())
        })
    }
}
