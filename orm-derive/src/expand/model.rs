//! The traits of a model: `Model`, `Writable`, and what follows from them.

use proc_macro2::TokenStream;
use quote::quote;

use super::{at, body, columns, embeds, fields, insert, keys, positions, table};
use crate::model::{Column, Model};

/// Returns the code.
pub(super) fn implementations(model: &Model<'_>) -> TokenStream {
    let implementation = implementation(model);
    let writable = (!model.view).then(|| writable(model));
    let (soft_delete, versioned) = (soft_delete(model), versioned(model));
    let (from_row, shape) = (from_row(model), shape(model));
    quote! {
        #implementation
        #writable
        #soft_delete
        #from_row
        #versioned
        #shape
    }
}

/// `impl Model`.
fn implementation(model: &Model<'_>) -> TokenStream {
    let Model { ident, fields: columns, .. } = model;
    let key_type = key_type(model);
    let literal = fields::literal(model);
    let table = body(model, table::expression(model));
    let read = body(model, read(model));
    let (write, write_embedded) = (columns::write(&model.columns), embeds::write(model));
    // The rows of a view are never written.
    let write = if model.view { TokenStream::new() } else { body(model, quote!(#write #(#write_embedded)*)) };
    let (arms, embedded) = (columns::value_arms(&model.columns), embeds::value_arms(model));
    let column_value =
        body(model, quote!(match __column { #arms #(#embedded)* _ => __orm::value::Datum::Null }));
    let (arms, embedded) = (columns::set_arms(&model.columns), embeds::set_arms(model));
    let set_column = if model.view {
        quote!(::core::result::Result::Ok(()))
    } else {
        body(model, quote!(match __column { #arms #(#embedded)* _ => ::core::result::Result::Ok(()) }))
    };
    let functions = columns::functions(&[read, write, column_value, set_column]);
    let hooks = hooks(model);
    let unique_keys = (!model.broken).then(|| unique_keys(model));
    let keep_skipped = keep_skipped(model);
    let key = body(model, key(model));
    let key_values = body(model, key_values(model));
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl __orm::model::Model for #ident {
            type Key = #key_type;
            type Fields<__M: __orm::mode::Mode> = #columns<__M>;
            #unique_keys

            fn table() -> &'static __orm::schema::Table {
                #table
            }

            #[inline]
            fn fields<__M: __orm::mode::Mode>(__source: __orm::syntax::Source) -> #columns<__M> {
                #literal
            }

            #functions

            #hooks

            #keep_skipped

            fn key(&self) -> #key_type {
                #key
            }

            fn key_values(__key: #key_type) -> ::std::vec::Vec<__orm::value::Datum> {
                #key_values
            }
        }
    }
}

/// Returns the unique keys that foreign keys of other models can reference.
fn unique_keys(model: &Model<'_>) -> TokenStream {
    let keys = keys::unique_keys(model).into_iter().map(|key| {
        let columns = || key.iter().filter_map(|&index| model.columns.get(index));
        let (names, places) = (columns().map(Column::field_name), positions(&key));
        let nullable = columns().any(|column| column.nullable);
        quote! {
            __orm::relation::UniqueKey { fields: &[#(#names),*], columns: #places, nullable: #nullable }
        }
    });
    quote!(const UNIQUE_KEYS: &'static [__orm::relation::UniqueKey] = &[#(#keys),*];)
}

/// Returns the implementation of `Writable`.
fn writable(model: &Model<'_>) -> TokenStream {
    let (ident, insert_type, start) = (model.ident, insert::unset_type(model), insert::start(model));
    let (keys, structure, literal) = (keys::ident(model), keys::structure(model), keys::literal(model));
    // An embedded type determines the builder's parameter before it is set.
    let items = embeds::moved(
        model,
        quote! {
            type Insert = #insert_type;

            fn start() -> #insert_type {
                #start
            }
        },
    );
    quote! {
        #structure

        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl __orm::model::Writable for #ident {
            type Keys = #keys;

            #items

            fn keys(__source: __orm::syntax::Source) -> #keys {
                #literal
            }
        }
    }
}

fn soft_delete(model: &Model<'_>) -> Option<TokenStream> {
    let ident = model.ident;
    model.soft_delete.map(|_| {
        quote! {
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl __orm::soft_delete::SoftDelete for #ident {}
        }
    })
}

fn versioned(model: &Model<'_>) -> Option<TokenStream> {
    let ident = model.ident;
    let column = model.columns.iter().find(|column| column.attrs.version.is_some())?;
    let ty = &column.ty;
    Some(quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl __orm::model::Versioned for #ident {
            type Version = #ty;
        }
    })
}

/// `impl FromRow`: rows of raw SQL have all columns of the table.
fn from_row(model: &Model<'_>) -> TokenStream {
    let ident = model.ident;
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl __orm::raw::FromRow for #ident {
            fn layout() -> __orm::raw::Layout {
                __orm::raw::Layout::Table(<#ident as __orm::model::Model>::table())
            }

            fn read(
                __cells: &mut __orm::value::Cells<'_, '_>,
                _: &[::std::string::String],
            ) -> ::core::result::Result<Self, __orm::value::Fault> {
                <#ident as __orm::model::Model>::read(__cells)
            }
        }
    }
}

/// `impl Shape`: a derived table has the columns in the same order as a row.
fn shape(model: &Model<'_>) -> TokenStream {
    let Model { ident, fields: columns, .. } = model;
    let shape_columns = embeds::moved(
        model,
        quote! {
            fn columns<__M: __orm::mode::Mode>(
                __source: __orm::syntax::Source,
                __at: &mut ::core::primitive::u16,
            ) -> Self::Columns<__M>
        },
    );
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl __orm::query::Shape for #ident {
            type Columns<__M: __orm::mode::Mode> = #columns<__M>;

            #shape_columns {
                __orm::query::columns_of::<#ident, __M>(__source, __at)
            }

            fn width() -> ::core::primitive::usize {
                <#ident as __orm::model::Model>::table().columns.len()
            }

            fn read(
                __cells: &mut __orm::value::Cells<'_, '_>,
            ) -> ::core::result::Result<Self, __orm::value::Fault> {
                <#ident as __orm::model::Model>::read(__cells)
            }
        }
    }
}

