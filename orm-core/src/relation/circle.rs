//! Graphs that contain each other in a cycle, so that loading them would never end.

use std::any::{TypeId, type_name};
use std::cell::RefCell;
use std::marker::PhantomData;
use std::sync::Arc;

use super::pile::Pile;
use super::{Gather, Loader, Plan};
use crate::driver::BoxFuture;
use crate::error::{Error, ErrorKind, Result};
use crate::syntax::{Item, Node, Source};
use crate::value::{Cells, Datum, Fault};

thread_local! {
    static MAKING: RefCell<Making> = RefCell::default();
}

/// The graphs whose plans are being built, each as a part of the previous one.
#[derive(Default)]
struct Making {
    graphs: Vec<(TypeId, &'static str)>,
    /// The error for all of them, once a circle was found.
    circle: Option<Box<str>>,
}

/// Builds the plan of a graph. If the graph contains itself, directly or through others, running the plan is an error.
#[doc(hidden)]
pub fn finite<G: Send + 'static>(make: impl FnOnce() -> Arc<dyn Plan<G>>) -> Arc<dyn Plan<G>> {
    let made = match Inside::enter::<G>() {
        Ok(inside) => {
            let plan = make();
            // The outermost plan is refused, too, so that the error does not depend on which rows there are.
            inside.circle().map_or(Ok(plan), Err)
        }
        Err(circle) => Err(circle),
    };
    made.unwrap_or_else(|why| Arc::new(Endless { why, _graph: PhantomData }))
}

/// Guard that exists while the plan of a graph is being built.
struct Inside;

impl Inside {
    fn enter<G: 'static>() -> std::result::Result<Self, Box<str>> {
        let this = (TypeId::of::<G>(), type_name::<G>());
        MAKING.with_borrow_mut(|making| match making.graphs.iter().position(|graph| *graph == this) {
            None => {
                making.graphs.push(this);
                Ok(Inside)
            }
            Some(first) => {
                let names: Vec<&str> =
                    making.graphs[first..].iter().chain([&this]).map(|(_, name)| *name).collect();
                let why = circle(&names.join("` holds `")).into_boxed_str();
                making.circle = Some(why.clone());
                Err(why)
            }
        })
    }

    fn circle(&self) -> Option<Box<str>> {
        MAKING.with_borrow(|making| making.circle.clone())
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        MAKING.with_borrow_mut(|making| {
            making.graphs.pop();
            if making.graphs.is_empty() {
                making.circle = None;
            }
        });
    }
}

fn circle(names: &str) -> String {
    format!(
        "the graph `{names}`: loading it would never end, because it contains itself; leave out one of these \
         fields, or let it hold plain rows or a `Tree`"
    )
}

/// The plan of an infinite graph. Its statement is refused before it is sent.
struct Endless<G> {
    why: Box<str>,
    _graph: PhantomData<fn() -> G>,
}

impl<G: Send + 'static> Plan<G> for Endless<G> {
    fn items(&self, _: Source, items: &mut Vec<Item>) {
        items.push(Item::Node(Node::Value(Datum::Unwritable(self.why.clone()))));
    }

    fn gather(&self) -> Box<dyn Gather<G>> {
        Box::new(Endless { why: self.why.clone(), _graph: PhantomData })
    }
}

impl<G: Send + 'static> Gather<G> for Endless<G> {
    fn read(&mut self, _: &mut Cells<'_, '_>) -> std::result::Result<(), Fault> {
        Ok(())
    }

    fn finish<'a>(self: Box<Self>, _: &'a mut Loader<'_, '_>) -> BoxFuture<'a, Result<Pile<G>>> {
        Box::pin(async move { Err(Error::new(ErrorKind::InvalidQuery, self.why)) })
    }
}
