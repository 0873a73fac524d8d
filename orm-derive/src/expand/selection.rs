//! All columns of a row as one selection.

use proc_macro2::TokenStream;
use quote::quote;

use super::embeds;
use crate::model::Model;

/// `impl Selection` for the struct of columns.
pub(super) fn implementation(model: &Model<'_>) -> TokenStream {
    let Model { ident, fields, .. } = model;
    let push =
        embeds::moved(model, quote!(fn push(self, __items: &mut ::std::vec::Vec<__orm::syntax::Item>)));
    let tables =
        embeds::moved(model, quote!(fn push(self, __tables: &mut ::std::vec::Vec<__orm::syntax::Source>)));
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl<__M: __orm::mode::Mode> __orm::selection::Selection for #fields<__M> {
            type Output = <__M as __orm::mode::Mode>::Of<#ident>;

            #push {
                let __row = __orm::syntax::Item::Row(self.__source, <#ident as __orm::model::Model>::table());
                ::std::vec::Vec::push(__items, __row);
            }

            fn read(
                __cells: &mut __orm::value::Cells<'_, '_>,
            ) -> ::core::result::Result<Self::Output, __orm::value::Fault> {
                <__M as __orm::mode::Mode>::read_row::<#ident>(__cells)
            }
        }
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl<__M: __orm::mode::Mode> __orm::expression::ColumnsOf<#ident> for #fields<__M> {
            fn source(&self) -> __orm::syntax::Source {
                self.__source
            }
        }
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl<__M: __orm::mode::Mode> __orm::selection::Tables for #fields<__M> {
            #tables {
                ::std::vec::Vec::push(__tables, self.__source);
            }
        }
    }
}
