//! The attributes of `#[derive(Graph)]`.

use syn::spanned::Spanned as _;
use syn::{Attribute, Expr, ExprClosure, Path};

use super::entry::{Entry, Given};
use super::names::{ON_GRAPH, ON_GRAPH_FIELD, unknown, usage};
use super::read::{self, Attr, once};
use crate::context::Ctxt;

/// Returns the path of the façade crate that the struct gives.
pub(crate) fn graph_crate(cx: &Ctxt, attrs: &[Attribute]) -> Option<Path> {
    let mut krate: Option<Attr<Path>> = None;
    for entry in super::entry::entries(cx, attrs) {
        match entry.name.to_string().as_str() {
            "crate" => once(cx, &mut krate, entry, |entry| super::crate_path(cx, entry)),
            _ => unknown(cx, &entry.name, ("the struct", ON_GRAPH), &[("a field", ON_GRAPH_FIELD)]),
        }
    }
    krate.map(|krate| krate.value)
}

/// The attributes of a field.
#[derive(Default)]
pub(crate) struct GraphFieldAttrs {
    /// `root`.
    pub(crate) root: Option<Attr<()>>,
    /// `load = |u| u.posts()`.
    pub(crate) load: Option<Attr<ExprClosure>>,
}

impl GraphFieldAttrs {
    /// Reads the attributes of a field.
    pub(crate) fn read(cx: &Ctxt, attrs: &[Attribute]) -> Self {
        let mut read = GraphFieldAttrs::default();
        for entry in super::entry::entries(cx, attrs) {
            let name = entry.name.to_string();
            let how = usage(ON_GRAPH_FIELD, &name);
            match name.as_str() {
                "root" => once(cx, &mut read.root, entry, read::flag),
                "load" => once(cx, &mut read.load, entry, |entry| closure(entry, how)),
                _ => unknown(
                    cx,
                    &entry.name,
                    ("a field of a graph", ON_GRAPH_FIELD),
                    &[("the struct", ON_GRAPH)],
                ),
            }
        }
        read
    }
}

fn closure(entry: &Entry, how: &str) -> Result<ExprClosure, syn::Error> {
    match &entry.value {
        Given::Value(Expr::Closure(closure)) if closure.inputs.len() == 1 => Ok(closure.clone()),
        Given::Value(other) => Err(syn::Error::new(other.span(), format!("`load` needs a closure: `{how}`"))),
        _ => Err(read::malformed(entry, how)),
    }
}
