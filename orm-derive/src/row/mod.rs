//! `#[derive(Row)]`: structs as query results.

mod expand;

use proc_macro2::TokenStream;
use quote::format_ident;
use syn::ext::IdentExt as _;
use syn::{DeriveInput, Field, Ident, Path, Visibility, parse_quote};

use crate::attr::RowAttrs;
use crate::context::Ctxt;
use crate::named_fields::named_fields;

/// A struct and its attributes.
struct Row<'a> {
    ident: &'a Ident,
    vis: &'a Visibility,
    krate: Path,
    /// The name of the struct of selections.
    columns: Ident,
    fields: Vec<(&'a Ident, &'a Field)>,
}

/// Returns the code of a row.
pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let (row, errors) = Ctxt::run(|cx| read(cx, input));
    match (errors, row) {
        (None, row) => expand::expand(&row),
        // A struct with generic parameters has no stub.
        (Some(errors), _) if !input.generics.params.is_empty() => errors,
        (Some(errors), row) => [errors, expand::expand(&row)].into_iter().collect(),
    }
}

fn read<'a>(cx: &Ctxt, input: &'a DeriveInput) -> Row<'a> {
    let attrs = RowAttrs::read(cx, &input.attrs);
    let ident = &input.ident;
    if !input.generics.params.is_empty() {
        let message = format!("`{ident}` is generic, but a row cannot have type or lifetime parameters");
        cx.error(&input.generics, message);
    }
    let fields = named_fields(cx, input, "a row must be a struct with named fields, one per value");
    for (_, field) in &fields {
        RowAttrs::refuse_on_field(cx, &field.attrs);
    }
    let plain = ident.unraw();
    Row {
        ident,
        vis: &input.vis,
        krate: attrs.krate.map_or_else(|| parse_quote!(::orm), |krate| krate.value),
        columns: attrs
            .fields
            .map_or_else(|| format_ident!("{plain}Fields", span = plain.span()), |fields| fields.value),
        fields,
    }
}
