//! `#[derive(Value)]`: newtypes and enums that can be stored in a column.

mod choice;
mod newtype;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Path, parse_quote};

use crate::attr::{Representation, ValueAttrs};
use crate::context::Ctxt;
use crate::scope::scope;

/// Returns the code of a value type.
pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let ((krate, members), errors) = Ctxt::run(|cx| {
        let attrs = ValueAttrs::read(cx, &input.attrs);
        let members = members(cx, input, &attrs);
        (attrs.krate.map_or_else(|| parse_quote!(::orm), |krate| krate.value), members)
    });
    match (errors, members) {
        (None, Some(members)) => implementation(input, &krate, &members),
        (errors, _) => {
            [errors.unwrap_or_default(), implementation(input, &krate, &stub())].into_iter().collect()
        }
    }
}

/// Returns the members of the impl; `None` if the input cannot have one.
fn members(cx: &Ctxt, input: &DeriveInput, attrs: &ValueAttrs) -> Option<TokenStream> {
    let ident = &input.ident;
    if !input.generics.params.is_empty() {
        let message = format!("`{ident}` is generic, but a value cannot have type or lifetime parameters");
        cx.error(&input.generics, message);
    }
    match &input.data {
        Data::Struct(data) => {
            if let Some(attr) = &attrs.representation {
                cx.error(&attr.name, "`as` is only for enums: a newtype is stored like the value inside it");
            }
            newtype::read(cx, ident, data).map(newtype::members)
        }
        Data::Enum(data) => {
            let representation =
                attrs.representation.as_ref().map_or(Representation::Text, |attr| attr.value);
            let variants = choice::read(cx, ident, data, representation);
            Some(choice::members(ident, &variants, representation))
        }
        Data::Union(data) => {
            let message = format!(
                "`{ident}` is a union, but a value must be a struct around one other value, or an enum"
            );
            cx.error_at(data.union_token.span, message);
            None
        }
    }
}

/// Returns the impl, and those that allow comparing values with columns.
fn implementation(input: &DeriveInput, krate: &Path, members: &TokenStream) -> TokenStream {
    let ident = &input.ident;
    let (generics, arguments, bounds) = input.generics.split_for_impl();
    // Generics are a mistake that has been reported: the rest must compile.
    let generic = !input.generics.params.is_empty();
    let bounds = if generic {
        quote!(where #ident #arguments: ::core::marker::Send + ::core::marker::Sync + 'static)
    } else {
        quote!(#bounds)
    };
    let operands = (!generic).then(|| quote!(__orm::__operands!(#ident);));
    scope(
        krate,
        quote! {
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl #generics __orm::value::Value for #ident #arguments #bounds {
                #members
            }
            #operands
        },
    )
}

/// Returns the stub of a type with mistakes, so that its uses are not reported as well.
fn stub() -> TokenStream {
    quote! {
        const KIND: __orm::value::Kind = __orm::value::Kind::BigInt;

        fn to_datum(&self) -> __orm::value::Datum {
            ::core::unreachable!()
        }

        fn from_cell(
            _: &mut __orm::value::Cell<'_>,
        ) -> ::core::result::Result<Self, __orm::value::Mismatch> {
            ::core::unreachable!()
        }
    }
}
