//! `#[derive(Insert)]` and `#[derive(Patch)]`: client input as structs.

mod insert;
mod patch;

use proc_macro2::TokenStream;
use syn::{DeriveInput, Field, Generics, Ident, Path, Visibility, parse_quote};

use crate::attr::FormAttrs;
use crate::context::Ctxt;
use crate::named_fields::named_fields;

/// A struct and its attributes.
struct Form<'a> {
    ident: &'a Ident,
    vis: &'a Visibility,
    generics: &'a Generics,
    krate: Path,
    model: Path,
    /// The fields that are columns.
    fields: Vec<(&'a Ident, &'a Field)>,
}

/// Returns the code of a form for new rows.
pub(crate) fn derive_insert(input: &DeriveInput) -> TokenStream {
    derive(input, insert::expand)
}

/// Returns the code of a form for changes.
pub(crate) fn derive_patch(input: &DeriveInput) -> TokenStream {
    derive(input, patch::expand)
}

fn derive(input: &DeriveInput, expand: fn(&Form<'_>) -> TokenStream) -> TokenStream {
    let (form, errors) = Ctxt::run(|cx| read(cx, input));
    let code = form.as_ref().map(expand);
    errors.into_iter().chain(code).collect()
}

/// Reads the struct; `None` if it has no fields, or does not name its model.
fn read<'a>(cx: &Ctxt, input: &'a DeriveInput) -> Option<Form<'a>> {
    let attrs = FormAttrs::read(cx, &input.attrs);
    let ident = &input.ident;
    let rule = "a form must be a struct whose fields have the names of the columns that they set";
    let mut fields = named_fields(cx, input, rule);
    if fields.is_empty() {
        return None;
    }
    fields.retain(|(_, field)| !FormAttrs::skips(cx, &field.attrs));
    let Some(model) = attrs.model else {
        // An attribute that could not be parsed may have been the missing one.
        if cx.count() == 0 {
            let message = format!(
                "`{ident}` does not name the model whose columns it sets: add `#[orm(model = User)]`"
            );
            cx.error(ident, message);
        }
        return None;
    };
    let krate = attrs.krate.map_or_else(|| parse_quote!(::orm), |krate| krate.value);
    Some(Form { ident, vis: &input.vis, generics: &input.generics, krate, model: model.value, fields })
}
