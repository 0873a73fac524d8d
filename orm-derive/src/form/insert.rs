//! New rows.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;

use super::{Column, Form};
use crate::scope::scope;

/// Returns a builder with every field set: its own bounds report a missing, unknown or mistyped column.
///
/// Whether the model is one is checked in a single place, where the builder starts; no other place needs it. So a
/// struct that is not a model is one error, and its builder, which then has no type, none.
pub(super) fn expand(form: &Form<'_>) -> TokenStream {
    let Form { ident, vis, generics, krate, model, fields } = form;
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    // The model is named through its columns: for a struct that is not a model, there is no type to check for being a
    // view.
    let row = quote_spanned! {model.span()=>
        <<#model as __orm::model::Model>::Fields<__orm::mode::Required> as __orm::selection::Selection>::Output
    };
    let start = quote_spanned!(model.span()=> <#row as __orm::model::Writable>::start());
    let setters = fields.iter().map(setter);
    let finish = quote_spanned!(ident.span()=> __row.__finish());
    scope(
        krate,
        quote! {
            #[automatically_derived]
            impl #impl_generics #ident #ty_generics #where_clause {
                /// Returns the row to insert: run it with `execute` or `returning`.
                #[allow(dead_code)]
                #vis fn into_insert(self) -> __orm::change::InsertRow<#model> {
                    let __row = #start;
                    #(#setters)*
                    #finish
                }
            }
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl #impl_generics __orm::unit::IntoNew for #ident #ty_generics #where_clause {
                type Model = #model;

                fn draft(self) -> ::std::vec::Vec<__orm::syntax::Node> {
                    self.into_insert().into_nodes()
                }
            }
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl #impl_generics __orm::change::RowOf<#model> for #ident #ty_generics #where_clause {
                type Given = __orm::change::Set;

                fn push(self, __nodes: &mut ::std::vec::Vec<__orm::syntax::Node>) {
                    self.into_insert().push_nodes(__nodes)
                }
            }
        },
    )
}

fn setter(column: &Column<'_>) -> TokenStream {
    let Column { name, default, .. } = column;
    if !default {
        return quote_spanned!(name.span()=> let __row = __row.#name(self.#name););
    }
    quote_spanned! {name.span()=>
        let __row = __orm::change::set_or_left_out(match self.#name {
            ::core::option::Option::Some(__value) => ::core::result::Result::Ok(__row.#name(__value)),
            ::core::option::Option::None => ::core::result::Result::Err(__row),
        });
    }
}
