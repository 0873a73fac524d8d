//! The fields of a struct.

use proc_macro2::Span;
use syn::{Data, DeriveInput, Field, Fields, Ident};

use crate::context::Ctxt;

/// Returns the fields, if the input is a struct with named fields; `rule` says why it must be one.
pub(crate) fn named_fields<'a>(cx: &Ctxt, input: &'a DeriveInput, rule: &str) -> Vec<(&'a Ident, &'a Field)> {
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
    cx.error_at(at, format!("`{}` is {what}: {rule}", input.ident));
    Vec::new()
}
