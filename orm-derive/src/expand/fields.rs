//! The struct of columns, which closures receive.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::{Ident, Path, Visibility};

use super::embeds;
use crate::model::{Column, Model};

/// The struct.
pub(super) fn structure(model: &Model<'_>) -> TokenStream {
    let Model { vis, krate, fields, ident, .. } = model;
    let summary = format!("The columns of [`{ident}`], as passed to closures.");
    let columns = columns(&model.columns, vis, krate);
    let orm = quote!(#krate::base);
    let embedded = model.embeds.iter().map(|embedded| {
        let (docs, field) = (&embedded.docs, embedded.field);
        let ty = embeds::fields_type(embedded, &orm);
        let text = docs.is_empty().then(|| format!("The columns of `{field}`.")).into_iter();
        quote!(#(#[doc = #text])* #(#docs)* #vis #field: #ty,)
    });
    quote! {
        #[doc = #summary]
        #[allow(dead_code, non_camel_case_types, non_snake_case)]
        #vis struct #fields<__M: #krate::base::mode::Mode = #krate::base::mode::Required> {
            #columns
            #(#embedded)*
            // Private, so that it is not offered as a column in completion.
            __source: #krate::base::syntax::Source,
            __mode: ::core::marker::PhantomData<fn() -> __M>,
        }
    }
}

/// Returns the columns, as fields of a struct of columns.
pub(crate) fn columns(columns: &[Column<'_>], vis: &Visibility, krate: &Path) -> TokenStream {
    let fields = columns.iter().map(|column| {
        let (docs, field, ty) = (docs(column), column.field, &column.ty);
        let mode =
            if column.nullable { quote!(<__M as #krate::base::mode::Mode>::OrNull) } else { quote!(__M) };
        quote! {
            #docs
            #vis #field: #krate::base::expression::Column<#ty, #mode>,
        }
    });
    fields.collect()
}

/// Returns the user's doc comments, or a generated one, since a public item has one.
pub(super) fn docs(column: &Column<'_>) -> TokenStream {
    if column.docs.is_empty() {
        let text = format!("The column `{}`.", column.name.text);
        return quote!(#[doc = #text]);
    }
    column.docs.iter().map(|doc| doc.to_token_stream()).collect()
}

/// Returns the implementations that make it `Copy`.
pub(super) fn implementations(model: &Model<'_>) -> TokenStream {
    embeds::moved(model, copied(&model.fields))
}

/// The same for any struct of columns.
pub(crate) fn copied(fields: &Ident) -> TokenStream {
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

/// Returns a value of the struct, for the columns of `source`.
pub(super) fn literal(model: &Model<'_>) -> TokenStream {
    let Model { fields, .. } = model;
    let columns = model.columns.iter().map(|column| {
        let (field, position) = (column.field, column.position());
        quote!(#field: __orm::expression::Column::new(__source, #position))
    });
    let embedded = embeds::literal(model);
    quote!(#fields { #(#columns,)* #(#embedded,)* __source, __mode: ::core::marker::PhantomData })
}
