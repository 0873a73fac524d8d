//! The struct of selections, and the code that reads it.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::Ident;
use syn::ext::IdentExt as _;

use super::Row;
use crate::attr::docs;
use crate::expand::at;
use crate::model::camel_case;
use crate::scope::scope;

/// A field, with the names derived from it.
struct Part<'a> {
    field: &'a Ident,
    ty: &'a syn::Type,
    /// Its type parameter: short, since errors list all of them.
    param: Ident,
    /// The trait of everything that reads as its type; its message names the field.
    gives: Ident,
}

/// Returns the code.
pub(super) fn expand(row: &Row<'_>) -> TokenStream {
    let Row { ident, krate, .. } = row;
    let parts = parts(row);
    let structure = structure(row, &parts);
    let traits = parts.iter().map(|part| gives(row, part));
    let selection = selection(row, &parts);
    let shape = (!parts.is_empty()).then(|| shape(row, &parts));
    let by_name = (!parts.is_empty()).then(|| by_name(row, &parts));
    let names = parts.iter().map(|part| part.field.unraw().to_string());
    let broken = parts.is_empty().then(|| quote!(#[allow(unreachable_code)]));
    let implementations = scope(
        krate,
        quote! {
            #(#traits)*
            #broken
            #selection
            #shape
            #by_name
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl __orm::row::Row for #ident {
                const COLUMNS: &'static [&'static str] = &[#(#names),*];
            }
        },
    );
    quote! {
        #structure
        #implementations
    }
}

fn parts<'a>(row: &Row<'a>) -> Vec<Part<'a>> {
    let parts = row.fields.iter().enumerate().map(|(index, (field, whole))| Part {
        field,
        ty: &whole.ty,
        param: format_ident!("__{index}"),
        gives: format_ident!("__{}Is{index}", camel_case(&field.unraw().to_string())),
    });
    parts.collect()
}

