//! The table as data.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;

use super::{declared_mode, embeds, option, positions, relations};
use crate::attr::{Condition, DefaultValue};
use crate::model::{Column, FullText, Index, Model, OneOf, Over};

/// Returns a reference to the table.
pub(super) fn expression(model: &Model<'_>) -> TokenStream {
    let name = &model.table.text;
    let model_name = model.ident.unraw().to_string();
    let view = model.view;
    let renamed_from = option(model.renamed_from.as_ref());
    let schema = option(model.schema.as_ref());
    let bind = option(model.bind.as_ref());
    let columns: Vec<TokenStream> = model.columns.iter().map(column).collect();
    let sensitive = embeds::sensitive(model);
    let columns = embeds::table(model, &columns);
    let key = positions(&model.key);
    let uniques = model.uniques.iter().map(index);
    let indexes = model.indexes.iter().map(index);
    let full_texts = model.full_texts.iter().map(full_text);
    let checks = model.checks.iter().map(check);
    let keys = (0..model.foreign_keys.len()).map(relations::key_name);
    let one_of = model.one_of.iter().map(alternatives);
    let comment = option(model.comment.as_ref());
    let storage = storage(model);
    let soft_delete = option(model.soft_delete.map(|index| deletion_mark(&model.columns[index])));
    quote! {
        static __TABLE: __orm::schema::Table = __orm::schema::Table {
            model: #model_name,
            name: #name,
            view: #view,
            quoted: __orm::schema::Quoted::new(#name),
            renamed_from: #renamed_from,
            schema: #schema,
            bind: #bind,
            columns: #columns,
            remembered: __orm::schema::Remembered::new(),
            primary_key: #key,
            soft_delete: #soft_delete,
            uniques: &[#(#uniques),*],
            indexes: &[#(#indexes),*],
            full_texts: &[#(#full_texts),*],
            checks: &[#(#checks),*],
            foreign_keys: &[#(&#keys),*],
            one_of: &[#(#one_of),*],
            storage: #storage,
            comment: #comment,
            sensitive: #sensitive,
        };
        &__TABLE
    }
}

fn storage(model: &Model<'_>) -> TokenStream {
    if [&model.engine, &model.charset, &model.collation].iter().all(|given| given.is_none()) {
        return quote!(__orm::schema::Storage::NONE);
    }
    let (engine, charset) = (option(model.engine.as_ref()), option(model.charset.as_ref()));
    let collation = option(model.collation.as_ref());
    quote!(__orm::schema::Storage { engine: #engine, charset: #charset, collation: #collation })
}

fn deletion_mark(column: &Column<'_>) -> TokenStream {
    let (position, now) = (column.position(), now(column));
    quote!(__orm::schema::DeletionMark { column: #position, now: #now })
}

fn check(check: &Condition) -> TokenStream {
    let (name, condition) = (option(check.name.as_ref()), &check.sql);
    quote!(__orm::schema::Check { name: #name, condition: #condition })
}

fn alternatives(one_of: &OneOf) -> TokenStream {
    let name = one_of.name.unraw().to_string();
    let keys = one_of.keys.iter().map(|&key| relations::key_name(key));
    quote!(__orm::schema::Alternatives { name: #name, keys: &[#(&#keys),*] })
}

fn index(index: &Index) -> TokenStream {
    let name = option(index.name.as_ref());
    let parts = index.parts.iter().map(|part| {
        let position = |index: usize| u16::try_from(index).unwrap_or(u16::MAX);
        let over = match &part.over {
            Over::Column(index) => {
                let index = position(*index);
                quote!(__orm::schema::IndexPart::Whole(#index))
            }
            Over::Prefix(index, length, _) => {
                let index = position(*index);
                quote!(__orm::schema::IndexPart::Prefix(#index, #length))
            }
            Over::Expression(expression, _) => quote!(__orm::schema::IndexPart::Expression(#expression)),
        };
        if part.descending { quote!(__orm::schema::IndexPart::Descending(&#over)) } else { over }
    });
    let condition = option(index.condition.as_ref());
    quote!(__orm::schema::Index { name: #name, parts: &[#(#parts),*], condition: #condition })
}

fn full_text(index: &FullText) -> TokenStream {
    let (name, parser) = (option(index.name.as_ref()), option(index.parser.as_ref()));
    let columns = positions(&index.columns);
    quote!(__orm::schema::FullText { name: #name, columns: #columns, parser: #parser })
}

/// Returns a column, with what it has beyond a plain one.
pub(crate) fn column(column: &Column<'_>) -> TokenStream {
    let field = column.field_name();
    let (name, ty, attrs) = (&column.name.text, &column.ty, &column.attrs);
    let flags = [
        ("nullable", column.nullable),
        ("auto", attrs.auto.is_some()),
        ("unique", attrs.unique.is_some()),
        ("index", attrs.index.is_some()),
        ("version", attrs.version.is_some()),
        ("sensitive", attrs.sensitive.is_some()),
        ("computed_when_read", attrs.computed_when_read.is_some()),
        ("scoped", attrs.scoped.is_some()),
    ];
    let flags = flags.into_iter().filter(|&(_, set)| set).map(|(name, _)| (name, quote!(true)));
    let texts = [
        ("renamed_from", &attrs.renamed_from),
        ("sql_type", &attrs.sql_type),
        ("server_default", &attrs.server_default),
        ("generated", &attrs.generated),
        ("collation", &attrs.collation),
        ("comment", &attrs.comment),
    ];
    let texts =
        texts.into_iter().filter_map(|(name, text)| Some((name, text.as_ref()?.value.to_token_stream())));
    let values = [
        (
            "length",
            attrs.length.as_ref().map(|length| {
                let length = length.value;
                quote!(#length)
            }),
        ),
        (
            "precision",
            attrs.precision.as_ref().map(|precision| {
                let (digits, scale) = precision.value;
                quote!((#digits, #scale))
            }),
        ),
        ("default", attrs.default.as_ref().map(|default| default_value(column, &default.value))),
        ("on_update", attrs.now_on_update.as_ref().map(|_| now(column))),
    ];
    let values = values.into_iter().filter_map(|(name, value)| Some((name, value?)));
    let settings: Vec<TokenStream> = flags
        .chain(texts.chain(values).map(|(name, value)| (name, option(Some(value)))))
        .map(|(name, value)| {
            let name = proc_macro2::Ident::new(name, proc_macro2::Span::call_site());
            quote!(__column.#name = #value;)
        })
        .collect();
    let kind = match column.json {
        Some(_) => quote!(__orm::value::Kind::JsonDocument),
        None => quote!(<#ty as __orm::value::Value>::KIND),
    };
    let plain = quote!(__orm::schema::ColumnDef::new(#field, #name, #kind));
    if settings.is_empty() {
        return plain;
    }
    // A literal with `..` would require every field to be public.
    quote!({ let mut __column = #plain; #(#settings)* __column })
}

fn now(column: &Column<'_>) -> TokenStream {
    let ty = &column.ty;
    quote!(|| <#ty as __orm::value::Value>::into_datum(<#ty as __orm::value::Now>::now()))
}

/// Checks the default like a value that is assigned to the column.
fn default_value(column: &Column<'_>, value: &DefaultValue) -> TokenStream {
    let value = match value {
        DefaultValue::Now => return now(column),
        DefaultValue::Value(value) => value,
    };
    let (ty, mode) = (&column.ty, declared_mode(column));
    let node = quote_spanned!(value.span()=> <_ as __orm::expression::Assign<#ty, #mode>>::node(#value));
    quote! {
        || match #node {
            __orm::syntax::Node::Value(__value) => __value,
            _ => __orm::value::Datum::Null,
        }
    }
}
