//! Checks for the compiler: that a user-defined type fits the attributes of its column.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;

use crate::model::{Column, Model, Shape};

/// The checks.
pub(super) fn expand(model: &Model<'_>) -> TokenStream {
    if model.broken {
        return TokenStream::new();
    }
    let unknown = model
        .columns
        .iter()
        .filter(|column| column.json.is_none() && Shape::of(&column.ty) == Shape::Unknown);
    let asserts = |column: &Column<'_>| {
        let mut asserts = column_asserts(column, !model.view && model.in_key(column));
        asserts.extend(model.in_full_text(column).then(|| is_text(column)));
        asserts
    };
    unknown.flat_map(asserts).collect()
}

fn is_text(column: &Column<'_>) -> TokenStream {
    let ty = &column.ty;
    let message = format!(
        "`{}` is part of a full-text index, which needs text columns, but its type is not text",
        column.field_name()
    );
    let is_text = quote!(::core::matches!(<#ty as __orm::value::Value>::KIND, __orm::value::Kind::Text));
    quote_spanned!(ty.span()=> const _: () = ::core::assert!(#is_text, #message);)
}

/// Returns the checks of a column whose tokens do not tell its type.
pub(crate) fn column_asserts(column: &Column<'_>, in_key: bool) -> Vec<TokenStream> {
    let attrs = &column.attrs;
    let name = column.field_name();
    let kind = |test: &str| {
        let (ty, test) = (&column.ty, quote::format_ident!("{test}"));
        quote!(<#ty as __orm::value::Value>::KIND.#test())
    };
    let mut asserts = Vec::new();
    let mut assert = |condition: TokenStream, message: String| {
        let span = column.ty.span();
        asserts.push(quote_spanned!(span=> const _: () = ::core::assert!(#condition, #message);));
    };
    if attrs.version.is_some() {
        assert(kind("is_integer"), format!("the version column `{name}` must be an integer"));
    }
    if attrs.auto.is_some() {
        assert(kind("is_integer"), format!("the auto column `{name}` must be an integer"));
    }
    if attrs.length.is_some() {
        assert(kind("has_length"), format!("`length` is only for text and bytes, and `{name}` is neither"));
    } else if attrs.sql_type.is_none() && in_key {
        let free = kind("has_length");
        let message =
            format!("`{name}` is text or bytes in a key or index, so it needs a length: add `length = 190`");
        assert(quote!(!#free), message);
    }
    if attrs.precision.is_some() {
        let ty = &column.ty;
        let exact = quote!(::core::matches!(<#ty as __orm::value::Value>::KIND, __orm::value::Kind::Numeric));
        assert(exact, format!("`precision` is only for exact decimal numbers, and `{name}` is not one"));
    }
    asserts
}
