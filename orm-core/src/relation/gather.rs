//! Eager loading: rows are loaded together with their relations, one statement per level.
//!
//! A [`Plan`] says what to select along with the row itself; a [`Gather`] reads the rows of one run of it, and finishes by
//! running the statements of the next level. Plans are combined by zipping: each reads its own cells of a row.

use std::marker::PhantomData;
use std::panic::Location;
use std::sync::Arc;

use super::pile::Pile;
use crate::driver::BoxFuture;
use crate::error::Result;
use crate::model::Model;
use crate::query::Read;
use crate::session::{Each, Labels, Lease};
use crate::syntax::{Command, Item, Projection, Select, Source};
use crate::value::{Cells, Fault};

/// What to select for values of type `O`, and how to assemble them.
pub trait Plan<O>: Send + Sync {
    /// Adds what to select from the row at `source`.
    #[doc(hidden)]
    fn items(&self, source: Source, items: &mut Vec<Item>);

    /// Starts to read rows.
    #[doc(hidden)]
    fn gather(&self) -> Box<dyn Gather<O>>;

    /// Limits the plan of trees to a depth; `None` if these are not trees.
    #[doc(hidden)]
    fn to_depth(&self, levels: u32) -> Option<Arc<dyn Plan<O>>> {
        let _ = levels;
        None
    }
}

/// The rows of one run of a plan.
pub trait Gather<O>: Send {
    /// Reads the cells of one row.
    #[doc(hidden)]
    fn read(&mut self, cells: &mut Cells<'_, '_>) -> Result<(), Fault>;

    /// Returns the values, one per row, in order.
    #[doc(hidden)]
    fn finish<'a>(self: Box<Self>, loader: &'a mut Loader<'_, '_>) -> BoxFuture<'a, Result<Pile<O>>>;
}

/// Runs the statements of the next level.
#[doc(hidden)]
pub struct Loader<'a, 'l> {
    pub(crate) lease: &'a mut Lease<'l>,
    pub(crate) at: &'static Location<'static>,
}

impl std::fmt::Debug for Loader<'_, '_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Loader").finish_non_exhaustive()
    }
}

impl Loader<'_, '_> {
    /// Runs a select and passes its rows to `gather`.
    pub(crate) async fn run<O>(&mut self, select: Box<Select>, gather: &mut dyn Gather<O>) -> Result<()> {
        let labels = Labels::of(&select);
        let mut read = |cells: &mut Cells<'_, '_>| gather.read(cells);
        let mut rows = Each::new(&mut read);
        self.lease.run(Command::Select(select), &mut rows, self.at).await?;
        rows.finish(|index| labels.at(index))
    }
}

/// Runs a select according to a plan.
pub(crate) async fn fetch_graph<O>(
    mut select: Box<Select>,
    plan: &dyn Plan<O>,
    lease: &mut Lease<'_>,
    at: &'static Location<'static>,
) -> Result<Vec<O>> {
    let mut gather = start(plan, &mut select);
    let mut loader = Loader { lease, at };
    loader.run(select, &mut *gather).await?;
    Ok(gather.finish(&mut loader).await?.into_vec())
}

/// Sets the projection of a select to what a plan needs.
pub(crate) fn start<O>(plan: &dyn Plan<O>, select: &mut Select) -> Box<dyn Gather<O>> {
    let mut items = Vec::with_capacity(4);
    plan.items(Source::table(select.base), &mut items);
    select.projection = Projection::Items(items);
    plan.gather()
}

/// How the rows of a query become values.
pub(crate) enum Reader<O> {
    /// Row by row.
    Rows(Read<O>),
    /// Together with their relations.
    Graph(Arc<dyn Plan<O>>),
}

impl<O> Clone for Reader<O> {
    fn clone(&self) -> Self {
        match self {
            Reader::Rows(read) => Reader::Rows(*read),
            Reader::Graph(plan) => Reader::Graph(plan.clone()),
        }
    }
}

impl<O: Send + 'static> Reader<O> {
    /// Converts the reader into a plan over rows of `T`.
    pub(crate) fn into_plan<T: Model>(self) -> Arc<dyn Plan<O>> {
        match self {
            Reader::Rows(read) => Arc::new(Root::<T, O> { read, _model: PhantomData }),
            Reader::Graph(plan) => plan,
        }
    }
}

/// The plan of the row itself.
pub(super) struct Root<T, O> {
    read: Read<O>,
    _model: PhantomData<fn() -> T>,
}

impl<T: Model, O: Send + 'static> Plan<O> for Root<T, O> {
    fn items(&self, source: Source, items: &mut Vec<Item>) {
        items.push(Item::Row(source, T::table()));
    }

    fn gather(&self) -> Box<dyn Gather<O>> {
        Box::new(InRow::new(self.read))
    }
}

/// Reads values that are in the row.
pub(crate) struct InRow<O> {
    rows: Pile<O>,
    read: Read<O>,
}

impl<O> InRow<O> {
    pub(crate) fn new(read: Read<O>) -> Self {
        InRow { rows: Pile::default(), read }
    }
}

impl<O: Send + 'static> Gather<O> for InRow<O> {
    fn read(&mut self, cells: &mut Cells<'_, '_>) -> Result<(), Fault> {
        self.rows.push((self.read)(cells)?);
        Ok(())
    }

    fn finish<'a>(self: Box<Self>, _loader: &'a mut Loader<'_, '_>) -> BoxFuture<'a, Result<Pile<O>>> {
        Box::pin(async move { Ok(self.rows) })
    }
}

/// Two plans over the same row, whose values are combined.
pub(crate) struct Zip<A, B, O> {
    pub(crate) left: Arc<dyn Plan<A>>,
    pub(crate) right: Arc<dyn Plan<B>>,
    pub(crate) join: fn(A, B) -> O,
}

impl<A: Send + 'static, B: Send + 'static, O: Send + 'static> Plan<O> for Zip<A, B, O> {
    fn items(&self, source: Source, items: &mut Vec<Item>) {
        self.left.items(source, items);
        self.right.items(source, items);
    }

    fn gather(&self) -> Box<dyn Gather<O>> {
        Box::new(Zipped { left: self.left.gather(), right: self.right.gather(), join: self.join })
    }
}

struct Zipped<A, B, O> {
    left: Box<dyn Gather<A>>,
    right: Box<dyn Gather<B>>,
    join: fn(A, B) -> O,
}

impl<A: Send + 'static, B: Send + 'static, O: Send + 'static> Gather<O> for Zipped<A, B, O> {
    fn read(&mut self, cells: &mut Cells<'_, '_>) -> Result<(), Fault> {
        self.left.read(cells)?;
        self.right.read(cells)
    }

    fn finish<'a>(self: Box<Self>, loader: &'a mut Loader<'_, '_>) -> BoxFuture<'a, Result<Pile<O>>> {
        Box::pin(async move {
            let left = self.left.finish(loader).await?;
            let right = self.right.finish(loader).await?;
            Ok(left
                .into_rows()
                .zip(right.into_rows())
                .map(|(left, right)| (self.join)(left, right))
                .collect())
        })
    }
}
