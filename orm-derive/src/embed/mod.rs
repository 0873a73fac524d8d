//! `#[derive(Embed)]`: structs whose fields are columns of the models that have them.

mod expand;

use proc_macro2::TokenStream;
use quote::format_ident;
use syn::ext::IdentExt as _;
use syn::{DeriveInput, Ident, Path, Visibility, parse_quote};

use crate::attr::{FieldAttrs, RowAttrs};
use crate::check::check_column;
use crate::context::Ctxt;
use crate::model::{Column, column};
use crate::named_fields::named_fields;

/// What is about a column by itself; keys, relations and what the server fills in belong to a model.
const OF_COLUMNS: [&str; 10] = [
    "column",
    "length",
    "precision",
    "sql_type",
    "collation",
    "json",
    "sensitive",
    "comment",
    "default",
    "on_update",
];

/// What a struct says of itself.
struct Embed<'a> {
    ident: &'a Ident,
    vis: &'a Visibility,
    krate: Path,
    /// The name of the struct of columns.
    fields: Ident,
    columns: Vec<Column<'a>>,
}

/// The code.
pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let (embed, errors) = Ctxt::run(|cx| read(cx, input));
    // A struct with parameters has no code that could stand in.
    let code = input.generics.params.is_empty().then(|| expand::expand(&embed, errors.is_some()));
    errors.into_iter().chain(code).collect()
}

fn read<'a>(cx: &Ctxt, input: &'a DeriveInput) -> Embed<'a> {
    let attrs = RowAttrs::read(cx, &input.attrs);
    let ident = &input.ident;
    if !input.generics.params.is_empty() {
        let message = format!("`{ident}` is generic: its columns are known, so its type has no parameters");
        cx.error(&input.generics, message);
    }
    let krate: Path = attrs.krate.map_or_else(|| parse_quote!(::orm), |krate| krate.value);
    let mut columns = Vec::new();
    for (name, field) in
        named_fields(cx, input, "what is embedded is a struct with named fields, one per column")
    {
        let attrs = FieldAttrs::read(cx, field);
        for name in attrs.names.iter().filter(|name| !OF_COLUMNS.contains(&name.to_string().as_str())) {
            let message = format!(
                "`{name}` is for the fields of a model: an embedded struct has columns, and nothing else"
            );
            cx.error(name, message);
        }
        if let Some(action) = &attrs.on_update {
            cx.error(&action.name, "an embedded struct has no foreign keys: write `on_update = now`");
        }
        columns.push(column(field, name, columns.len(), attrs, &krate));
    }
    for column in &columns {
        check_column(cx, column);
    }
    let plain = ident.unraw();
    let fields = attrs
        .fields
        .map_or_else(|| format_ident!("{plain}Fields", span = plain.span()), |fields| fields.value);
    Embed { ident, vis: &input.vis, krate, fields, columns }
}
