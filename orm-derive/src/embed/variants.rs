//! Enums whose variants have columns: the kind column stores the variant, and the columns of the other variants are
//! NULL.

use std::collections::{HashMap, HashSet};

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{
    Attribute, DataEnum, DeriveInput, Field, Fields, Ident, LitStr, Visibility, parse_quote,
    parse_quote_spanned,
};

use super::{Embed, expand};
use crate::attr::{EmbedAttrs, VariantAttrs};
use crate::context::Ctxt;
use crate::expand::columns;
use crate::model::{Column, optional, snake_case};
use crate::value;

/// The length of the kind column, chosen so that adding a variant does not usually change it.
const TAG_LENGTH: usize = 20;

/// An enum.
pub(super) struct Variants<'a> {
    ident: &'a Ident,
    vis: &'a Visibility,
    /// The type of the kind column.
    kind: Ident,
    /// The name of the kind column.
    tag: Option<LitStr>,
    variants: Vec<Variant<'a>>,
}

struct Variant<'a> {
    ident: &'a Ident,
    rename: Option<LitStr>,
    word: String,
    docs: Vec<&'a Attribute>,
    fields: Vec<(&'a Ident, &'a Field)>,
}

impl Variant<'_> {
    fn prefix(&self) -> String {
        snake_case(&self.ident.unraw().to_string())
    }
}

impl<'a> Variants<'a> {
    pub(super) fn read(cx: &Ctxt, input: &'a DeriveInput, data: &'a DataEnum, attrs: &EmbedAttrs) -> Self {
        let ident = &input.ident;
        let variants: Vec<Variant<'_>> = data.variants.iter().map(|given| variant(cx, given)).collect();
        let are_fields_named =
            data.variants.iter().all(|variant| !matches!(variant.fields, Fields::Unnamed(_)));
        if are_fields_named && variants.iter().all(|variant| variant.fields.is_empty()) {
            let message = format!(
                "no variant of `{ident}` has fields: use `#[derive(Value)]` and remove `embed`, to store it in one column"
            );
            cx.error(ident, message);
        }
        check_names(cx, &variants);
        Variants {
            ident,
            vis: &input.vis,
            kind: attrs.kind.as_ref().map_or_else(
                || format_ident!("{}Kind", ident.unraw(), span = ident.span()),
                |kind| kind.value.clone(),
            ),
            tag: attrs.tag.as_ref().map(|tag| tag.value.clone()),
            variants,
        }
    }

