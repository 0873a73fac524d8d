//! The struct of columns, which closures are given.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};

use crate::model::{Column, Model};

/// The struct.
pub(super) fn structure(model: &Model<'_>) -> TokenStream {
    let Model { vis, krate, fields, ident, .. } = model;
    let summary = format!("The columns of [`{ident}`], as closures are given them.");
    let columns = model.columns.iter().map(|column| {
        let (docs, field, ty) = (docs(column), column.field, &column.ty);
        let mode =
            if column.nullable { quote!(<__M as #krate::base::mode::Mode>::OrNull) } else { quote!(__M) };
        quote! {
            #docs
            #vis #field: #krate::base::expression::Column<#ty, #mode>,
        }
    });
    quote! {
        #[doc = #summary]
        #[allow(dead_code, non_camel_case_types, non_snake_case)]
        #vis struct #fields<__M: #krate::base::mode::Mode = #krate::base::mode::Required> {
            #(#columns)*
            // Private, so that nobody who looks for a column is offered them.
            __source: #krate::base::syntax::Source,
            __mode: ::core::marker::PhantomData<fn() -> __M>,
        }
    }
}

/// The user's doc comments, or a sentence of our own: a public item has one.
pub(super) fn docs(column: &Column<'_>) -> TokenStream {
    if column.docs.is_empty() {
        let text = format!("The column `{}`.", column.name.text);
        return quote!(#[doc = #text]);
    }
    column.docs.iter().map(|doc| doc.to_token_stream()).collect()
}

/// What makes it a handful of columns that can be copied about.
pub(super) fn implementations(model: &Model<'_>) -> TokenStream {
    let fields = &model.fields;
    let name = fields.to_string();
    quote! {
        #[automatically_derived]
        impl<__M: __orm::mode::Mode> ::core::clone::Clone for #fields<__M> {
            #[inline]
            fn clone(&self) -> Self {
                *self
            }
        }
        #[automatically_derived]
        impl<__M: __orm::mode::Mode> ::core::marker::Copy for #fields<__M> {}
        #[automatically_derived]
        impl<__M: __orm::mode::Mode> ::core::fmt::Debug for #fields<__M> {
            fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Formatter::write_str(__f, #name)
            }
        }
    }
}

/// A value of the struct, for the columns of `source`.
pub(super) fn literal(model: &Model<'_>) -> TokenStream {
    let Model { fields, .. } = model;
    let columns = model.columns.iter().map(|column| {
        let (field, position) = (column.field, column.position());
        quote!(#field: __orm::expression::Column::new(__source, #position))
    });
    quote!(#fields { #(#columns,)* __source, __mode: ::core::marker::PhantomData })
}
