//! `#[derive(Insert)]` and `#[derive(Patch)]`: client input as structs.

mod insert;
mod patch;

use proc_macro2::TokenStream;
use syn::{DeriveInput, Field, Generics, Ident, Path, Visibility, parse_quote};

use crate::attr::{FormAttrs, FormFieldAttrs};
use crate::context::Ctxt;
use crate::model::optional;
use crate::named_fields::named_fields;

/// A struct and its attributes.
struct Form<'a> {
    ident: &'a Ident,
    vis: &'a Visibility,
    generics: &'a Generics,
    krate: Path,
    model: Path,
    /// The fields that are columns.
    fields: Vec<Column<'a>>,
}

/// A field that is a column.
struct Column<'a> {
    name: &'a Ident,
    field: &'a Field,
    /// Whether `None` leaves the column of a new row to its default.
    default: bool,
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
    let fields = named_fields(cx, input, rule);
    if fields.is_empty() {
        return None;
    }
    let fields = fields.into_iter().filter_map(|(name, field)| column(cx, name, field)).collect();
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

/// Reads a field; `None` if it is not a column.
fn column<'a>(cx: &Ctxt, name: &'a Ident, field: &'a Field) -> Option<Column<'a>> {
    let FormFieldAttrs { default, skips } = FormFieldAttrs::read(cx, &field.attrs);
    let is_optional = optional(&field.ty).is_some();
    if let Some(default) = default.as_ref().filter(|_| !is_optional) {
        let message = format!("`default` is for an `Option`, whose `None` leaves `{name}` to its default");
        cx.error(&default.name, message);
    }
    (!skips).then_some(Column { name, field, default: default.is_some() && is_optional })
}
