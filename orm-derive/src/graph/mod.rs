//! `#[derive(Graph)]`: a row and its related rows.

mod expand;

use proc_macro2::TokenStream;
use syn::{DeriveInput, ExprClosure, GenericArgument, Ident, Path, PathArguments, Type, parse_quote};

use crate::attr::{GraphFieldAttrs, graph_crate};
use crate::context::Ctxt;
use crate::named_fields::named_fields;

/// A struct and its attributes.
struct Graph<'a> {
    ident: &'a Ident,
    krate: Path,
    root: Root<'a>,
    loaded: Vec<Loaded<'a>>,
}

/// The field of the row itself.
struct Root<'a> {
    field: &'a Ident,
    ty: &'a Type,
}

/// A field that a relation fills.
struct Loaded<'a> {
    field: &'a Ident,
    ty: &'a Type,
    /// The relation, if not the one of the field's name.
    load: Option<ExprClosure>,
}

/// Returns the code of a graph.
pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let (graph, errors) = Ctxt::run(|cx| read(cx, input));
    match (errors, graph) {
        (None, Some(graph)) => expand::expand(&graph),
        // The model of a stub is only known if the root is.
        (Some(errors), Some(graph)) => [errors, expand::stub(&graph)].into_iter().collect(),
        (errors, _) => errors.unwrap_or_default(),
    }
}

fn read<'a>(cx: &Ctxt, input: &'a DeriveInput) -> Option<Graph<'a>> {
    let krate = graph_crate(cx, &input.attrs).unwrap_or_else(|| parse_quote!(::orm));
    let ident = &input.ident;
    if !input.generics.params.is_empty() {
        cx.error(
            &input.generics,
            format!("`{ident}` is generic, but a graph cannot have type or lifetime parameters"),
        );
    }
    let rule = "a graph must be a struct with named fields: one for the row, and one for each relation";
    let mut root: Option<Root<'_>> = None;
    let mut loaded = Vec::new();
    let before = cx.count();
    let fields = named_fields(cx, input, rule);
    for (field, whole) in &fields {
        let attrs = GraphFieldAttrs::read(cx, &whole.attrs);
        let ty = &whole.ty;
        match (attrs.root, attrs.load, &root) {
            (Some(first), Some(_), _) => {
                cx.error(
                    &first.name,
                    "a field cannot have both `root` and `load`: `root` is the row itself, `load` loads a relation",
                );
            }
            (Some(second), None, Some(first)) => {
                cx.error(
                    &second.name,
                    format!("a graph can have only one root, and `{}` is already the root", first.field),
                );
            }
            (Some(_), None, None) => root = Some(Root { field, ty }),
            (None, _, _) if holds(ty, ident) => {
                let tree = format!(
                    "`{ident}` contains itself, so loading it would never end: make the field a `Vec<Tree<..>>`, with \
                    `#[orm(load = |row| row.{field}().tree(|row| row.{field}()))]`"
                );
                cx.error(ty, tree);
            }
            (None, load, _) => loaded.push(Loaded { field, ty, load: load.map(|load| load.value) }),
        }
    }
    // An attribute that could not be parsed may have been the root.
    if root.is_none() && cx.count() == before {
        cx.error(
            ident,
            format!("`{ident}` has no root: mark the field of the row itself with `#[orm(root)]`"),
        );
    }
    Some(Graph { ident, krate, root: root.filter(|_| input.generics.params.is_empty())?, loaded })
}

/// Returns whether a type contains the one of that name.
fn holds(ty: &Type, ident: &Ident) -> bool {
    match ty {
        Type::Path(ty) if ty.path.is_ident(ident) || ty.path.is_ident("Self") => true,
        Type::Path(ty) => ty.path.segments.iter().any(|segment| match &segment.arguments {
            PathArguments::AngleBracketed(generics) => generics
                .args
                .iter()
                .any(|argument| matches!(argument, GenericArgument::Type(ty) if holds(ty, ident))),
            _ => false,
        }),
        Type::Tuple(tuple) => tuple.elems.iter().any(|ty| holds(ty, ident)),
        _ => false,
    }
}
