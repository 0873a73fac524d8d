//! The setters of the builder.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Ident;

use super::insert::{Required, TERMINALS, required};
use super::relations::is_model;
use super::{at, embeds, orm};
use crate::expand::fields::docs;
use crate::model::{Column, Embedded, ForeignKey, Model};

/// Returns a setter for each column that can be set, and for each relation to a parent.
pub(super) fn expand(model: &Model<'_>) -> TokenStream {
    let insert = &model.insert;
    let required = required(model);
    let params: Vec<&Ident> = required.iter().map(|required| &required.short).collect();
    let columns = model
        .columns
        .iter()
        .filter(|column| column.attrs.generated.is_none() && !is_reserved(column.field))
        .map(|column| column_setter(model, &required, column));
    let relations = model.foreign_keys.iter().enumerate();
    let relations = relations.filter(|(_, key)| key.named && !is_reserved(&key.relation));
    let relations = relations.map(|(number, key)| relation_setter(model, &required, number, key));
    let embedded = model.embeds.iter().enumerate();
    let embedded = embedded
        .filter(|(_, embedded)| !is_reserved(embedded.field))
        .map(|(index, embedded)| embedded_setter(model, &required, index, embedded));
    let setters: Vec<TokenStream> = columns.chain(embedded).chain(relations).collect();
    quote! {
        #[allow(dead_code, non_snake_case, unused_qualifications)]
        impl<#(#params),*> #insert<#(#params),*> {
            #(#setters)*
        }
    }
}

/// Returns whether the builder already has a method of this name.
pub(crate) fn is_reserved(name: &Ident) -> bool {
    TERMINALS.iter().chain(&["clone"]).any(|reserved| name == reserved)
}

/// Returns the type of the builder once `columns` are set.
fn with_set(model: &Model<'_>, required: &[Required], columns: &[usize]) -> TokenStream {
    let (insert, orm) = (&model.insert, orm(model));
    let params = required.iter().map(|required| {
        let param = &required.short;
        if columns.iter().any(|column| required.columns.contains(column)) {
            quote!(#orm::change::Set)
        } else {
            quote!(#param)
        }
    });
    quote!(#insert<#(#params),*>)
}

fn column_setter(model: &Model<'_>, required: &[Required], column: &Column<'_>) -> TokenStream {
    let Model { vis, insert, .. } = model;
    let orm = orm(model);
    let (field, ty, position, docs) = (column.field, &column.ty, column.position(), docs(column));
    let mode = if column.nullable { quote!(Nullable) } else { quote!(Required) };
    let value = bound(field.span(), &orm, &quote!(expression::Assign), &quote!(#ty, #orm::mode::#mode));
    let out = with_set(model, required, &[column.index]);
    quote! {
        #docs
        #vis fn #field(self, __value: #value) -> #out {
            #insert {
                __row: #orm::change::InsertRow::set(self.__row, #position, __value),
                __set: ::core::marker::PhantomData,
            }
        }
    }
}

fn embedded_setter(
    model: &Model<'_>,
    required: &[Required],
    index: usize,
    embedded: &Embedded<'_>,
) -> TokenStream {
    let Model { vis, insert, .. } = model;
    let orm = orm(model);
    let Embedded { field, ty, docs, .. } = embedded;
    let (first, write) = (embeds::position(model, index, &orm), embeds::write_value(embedded, &orm));
    let out = with_set(model, required, &[model.columns.len() + index]);
    let text = docs.is_empty().then(|| format!("The columns of `{field}`.")).into_iter();
    quote! {
        #(#[doc = #text])*
        #(#docs)*
        #vis fn #field(self, __value: #ty) -> #out {
            #insert {
                __row: #orm::change::InsertRow::set_embedded(self.__row, #first, |__values| {
                    #write(__value, __values);
                }),
                __set: ::core::marker::PhantomData,
            }
        }
    }
}

/// Returns the bound `Assign<...>`, with the span of the setter's name, so that an error shows one location.
fn bound(span: Span, orm: &TokenStream, name: &TokenStream, arguments: &TokenStream) -> TokenStream {
    let name = at(span, quote!(#orm::#name));
    quote_spanned!(span=> impl #name<#arguments>)
}

fn relation_setter(model: &Model<'_>, required: &[Required], number: usize, key: &ForeignKey) -> TokenStream {
    let Model { vis, insert, .. } = model;
    let orm = orm(model);
    let (relation, target) = (&key.relation, &key.target);
    let row = bound(relation.span(), &orm, &quote!(relation::Refers), &quote!(#target));
    let is_model = is_model(&orm, target);
    let out = with_set(model, required, &key.columns);
    let docs = format!("Makes the row belong to a [`{}`].", crate::attr::path_text(target));
    quote! {
        #[doc = #docs]
        #vis fn #relation(self, __row: #row) -> #out
        where
            #is_model,
        {
            #insert {
                __row: #orm::change::InsertRow::set_key::<#target>(self.__row, #number, __row),
                __set: ::core::marker::PhantomData,
            }
        }
    }
}
