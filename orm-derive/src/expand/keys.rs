//! The columns of unique keys, which `on_conflict` is given: what is part of no key cannot be named.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;
use syn::ext::IdentExt as _;

use super::declared_mode;
use crate::model::{Column, Index, Model, Over};

/// The keys on which rows may conflict, by the positions of their columns.
pub(super) fn unique_keys(model: &Model<'_>) -> Vec<Vec<usize>> {
    let single = model.columns.iter().filter(|column| column.attrs.unique.is_some());
    let whole = |index: &Index| {
        let columns = index.parts.iter().map(|part| match part.over {
            Over::Column(column) => Some(column),
            Over::Prefix(..) | Over::Expression(..) => None,
        });
        columns.collect::<Option<Vec<usize>>>().filter(|_| index.condition.is_none())
    };
    let several = model.uniques.iter().filter_map(whole);
    let primary = std::iter::once(model.key.clone()).filter(|key| !key.is_empty());
    primary.chain(single.map(|column| vec![column.index])).chain(several).collect()
}

/// The name of the struct, which stands in a message about a column that is part of no key.
pub(super) fn ident(model: &Model<'_>) -> Ident {
    format_ident!("{}Keys", model.ident.unraw())
}

/// The struct. It is inside of the `const _`, so that a type of this name beside the model does not get in the way.
pub(super) fn structure(model: &Model<'_>) -> TokenStream {
    let (vis, keys) = (model.vis, ident(model));
    let columns = columns(model).into_iter().map(|column| {
        let (field, ty, mode) = (column.field, &column.ty, declared_mode(column));
        quote!(#vis #field: __orm::expression::Column<#ty, #mode>,)
    });
    quote! {
        #[allow(dead_code, non_snake_case)]
        #vis struct #keys {
            #(#columns)*
        }
    }
}

/// A value of the struct.
pub(super) fn literal(model: &Model<'_>) -> TokenStream {
    let keys = ident(model);
    let columns = columns(model).into_iter().map(|column| {
        let (field, position) = (column.field, column.position());
        quote!(#field: __orm::expression::Column::new(__source, #position))
    });
    quote!(#keys { #(#columns,)* })
}

fn columns<'m, 'a>(model: &'m Model<'a>) -> Vec<&'m Column<'a>> {
    let keys = unique_keys(model);
    // Of a model with mistakes nobody knows its keys.
    let is_part = |column: &&Column<'_>| model.broken || keys.iter().any(|key| key.contains(&column.index));
    model.columns.iter().filter(is_part).collect()
}
