//! `#[derive(Embed)]`: types whose fields become columns of the models that embed them.

mod expand;
mod variants;

use proc_macro2::TokenStream;
use quote::format_ident;
use syn::ext::IdentExt as _;
use syn::{Data, DeriveInput, Field, Ident, Path, Visibility, parse_quote};

use self::variants::Variants;
use crate::attr::{EmbedAttrs, FieldAttrs};
use crate::check::check_column;
use crate::context::Ctxt;
use crate::model::{Column, column};
use crate::named_fields::named_fields;

/// The attributes that concern a single column; keys, relations and what the server fills in belong to a model.
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

/// A type and its attributes.
struct Embed<'a> {
    ident: &'a Ident,
    vis: &'a Visibility,
    krate: Path,
    /// The name of the struct of columns.
    fields: Ident,
    columns: Vec<Column<'a>>,
}

/// Returns the code.
pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let ((attrs, variants), errors) = Ctxt::run(|cx| {
        let attrs = EmbedAttrs::read(cx, &input.attrs);
        let variants = match &input.data {
            Data::Enum(data) => Some(Variants::read(cx, input, data, &attrs)),
            _ => None,
        };
        (attrs, variants)
    });
    let fields: Vec<Field> = variants.as_ref().map(Variants::fields).unwrap_or_default();
    let (embed, more) = Ctxt::run(|cx| {
        let fields = match &variants {
            Some(_) => fields.iter().filter_map(|field| Some((field.ident.as_ref()?, field))).collect(),
            None => of_struct(cx, input, &attrs),
        };
        read(cx, input, attrs, fields)
    });
    let are_words_wrong = variants.as_ref().is_some_and(|variants| !variants.have_words());
    let broken = errors.is_some() || more.is_some() || are_words_wrong;
    // A type with generic parameters has no stub.
    let code = input.generics.params.is_empty().then(|| match &variants {
        Some(variants) => variants.expand(&embed, broken),
        None => expand::expand(&embed, expand::functions_of_struct(&embed, broken), broken, false),
    });
    errors.into_iter().chain(more).chain(code).collect()
}

fn of_struct<'a>(cx: &Ctxt, input: &'a DeriveInput, attrs: &EmbedAttrs) -> Vec<(&'a Ident, &'a Field)> {
    if let Some(tag) = &attrs.tag {
        cx.error(&tag.name, "`tag` is only for enums: it names the column that stores the variant");
    }
    if let Some(kind) = &attrs.kind {
        cx.error(
            &kind.name,
            "`kind` is only for enums: it names a type for the variants without their fields",
        );
    }
    named_fields(
        cx,
        input,
        "an embedded type must be a struct with named fields, one per column, or an enum whose variants have such fields",
    )
}

fn read<'a>(
    cx: &Ctxt,
    input: &'a DeriveInput,
    attrs: EmbedAttrs,
    fields: Vec<(&'a Ident, &'a Field)>,
) -> Embed<'a> {
    let ident = &input.ident;
    if !input.generics.params.is_empty() {
        let message =
            format!("`{ident}` is generic, but an embedded type cannot have type or lifetime parameters");
        cx.error(&input.generics, message);
    }
    let krate: Path = attrs.krate.map_or_else(|| parse_quote!(::orm), |krate| krate.value);
    let mut columns = Vec::new();
    for (name, field) in fields {
        let attrs = FieldAttrs::read(cx, field);
        for name in attrs.names.iter().filter(|name| !OF_COLUMNS.contains(&name.to_string().as_str())) {
            let message = format!(
                "`{name}` is only for the fields of a model: an embedded type only has columns, without keys, indexes \
                or relations"
            );
            cx.error(name, message);
        }
        let fills_in = |name: &&Ident| *name == "default" || *name == "on_update";
        for name in attrs.names.iter().filter(fills_in).filter(|_| matches!(input.data, Data::Enum(_))) {
            cx.error(
                name,
                format!("`{name}` cannot be used in an enum: a variant is always set as a whole, so there is nothing to \
                fill in"),
            );
        }
        if let Some(action) = &attrs.on_update {
            cx.error(
                &action.name,
                "an embedded type has no foreign keys, so `on_update` can only be `now`: write \
            `on_update = now`",
            );
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
