//! Foreign keys to unique columns: checks for the compiler, about the other model.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Ident;
use syn::ext::IdentExt as _;

use super::at;
use crate::model::{ForeignKey, Model};

/// Returns checks that the referenced columns exist, have the right types, are unique, and are not nullable.
pub(super) fn check(model: &Model<'_>, key: &ForeignKey) -> TokenStream {
    let target = &key.target;
    let model_name = crate::attr::path_text(target);
    let names: Vec<String> = key.to.iter().map(|field| field.unraw().to_string()).collect();
    let types = key.columns.iter().filter_map(|&index| model.columns.get(index)).map(|column| &column.ty);
    let pairs = key.to.iter().zip(types).map(|(field, ty)| {
        let span = field.span();
        let referenced = at(span, quote!(__orm::relation::referenced));
        quote_spanned!(span=> #referenced(__fields.#field).by::<#ty>())
    });
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let (not_unique, nullable) = match names.as_slice() {
        [name] => (
            format!(
                "a foreign key cannot reference `{name}` of `{model_name}`, which is not unique: add `#[orm(unique)]` to it"
            ),
            format!(
                "a foreign key cannot reference `{name}` of `{model_name}`, which is nullable: remove the `Option`"
            ),
        ),
        _ => (
            format!(
                "a foreign key cannot reference ({}) of `{model_name}`, which are not unique together in this order: \
                add `#[orm(unique({}))]` to `{model_name}`",
                quoted.join(", "),
                names.join(", ")
            ),
            format!(
                "a foreign key cannot reference ({}) of `{model_name}`, of which one is nullable: remove its `Option`",
                quoted.join(", ")
            ),
        ),
    };
    let span = key.to.first().map_or(key.span, Ident::span);
    let keys = quote!(__orm::relation::Parent::<#target>::UNIQUE_KEYS, &[#(#names),*]);
    let is_unique = quote_spanned! {span=>
        ::core::assert!(__orm::relation::UniqueKey::is_there(#keys), #not_unique)
    };
    let is_required = quote_spanned! {span=>
        ::core::assert!(!__orm::relation::UniqueKey::may_be_null(#keys), #nullable)
    };
    let fields = at(
        target.segments.last().map_or_else(Span::call_site, |last| last.ident.span()),
        quote!(<#target as __orm::model::Model>::Fields<__orm::mode::Required>),
    );
    quote! {
        const _: () = {
            // After the types, so that one mistake is one error.
            let _ = |__fields: #fields| {
                #(#pairs;)*
            };
            #is_unique;
            #is_required;
        };
    }
}