/// Returns the struct of selections, with the visibility of the result, so that it can be selected wherever the result
/// can be named.
fn structure(row: &Row<'_>, parts: &[Part<'_>]) -> TokenStream {
    let Row { ident, vis, columns, .. } = row;
    let summary = format!(
        "The expressions that a [`{ident}`] is read from: pass a literal of this struct to `select`."
    );
    let params = parts.iter().map(|part| &part.param);
    let fields = parts.iter().zip(&row.fields).map(|(part, (_, whole))| {
        let Part { field, param, .. } = part;
        let docs = match docs(&whole.attrs).as_slice() {
            [] => {
                let text = format!("The expression that `{field}` is read from.");
                quote!(#[doc = #text])
            }
            docs => quote!(#(#docs)*),
        };
        quote!(#docs #vis #field: #param,)
    });
    quote! {
        #[doc = #summary]
        #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
        #[allow(dead_code, non_camel_case_types, non_snake_case)]
        #vis struct #columns<#(#params),*> {
            #(#fields)*
        }
    }
}

/// Returns the trait of what a field can be set to.
fn gives(row: &Row<'_>, part: &Part<'_>) -> TokenStream {
    let gives = &part.gives;
    let message = format!(
        "field `{}.{}` of type `{{__T}}` cannot be read from `{{Self}}`",
        row.ident.unraw(),
        part.field.unraw(),
    );
    let label = format!("wrong type for the field `{}`", part.field.unraw());
    let note = "a nullable value needs an `Option` field, any other value a field of its own type; a `COUNT` is an `i64`";
    quote! {
        #[diagnostic::on_unimplemented(message = #message, label = #label, note = #note)]
        trait #gives<__T>: __orm::selection::Selection<Output = __T> {}
        #[diagnostic::do_not_recommend]
        impl<__T, __P: __orm::selection::Selection<Output = __T>> #gives<__T> for __P {}
    }
}

/// `impl Selection`, with the span of the struct, which an error shows; each bound has the span of its field.
fn selection(row: &Row<'_>, parts: &[Part<'_>]) -> TokenStream {
    let Row { ident, columns, .. } = row;
    let params: Vec<&Ident> = parts.iter().map(|part| &part.param).collect();
    let fields: Vec<&Ident> = parts.iter().map(|part| part.field).collect();
    let bounds = parts.iter().map(|part| {
        let Part { ty, param, gives, field } = part;
        let (mut param, mut gives) = (param.clone(), gives.clone());
        param.set_span(field.span());
        gives.set_span(field.span());
        quote_spanned!(field.span()=> #param: #gives<#ty>)
    });
    let head = at(ident.span(), quote!(__orm::selection::Selection for #columns<#(#params),*>));
    // Nothing can be read of a struct with mistakes.
    let (unread, read) = if fields.is_empty() {
        (quote!(_), quote!(::core::unreachable!()))
    } else {
        let read = quote! {
            ::core::result::Result::Ok(#ident {
                #(#fields: <#params as __orm::selection::Selection>::read(__cells)?,)*
            })
        };
        (quote!(__cells), read)
    };
    quote! {
        #[automatically_derived]
        #[allow(private_bounds)]
        impl<#(#params),*> #head
        where
            #(#bounds,)*
            #ident: ::core::marker::Send + 'static,
        {
            type Output = #ident;

            fn push(self, __items: &mut ::std::vec::Vec<__orm::syntax::Item>) {
                #(<#params as __orm::selection::Selection>::push(self.#fields, __items);)*
            }

            #[inline]
            fn read(
                #unread: &mut __orm::value::Cells<'_, '_>,
            ) -> ::core::result::Result<Self::Output, __orm::value::Fault> {
                #read
            }
        }
    }
}

/// `impl FromRow`: rows of raw SQL have the fields as columns. Only if each is read from a single column.
fn by_name(row: &Row<'_>, parts: &[Part<'_>]) -> TokenStream {
    let ident = row.ident;
    let name = ident.unraw().to_string();
    let types: Vec<_> = parts.iter().map(|part| part.ty).collect();
    let fields = parts.iter().map(|part| part.field);
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl __orm::raw::FromRow for #ident
        where
            #(for<'__a> #types: __orm::raw::FromCell),*
        {
            fn layout() -> __orm::raw::Layout {
                __orm::raw::Layout::Names(#name, <#ident as __orm::row::Row>::COLUMNS)
            }

            fn read(
                __cells: &mut __orm::value::Cells<'_, '_>,
                _: &[::std::string::String],
            ) -> ::core::result::Result<Self, __orm::value::Fault> {
                ::core::result::Result::Ok(#ident {
                    #(#fields: <#types as __orm::raw::FromCell>::read_cell(__cells)?,)*
                })
            }
        }
    }
}

/// `impl Shape`: rows of a derived table have the fields as columns. Only if each has some: the binder keeps the
/// compiler from checking this before a derived table is made of them.
fn shape(row: &Row<'_>, parts: &[Part<'_>]) -> TokenStream {
    let Row { ident, columns, .. } = row;
    let types: Vec<_> = parts.iter().map(|part| part.ty).collect();
    let fields: Vec<&Ident> = parts.iter().map(|part| part.field).collect();
    let bounds = quote!(#(for<'__a> #types: __orm::query::Shape),*);
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl __orm::query::ListRow for #ident
        where
            #bounds,
            #(for<'__a> #types: __orm::query::ListRow),*
        {
            fn kinds(__kinds: &mut ::std::vec::Vec<__orm::value::Kind>) {
                #(<#types as __orm::query::ListRow>::kinds(__kinds);)*
            }

            fn push_values(self, __values: &mut ::std::vec::Vec<__orm::value::Datum>) {
                #(<#types as __orm::query::ListRow>::push_values(self.#fields, __values);)*
            }
        }

        #[automatically_derived]
        #[allow(non_snake_case)]
        impl __orm::query::Shape for #ident
        where
            #bounds
        {
            type Columns<__M: __orm::mode::Mode> =
                #columns<#(<#types as __orm::query::Shape>::Columns<__M>),*>;

            fn columns<__M: __orm::mode::Mode>(
                __source: __orm::syntax::Source,
                __at: &mut ::core::primitive::u16,
            ) -> Self::Columns<__M> {
                #columns { #(#fields: <#types as __orm::query::Shape>::columns::<__M>(__source, __at),)* }
            }

            fn width() -> ::core::primitive::usize {
                0 #(+ <#types as __orm::query::Shape>::width())*
            }

            fn read(
                __cells: &mut __orm::value::Cells<'_, '_>,
            ) -> ::core::result::Result<Self, __orm::value::Fault> {
                ::core::result::Result::Ok(#ident {
                    #(#fields: <#types as __orm::query::Shape>::read(__cells)?,)*
                })
            }
        }
    }
}
