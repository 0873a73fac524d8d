//! Plans that load at most one related row for each row.

use std::sync::Arc;

use super::children::Children;
use super::ends::Ends;
use super::gather::Loader;
use super::pile::Pile;
use super::{Gather, Plan};
use crate::driver::BoxFuture;
use crate::error::{Error, ErrorKind, Result};
use crate::mode::Mode;
use crate::model::Model;
use crate::schema::Link;
use crate::syntax::{Item, Path, Select, Source, Step, path_steps};
use crate::value::{Cells, Fault};

/// The link of a path, if it has only one.
pub(super) fn step(path: Path) -> Option<Link> {
    match path_steps(path).as_slice() {
        [(_, Step::Relation(link))] => Some(*link),
        _ => None,
    }
}

/// The row of `T` that a link leads to from a row in memory.
pub(super) fn target_of<T: Model, N: Mode, O: Send + 'static>(
    link: Link,
    plan: Arc<dyn Plan<O>>,
) -> Arc<dyn Plan<N::Of<O>>> {
    only::<T, N, O>(Ends::of(link, 0), plan)
}

/// The row of `T` that belongs to a row in memory, if there is at most one.
pub(super) fn only<T: Model, N: Mode, O: Send + 'static>(
    ends: Ends,
    plan: Arc<dyn Plan<O>>,
) -> Arc<dyn Plan<N::Of<O>>> {
    let rows = Children {
        from: Source::nowhere().path,
        ends,
        select: Select::new(T::table()),
        plan,
        at_most_one: true,
    };
    Arc::new(Only { rows: Arc::new(rows), only: first::<T, N, O> })
}

fn first<T: Model, N: Mode, O: Send + 'static>(rows: Vec<O>) -> Result<N::Of<O>> {
    let found = rows.into_iter().next().map(N::present).or_else(N::absent);
    found.ok_or_else(|| {
        let message = format!(
            "a required related row of `{}` was not found: it does not exist, or is hidden, as by a scope or \
             a soft delete",
            T::table().model
        );
        Error::new(ErrorKind::NotFound, message)
    })
}

/// A plan of at most one row each.
struct Only<A, O> {
    rows: Arc<dyn Plan<Vec<A>>>,
    only: fn(Vec<A>) -> Result<O>,
}

impl<A: Send + 'static, O: Send + 'static> Plan<O> for Only<A, O> {
    fn items(&self, source: Source, items: &mut Vec<Item>) {
        self.rows.items(source, items);
    }

    fn gather(&self) -> Box<dyn Gather<O>> {
        Box::new(OnlyRows { rows: self.rows.gather(), only: self.only })
    }
}

struct OnlyRows<A, O> {
    rows: Box<dyn Gather<Vec<A>>>,
    only: fn(Vec<A>) -> Result<O>,
}

impl<A: Send + 'static, O: Send + 'static> Gather<O> for OnlyRows<A, O> {
    fn read(&mut self, cells: &mut Cells<'_, '_>) -> Result<(), Fault> {
        self.rows.read(cells)
    }

    fn finish<'a>(self: Box<Self>, loader: &'a mut Loader<'_, '_>) -> BoxFuture<'a, Result<Pile<O>>> {
        Box::pin(async move { self.rows.finish(loader).await?.into_rows().map(self.only).collect() })
    }
}
