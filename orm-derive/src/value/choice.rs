//! Enums without fields.

use std::collections::HashMap;

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::ext::IdentExt as _;
use syn::{DataEnum, Fields, Ident};

use crate::attr::{Representation, VariantAttrs};
use crate::context::Ctxt;
use crate::model::snake_case;

/// A variant and the text stored for it.
pub(super) struct Variant<'a> {
    ident: &'a Ident,
    word: String,
}

/// Returns the variants that can be stored.
pub(super) fn read<'a>(
    cx: &Ctxt,
    ident: &Ident,
    data: &'a DataEnum,
    representation: Representation,
) -> Vec<Variant<'a>> {
    if data.variants.is_empty() {
        cx.error(ident, format!("`{ident}` has no variants, so it has no value to store"));
    }
    let mut variants = Vec::with_capacity(data.variants.len());
    let mut places: HashMap<String, &Ident> = HashMap::new();
    for variant in &data.variants {
        if !matches!(variant.fields, Fields::Unit) {
            let message = format!(
                "`{}` has fields, but `#[derive(Value)]` stores only which variant it is; use `#[derive(Embed)]` to \
                store the fields too",
                variant.ident
            );
            cx.error(&variant.fields, message);
        }
        let attrs = VariantAttrs::read(cx, &variant.attrs);
        let (word, span) = match &attrs.rename {
            Some(rename) => (rename.value.value(), rename.value.span()),
            None => (snake_case(&variant.ident.unraw().to_string()), variant.ident.span()),
        };
        match (&attrs.rename, representation) {
            (Some(rename), Representation::Int) => {
                let message =
                    "`rename` sets a text, but the enum is stored `as = int`: set the number with `= 1`";
                cx.error(&rename.name, message);
            }
            (_, Representation::Int) => {}
            _ => check_word(cx, &word, span, places.insert(word.clone(), &variant.ident)),
        }
        variants.push(Variant { ident: &variant.ident, word });
    }
    variants
}

fn check_word(cx: &Ctxt, word: &str, span: Span, other: Option<&Ident>) {
    if let Some(other) = other {
        cx.error_at(span, format!("the value `{word}` is already used by `{other}`"));
    }
}

/// Returns the members of the impl.
pub(super) fn members(
    ident: &Ident,
    variants: &[Variant<'_>],
    representation: Representation,
) -> TokenStream {
    let words = variants.iter().map(|variant| &variant.word);
    let kind = match representation {
        Representation::Text => quote!(__orm::value::Kind::Text),
        Representation::Int => quote!(__orm::value::Kind::BigInt),
        Representation::Enum => quote!(__orm::value::Kind::Choice(&[#(#words),*])),
    };
    let (to_datum, from_cell) = match representation {
        Representation::Int => numbers(ident, variants),
        _ => texts(ident, variants),
    };
    quote! {
        const KIND: __orm::value::Kind = #kind;

        fn to_datum(&self) -> __orm::value::Datum {
            #to_datum
        }

        fn from_cell(
            __cell: &mut __orm::value::Cell<'_>,
        ) -> ::core::result::Result<Self, __orm::value::Mismatch> {
            #from_cell
        }
    }
}

fn texts(ident: &Ident, variants: &[Variant<'_>]) -> (TokenStream, TokenStream) {
    let idents: Vec<_> = variants.iter().map(|variant| variant.ident).collect();
    let words: Vec<_> = variants.iter().map(|variant| &variant.word).collect();
    let known = words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    let unknown = format!("a text that is no variant of `{ident}`: expected {known}");
    let to_datum = quote! {
        __orm::value::Datum::Text(::core::convert::Into::into(match self {
            #(Self::#idents => #words,)*
        }))
    };
    let from_cell = quote! {
        ::core::result::Result::Ok(match __orm::value::Cell::text(__cell)? {
            #(#words => Self::#idents,)*
            _ => return ::core::result::Result::Err(__orm::value::Mismatch::invalid(#unknown)),
        })
    };
    (to_datum, from_cell)
}

fn numbers(ident: &Ident, variants: &[Variant<'_>]) -> (TokenStream, TokenStream) {
    let idents: Vec<_> = variants.iter().map(|variant| variant.ident).collect();
    let unknown = format!("a number that is no variant of `{ident}`");
    let to_datum = quote! {
        __orm::value::Datum::Int(match self {
            #(Self::#idents => Self::#idents as i64,)*
        })
    };
    let from_cell = quote! {
        ::core::result::Result::Ok(match <i64 as __orm::value::Value>::from_cell(__cell)? {
            #(__number if __number == Self::#idents as i64 => Self::#idents,)*
            _ => return ::core::result::Result::Err(__orm::value::Mismatch::invalid(#unknown)),
        })
    };
    (to_datum, from_cell)
}
