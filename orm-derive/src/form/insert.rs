//! A new row.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::Form;

/// The builder with every field set: what is missing, unknown or of another type is said by its own bounds.
pub(super) fn expand(form: &Form<'_>) -> TokenStream {
    let Form { ident, vis, generics, krate, model, fields } = form;
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let setters = fields.iter().map(|(field, _)| quote_spanned!(field.span()=> .#field(self.#field)));
    let finish = quote_spanned!(ident.span()=> .__finish());
    quote! {
        const _: () = {
            use #krate::base as __orm;
            #[automatically_derived]
            impl #impl_generics #ident #ty_generics #where_clause {
                /// The row to insert: run it with `execute` or `returning`.
                #[allow(dead_code)]
                #vis fn into_insert(self) -> __orm::change::InsertRow<#model> {
                    <#model as __orm::model::Model>::insert() #(#setters)* #finish
                }
            }
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl #impl_generics __orm::unit::IntoNew for #ident #ty_generics #where_clause {
                type Model = #model;

                fn draft(self) -> ::std::vec::Vec<__orm::syntax::Node> {
                    __orm::change::row_nodes::<#model>(self)
                }
            }
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl #impl_generics __orm::change::IntoRow<#model> for #ident #ty_generics #where_clause {
                fn push(self, __nodes: &mut ::std::vec::Vec<__orm::syntax::Node>) {
                    __orm::change::IntoRow::<#model>::push(self.into_insert(), __nodes)
                }
            }
        };
    }
}
