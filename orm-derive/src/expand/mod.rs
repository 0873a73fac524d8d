//! Generates the code of a model. Nothing in here can fail.
//!
//! The items that users name are in the same scope as the model: the struct of columns and the builder. The rest is
//! inside a `const _`, in which `__orm` is the façade's module for generated code. All internal names begin with `__`,
//! and everything else is named by a full path, so that it neither conflicts with names in the user's module nor hides
//! them.

pub(crate) mod asserts;
pub(crate) mod columns;
mod embeds;
pub(crate) mod fields;
mod insert;
mod keys;
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
use crate::scope::scope;
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
        model::implementations(model),
        fields::implementations(model),
        selection::implementation(model),
        relations::expand(model),
        of_insert,
        asserts::expand(model),
    ];
    let implementations = scope(krate, quote!(#(#items)*));
    quote! {
        #fields
        #insert
        #setters
        #implementations
    }
}

/// Returns the stub of a model with mistakes, with the same interface but no implementation, so that its uses are not
/// reported as well.
pub(crate) fn stub(mut model: Model<'_>) -> TokenStream {
    if model.generics.params.is_empty() {
        model.mend();
        expand(&model)
    } else {
        stub::generic(&model)
    }
}

/// Returns the body of a function; for a model with mistakes, a placeholder.
fn body(model: &Model<'_>, code: TokenStream) -> TokenStream {
    if model.broken { quote!(::core::unreachable!()) } else { code }
}

/// Returns the path of the module for generated code, where `__orm` is not in scope.
fn orm(model: &Model<'_>) -> TokenStream {
    let krate = &model.krate;
    quote!(#krate::base)
}

/// Gives tokens a span, at which errors are reported. The content of groups keeps its own.
pub(crate) fn at(span: Span, tokens: TokenStream) -> TokenStream {
    tokens
        .into_iter()
        .map(|mut token| {
            token.set_span(span);
            token
        })
        .collect()
}

/// Returns the mode of a column that is read as declared.
fn declared_mode(column: &Column<'_>) -> TokenStream {
    if column.nullable { quote!(__orm::mode::Nullable) } else { quote!(__orm::mode::Required) }
}

/// Returns an `Option` as tokens.
fn option(value: Option<impl ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}

/// Returns positions as a slice of `u16`.
fn positions(indexes: &[usize]) -> TokenStream {
    let positions = indexes.iter().map(|&index| u16::try_from(index).unwrap_or(u16::MAX));
    quote!(&[#(#positions),*])
}
