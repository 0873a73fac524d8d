//! From the model to code. Nothing in here can fail.
//!
//! What users name stands beside the model: the struct of columns and the builder. The rest is inside a `const _`, in
//! which `__orm` is the façade's module for generated code. Every name of our own begins with `__`, and everything
//! else is named by a full path, so that nothing in the user's module can get in the way, nor be hidden.

pub(crate) mod asserts;
pub(crate) mod columns;
mod embeds;
pub(crate) mod fields;
mod insert;
mod model;
mod one_of;
mod relations;
mod selection;
mod setters;
mod stub;
pub(crate) mod table;
mod to_unique;
mod view;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};

use crate::model::{Column, Model};
pub(crate) use relations::is_model;
pub(crate) use setters::is_reserved;

/// The code of a model.
pub(crate) fn expand(model: &Model<'_>) -> TokenStream {
    let krate = &model.krate;
    let fields = fields::structure(model);
    let (insert, setters, of_insert) = if model.view {
        (TokenStream::new(), TokenStream::new(), view::implementation(model))
    } else {
        (insert::structure(model), setters::expand(model), insert::implementations(model))
    };
    let items = [
        model::implementation(model),
        fields::implementations(model),
        selection::implementation(model),
        relations::expand(model),
        of_insert,
        asserts::expand(model),
    ];
    quote! {
        #fields
        #insert
        #setters
        const _: () = {
            use #krate::base as __orm;
            #(#items)*
        };
    }
}

/// The code that stands in for a model with mistakes, so that what uses it is not reported as well: the same
/// interface, with nothing behind it.
pub(crate) fn stub(mut model: Model<'_>) -> TokenStream {
    if model.generics.params.is_empty() {
        model.mend();
        expand(&model)
    } else {
        stub::generic(&model)
    }
}

/// The body of a function: of a model with mistakes, none.
fn body(model: &Model<'_>, code: TokenStream) -> TokenStream {
    if model.broken { quote!(::core::unreachable!()) } else { code }
}

/// The path of the module for generated code, where `__orm` is not in scope.
fn orm(model: &Model<'_>) -> TokenStream {
    let krate = &model.krate;
    quote!(#krate::base)
}

/// Tokens as if they stood at `span`: what an error points at. Groups keep what is in them.
pub(crate) fn at(span: Span, tokens: TokenStream) -> TokenStream {
    tokens
        .into_iter()
        .map(|mut token| {
            token.set_span(span);
            token
        })
        .collect()
}

/// The mode of a column that is read as it is declared.
fn declared_mode(column: &Column<'_>) -> TokenStream {
    if column.nullable { quote!(__orm::mode::Nullable) } else { quote!(__orm::mode::Required) }
}

/// An `Option` as tokens.
fn option(value: Option<impl ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}

/// Positions as a list of `u16`.
fn positions(indexes: &[usize]) -> TokenStream {
    let positions = indexes.iter().map(|&index| u16::try_from(index).unwrap_or(u16::MAX));
    quote!(&[#(#positions),*])
}