/// Returns the type of the primary key: that of its field, or a tuple; for a model with mistakes, any suitable type.
pub(super) fn key_type(model: &Model<'_>) -> TokenStream {
    let types: Vec<_> = model.key_columns().map(|column| &column.ty).collect();
    match types.as_slice() {
        [] if model.view => quote!(__orm::expression::NoKey),
        [] | [_, _, _, _, _, ..] if model.broken => quote!(::core::primitive::u64),
        [ty] => quote!(#ty),
        types => quote!((#(#types),*)),
    }
}

/// Returns the hooks, if the model declares some.
fn hooks(model: &Model<'_>) -> TokenStream {
    let Some(span) = model.hooks else { return TokenStream::new() };
    let set = at(span, quote!(__orm::unit::HookSet::of));
    quote! {
        fn hooks() -> ::core::option::Option<__orm::unit::HookSet<Self>> {
            ::core::option::Option::Some(#set())
        }
    }
}

/// Keeps the fields with `skip` when a row is read again.
fn keep_skipped(model: &Model<'_>) -> TokenStream {
    if model.skipped.is_empty() {
        return TokenStream::new();
    }
    let fields = model.skipped.iter().map(|skipped| skipped.field);
    quote! {
        fn keep_skipped(&mut self, __before: &mut Self) {
            #(::core::mem::swap(&mut self.#fields, &mut __before.#fields);)*
        }
    }
}

fn read(model: &Model<'_>) -> TokenStream {
    let columns = columns::read(&model.columns);
    let embedded = embeds::read(model);
    let skipped = model.skipped.iter().map(|skipped| {
        let (field, ty) = (skipped.field, skipped.ty);
        quote!(#field: <#ty as ::core::default::Default>::default())
    });
    quote!(::core::result::Result::Ok(Self { #columns #(#embedded,)* #(#skipped,)* }))
}

fn key(model: &Model<'_>) -> TokenStream {
    let parts: Vec<_> = model
        .key_columns()
        .map(|column| {
            let (field, ty) = (column.field, &column.ty);
            quote!(<#ty as ::core::clone::Clone>::clone(&self.#field))
        })
        .collect();
    match parts.as_slice() {
        [] if model.view => quote!(__orm::expression::NoKey),
        [part] => quote!(#part),
        parts => quote!((#(#parts),*)),
    }
}

fn key_values(model: &Model<'_>) -> TokenStream {
    let types: Vec<_> = model.key_columns().map(|column| &column.ty).collect();
    match types.as_slice() {
        [] => quote!(::std::vec::Vec::new()),
        [ty] => quote!(::std::vec![<#ty as __orm::value::Value>::into_datum(__key)]),
        types => {
            let parts = types.iter().zip(0..).map(|(ty, index)| {
                let index = syn::Index::from(index);
                quote!(<#ty as __orm::value::Value>::into_datum(__key.#index))
            });
            quote!(::std::vec![#(#parts),*])
        }
    }
}