    /// Returns the columns, as fields of a struct.
    pub(super) fn fields(&self) -> Vec<Field> {
        let kind = &self.kind;
        let longest = self.variants.iter().map(|variant| variant.word.len()).max().unwrap_or(0);
        let length = longest.max(TAG_LENGTH) as u64;
        let tag = self.tag.iter();
        let doc = format!("Which variant of [`{}`] it is.", self.ident);
        let first: Field =
            parse_quote!(#[doc = #doc] #[orm(length = #length #(, column = #tag)*)] pub kind: #kind);
        let of_variant = |variant: &Variant<'_>| {
            let prefix = variant.prefix();
            let fields = variant.fields.iter().map(move |(name, field)| {
                let mut field = (*field).clone();
                field.ident = Some(column_of(&prefix, name));
                if optional(&field.ty).is_none() {
                    let ty = &field.ty;
                    field.ty = parse_quote_spanned!(ty.span()=> ::core::option::Option<#ty>);
                }
                field
            });
            fields.collect::<Vec<_>>()
        };
        let mut names = HashSet::new();
        let fields = std::iter::once(first).chain(self.variants.iter().flat_map(of_variant));
        // Two fields of the same name are already reported, and would be reported again.
        fields.filter(|field| names.insert(field.ident.clone())).collect()
    }

    /// Returns whether the stored names of the variants differ. If not, the enum without fields reports it.
    pub(super) fn have_words(&self) -> bool {
        let words: HashSet<&str> = self.variants.iter().map(|variant| variant.word.as_str()).collect();
        !words.is_empty() && words.len() == self.variants.len()
    }

    /// Returns the code.
    pub(super) fn expand(&self, embed: &Embed<'_>, broken: bool) -> TokenStream {
        let kind = self.kind(embed, broken);
        let functions = self.functions(&embed.columns, broken);
        let embedded = expand::expand(embed, functions, broken, true);
        quote!(#kind #embedded)
    }

    /// Returns the enum without fields, which is the type of the kind column.
    fn kind(&self, embed: &Embed<'_>, broken: bool) -> TokenStream {
        let Variants { ident, vis, kind, .. } = self;
        let krate = &embed.krate;
        let names: Vec<&Ident> = self.variants.iter().map(|variant| variant.ident).collect();
        let renames = self.variants.iter().map(|variant| {
            let rename = variant.rename.iter();
            quote!(#(#[orm(rename = #rename)])*)
        });
        let docs = self.variants.iter().map(|variant| match variant.docs.as_slice() {
            [] => {
                let text = format!("[`{ident}::{}`].", variant.ident);
                quote!(#[doc = #text])
            }
            docs => quote!(#(#docs)*),
        });
        let value = value::derive(&parse_quote! {
            #[orm(crate = #krate)]
            #vis enum #kind { #(#renames #names,)* }
        });
        let summary = format!("Which variant a [`{ident}`] is.");
        let of = if broken || names.is_empty() {
            quote!(::core::unreachable!())
        } else {
            quote!(match __value { #(#ident::#names { .. } => #kind::#names,)* })
        };
        quote! {
            #[doc = #summary]
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
            #[allow(non_camel_case_types)]
            #vis enum #kind { #(#docs #names,)* }
            #value
            #[automatically_derived]
            impl ::core::convert::From<&#ident> for #kind {
                fn from(__value: &#ident) -> #kind {
                    #of
                }
            }
        }
    }

    fn functions(&self, all: &[Column<'_>], broken: bool) -> TokenStream {
        let bodies = match all.split_first() {
            Some((tag, rest)) if !broken => [
                self.read_body(tag, rest),
                self.write_body(tag, rest),
                self.value_body(tag, rest),
                self.set_body(tag, rest),
            ],
            _ => std::array::from_fn(|_| quote!(::core::unreachable!())),
        };
        columns::functions(&bodies)
    }

    /// Returns the variants, each with its columns, and the numbers of other variants' columns before and after them.
    fn with_columns<'c, 'f>(
        &self,
        columns: &'c [Column<'f>],
    ) -> impl Iterator<Item = (&Variant<'a>, &'c [Column<'f>], [usize; 2])> {
        let mut before = 0;
        self.variants.iter().map(move |variant| {
            let end = before + variant.fields.len();
            let of_variant = (variant, &columns[before..end], [before, columns.len() - end]);
            before = end;
            of_variant
        })
    }

    fn read_body(&self, tag: &Column<'_>, columns: &[Column<'_>]) -> TokenStream {
        let kind = &self.kind;
        let tag = columns::read_column(tag, false);
        let arms = self.with_columns(columns).map(|(variant, columns, [before, behind])| {
            let ident = variant.ident;
            let fields = variant.fields.iter().zip(columns).map(|((field, given), column)| {
                let read = columns::read_column(column, is_optional(given));
                quote!(#field: #read,)
            });
            quote! {
                #kind::#ident => {
                    __orm::value::Cells::skip(__cells, #before);
                    let __value = Self::#ident { #(#fields)* };
                    __orm::value::Cells::skip(__cells, #behind);
                    __value
                }
            }
        });
        quote!(::core::result::Result::Ok(match #tag { #(#arms)* }))
    }

    fn write_body(&self, tag: &Column<'_>, columns: &[Column<'_>]) -> TokenStream {
        let kind = &self.kind;
        let arms = self.with_columns(columns).map(|(variant, columns, [before, behind])| {
            let ident = variant.ident;
            let names: Vec<Ident> = (0..columns.len()).map(|at| format_ident!("__field_{at}")).collect();
            let fields = variant.fields.iter().zip(&names).map(|((field, _), name)| quote!(#field: #name));
            let tag = columns::into_datum(tag, false, &quote!(#kind::#ident));
            let values =
                variant.fields.iter().zip(columns).zip(&names).map(|(((_, given), column), name)| {
                    columns::into_datum(column, is_optional(given), &quote!(#name))
                });
            let nulls = |count: usize| (count > 0).then(|| quote!(__orm::embed::nulls(__values, #count);));
            let (before, behind) = (nulls(before), nulls(behind));
            quote! {
                Self::#ident { #(#fields,)* } => {
                    ::std::vec::Vec::push(__values, #tag);
                    #before
                    #(::std::vec::Vec::push(__values, #values);)*
                    #behind
                }
            }
        });
        quote!(match self { #(#arms)* })
    }

    fn value_body(&self, tag: &Column<'_>, columns: &[Column<'_>]) -> TokenStream {
        let kind = &self.kind;
        let tag =
            columns::to_datum(tag, false, &quote!(&<#kind as ::core::convert::From<&Self>>::from(self)));
        let arms = self
            .arms(columns, |column, given| columns::to_datum(column, is_optional(given), &quote!(__field)));
        quote! {
            match (__column, self) {
                (0, _) => #tag,
                #(#arms)*
                _ => __orm::value::Datum::Null,
            }
        }
    }

    /// The variant can only change as a whole; a single column can be set as long as the variant stays.
    fn set_body(&self, tag: &Column<'_>, columns: &[Column<'_>]) -> TokenStream {
        let kind = &self.kind;
        let tag = columns::read_column(tag, false);
        let arms = self.arms(columns, |column, given| {
            let read = columns::read_column(column, is_optional(given));
            quote!({ *__field = #read; ::core::result::Result::Ok(()) })
        });
        quote! {
            match (__column, &mut *self) {
                #(#arms)*
                (0, __value) => {
                    let __kind = #tag;
                    if <#kind as ::core::convert::From<&Self>>::from(__value) == __kind {
                        return ::core::result::Result::Ok(());
                    }
                    ::core::result::Result::Err(__orm::embed::other_variant::<Self>(__cells))
                }
                _ => ::core::result::Result::Err(__orm::embed::other_variant::<Self>(__cells)),
            }
        }
    }

    /// Returns, for each column by its position and with its variant, code with the field as `__field`.
    fn arms(
        &self,
        columns: &[Column<'_>],
        code: impl Fn(&Column<'_>, &Field) -> TokenStream,
    ) -> Vec<TokenStream> {
        let mut arms = Vec::new();
        for (variant, columns, _) in self.with_columns(columns) {
            let ident = variant.ident;
            for ((field, given), column) in variant.fields.iter().zip(columns) {
                let (position, code) = (column.position(), code(column, given));
                arms.push(quote!((#position, Self::#ident { #field: __field, .. }) => #code,));
            }
        }
        arms
    }
}

fn variant<'a>(cx: &Ctxt, variant: &'a syn::Variant) -> Variant<'a> {
    let ident = &variant.ident;
    let fields = match &variant.fields {
        Fields::Named(fields) => {
            fields.named.iter().filter_map(|field| Some((field.ident.as_ref()?, field))).collect()
        }
        Fields::Unit => Vec::new(),
        Fields::Unnamed(fields) => {
            let message = format!(
                "the fields of `{ident}` become columns, so they need names: write `{ident} {{ .. }}`"
            );
            cx.error(fields, message);
            Vec::new()
        }
    };
    let rename = VariantAttrs::read(cx, &variant.attrs).rename.map(|rename| rename.value);
    let word = rename.as_ref().map_or_else(|| snake_case(&ident.unraw().to_string()), LitStr::value);
    let docs = variant.attrs.iter().filter(|attr| attr.path().is_ident("doc")).collect();
    Variant { ident, rename, word, docs, fields }
}

/// Returns the name of a field's column in closures.
fn column_of(prefix: &str, field: &Ident) -> Ident {
    format_ident!("{prefix}_{}", field.unraw(), span = field.span())
}

/// Checks that all columns have different names: unlike `Card { number_x }` and `CardNumber { x }`.
fn check_names(cx: &Ctxt, variants: &[Variant<'_>]) {
    let mut places: HashMap<Ident, String> = HashMap::new();
    for variant in variants {
        let prefix = variant.prefix();
        for (field, _) in &variant.fields {
            let column = column_of(&prefix, field);
            let place = format!("{}::{field}", variant.ident);
            if let Some(other) = places.get(&column) {
                let message = format!(
                    "`{place}` and `{other}` would both be the column `{column}`: rename one of them"
                );
                cx.error(field, message);
            } else {
                places.insert(column, place);
            }
        }
    }
}

/// Returns whether a field is declared as an `Option`: its column is NULL for other variants in any case.
fn is_optional(field: &Field) -> bool {
    optional(&field.ty).is_some()
}
