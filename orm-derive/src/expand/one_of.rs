//! `one_of`: the relation to a row of one of several models.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt as _;

use super::relations::{Methods, is_model, key_name};
use super::{at, body};
use crate::model::{Model, OneOf, camel_case};

/// Returns `c.subject()` on the columns. Rows have no such method: the relation of rows at hand is loaded.
pub(super) fn method(model: &Model<'_>, relation: &OneOf) -> Methods {
    let (vis, name, target) = (model.vis, &relation.name, &relation.target);
    let keys = || relation.keys.iter().filter_map(|&key| model.foreign_keys.get(key));
    let needed = keys().map(|key| is_model(&quote!(__orm), &key.target));
    let plans = relation.keys.iter().zip(keys()).zip(&relation.named).enumerate().map(
        |(at, ((&index, key), named))| {
            let (parent, key) = (&key.target, key_name(index));
            let one = quote! {
                __orm::relation::One::<#parent, __orm::mode::Nullable>::new(
                    self.__source,
                    __orm::schema::Link { key: &#key, direction: __orm::schema::Direction::ToParent },
                )
            };
            let span = named.span();
            let variant = format_ident!("{}", camel_case(&named.unraw().to_string()), span = span);
            let variant = quote_spanned!(span=> #target::#variant);
            let plan =
                self::at(span, quote!(<::core::option::Option<_> as __orm::relation::Loaded<_>>::plan));
            let add = if at == 0 {
                quote!(|(), __row| ::core::option::Option::map(__row, #variant))
            } else {
                quote!(|__before, __row| ::core::option::Option::or_else(__before, || {
                    ::core::option::Option::map(__row, #variant)
                }))
            };
            quote!(let __plan = __orm::relation::zip(__plan, #plan(#one), #add);)
        },
    );
    let code = body(
        model,
        quote! {
            let __plan = __orm::relation::nothing();
            #(#plans)*
            __orm::relation::OneOf::new(__plan)
        },
    );
    let docs = "The row that this row belongs to, of one of several models.";
    Methods {
        of_columns: quote! {
            #[doc = #docs]
            #vis fn #name(&self) -> __orm::relation::OneOf<#target>
            where
                #(#needed,)*
            {
                #code
            }
        },
        of_row: TokenStream::new(),
    }
}
