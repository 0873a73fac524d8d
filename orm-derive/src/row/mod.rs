//! `#[derive(Row)]`: results of one's own.

mod expand;

use proc_macro2::{Span, TokenStream};
use quote::format_ident;
use syn::ext::IdentExt as _;
use syn::{Data, DeriveInput, Field, Fields, Ident, Path, Visibility, parse_quote};

use crate::attr::RowAttrs;
use crate::context::Ctxt;

/// What a struct says of itself.
struct Row<'a> {
    ident: &'a Ident,
    vis: &'a Visibility,
    krate: Path,
    /// The name of the struct of selections.
    columns: Ident,
    fields: Vec<(&'a Ident, &'a Field)>,
}

/// The code of a row.
pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let (row, errors) = Ctxt::run(|cx| read(cx, input));
    match (errors, row) {
        (None, row) => expand::expand(&row),
        // A struct with parameters has no code that could stand in.
        (Some(errors), _) if !input.generics.params.is_empty() => errors,
        (Some(errors), row) => [errors, expand::expand(&row)].into_iter().collect(),
    }
}

fn read<'a>(cx: &Ctxt, input: &'a DeriveInput) -> Row<'a> {
    let attrs = RowAttrs::read(cx, &input.attrs);
    let ident = &input.ident;
    if !input.generics.params.is_empty() {
        let message =
            format!("`{ident}` is generic: what a row is read as is known, so its type has no parameters");
        cx.error(&input.generics, message);
    }
    let fields = named_fields(cx, input);
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

/// The fields, if the input is a struct that has some with names.
fn named_fields<'a>(cx: &Ctxt, input: &'a DeriveInput) -> Vec<(&'a Ident, &'a Field)> {
    let (what, at): (&str, Span) = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) if !fields.named.is_empty() => {
                return fields
                    .named
                    .iter()
                    .filter_map(|field| Some((field.ident.as_ref()?, field)))
                    .collect();
            }
            Fields::Unnamed(_) => ("a tuple struct", data.struct_token.span),
            Fields::Named(_) | Fields::Unit => ("a struct without fields", data.struct_token.span),
        },
        Data::Enum(data) => ("an enum", data.enum_token.span),
        Data::Union(data) => ("a union", data.union_token.span),
    };
    let message =
        format!("`{}` is {what}: a row is read as a struct with named fields, one per value", input.ident);
    cx.error_at(at, message);
    Vec::new()
}
