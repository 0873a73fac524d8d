//! Changes of rows.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Field, Ident, parse_quote};

use super::Form;
use crate::expand::is_model;
use crate::model::optional;
use crate::scope::scope;

/// Returns an assignment for each field that is present.
pub(super) fn expand(form: &Form<'_>) -> TokenStream {
    let Form { ident, generics, krate, model, fields, .. } = form;
    let is_model = is_model(&quote!(#krate::base), model);
    let mut generics = (*generics).clone();
    generics.make_where_clause().predicates.push(parse_quote!(#is_model));
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let assignments = fields.iter().map(|column| assignment(column.name, column.field));
    scope(
        krate,
        quote! {
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl #impl_generics __orm::change::Patch<#model> for #ident #ty_generics #where_clause {
                fn push(
                    self,
                    __row: <#model as __orm::model::Model>::Fields<__orm::mode::Required>,
                    __assignments: &mut ::std::vec::Vec<__orm::expression::Assignment>,
                ) {
                    #(#assignments)*
                }
            }
        },
    )
}

/// An `Option` sets its column if it has a value; any other type always does.
fn assignment(field: &Ident, whole: &Field) -> TokenStream {
    let push = |value: TokenStream| {
        let assignment = quote_spanned!(field.span()=> __row.#field.to(#value));
        quote!(__orm::expression::Assignments::push_assignments(#assignment, __assignments);)
    };
    if optional(&whole.ty).is_none() {
        return push(quote_spanned!(field.span()=> self.#field));
    }
    let push = push(quote_spanned!(field.span()=> __value));
    quote_spanned! {field.span()=>
        if let ::core::option::Option::Some(__value) = self.#field {
            #push
        }
    }
}
