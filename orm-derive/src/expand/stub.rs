//! The stub of a model for which no code can be generated.

use proc_macro2::TokenStream;
use quote::quote;

use super::fields;
use crate::model::Model;
use crate::scope::scope;

/// A model with generic parameters: implements `Model`, without columns, which may depend on the parameters.
pub(super) fn generic(model: &Model<'_>) -> TokenStream {
    let Model { ident, krate, vis, fields: columns, generics, .. } = model;
    let (parameters, arguments, _) = generics.split_for_impl();
    let implementations = fields::implementations(model);
    let implementations = scope(
        krate,
        quote! {
            #implementations
            #[automatically_derived]
            impl<__M: __orm::mode::Mode, __T> __orm::expression::ColumnsOf<__T> for #columns<__M> {
                fn source(&self) -> __orm::syntax::Source {
                    ::core::unreachable!()
                }
            }
            #[automatically_derived]
            impl #parameters __orm::model::Model for #ident #arguments
            where
                #ident #arguments: ::core::marker::Send + ::core::marker::Sync + 'static,
            {
                type Key = ::core::primitive::u64;
                type Fields<__M: __orm::mode::Mode> = #columns<__M>;

                fn table() -> &'static __orm::schema::Table {
                    ::core::unreachable!()
                }

                fn fields<__M: __orm::mode::Mode>(_: __orm::syntax::Source) -> #columns<__M> {
                    ::core::unreachable!()
                }

                fn read(
                    _: &mut __orm::value::Cells<'_, '_>,
                ) -> ::core::result::Result<Self, __orm::value::Fault> {
                    ::core::unreachable!()
                }

                fn write(self, _: &mut ::std::vec::Vec<__orm::value::Datum>) {}

                fn column_value(&self, _: ::core::primitive::u16) -> __orm::value::Datum {
                    ::core::unreachable!()
                }

                fn set_column(
                    &mut self,
                    _: ::core::primitive::u16,
                    _: &mut __orm::value::Cells<'_, '_>,
                ) -> ::core::result::Result<(), __orm::value::Fault> {
                    ::core::unreachable!()
                }

                fn key(&self) -> ::core::primitive::u64 {
                    ::core::unreachable!()
                }

                fn key_values(_: ::core::primitive::u64) -> ::std::vec::Vec<__orm::value::Datum> {
                    ::core::unreachable!()
                }
            }
            #[automatically_derived]
            impl #parameters __orm::model::Writable for #ident #arguments
            where
                #ident #arguments: ::core::marker::Send + ::core::marker::Sync + 'static,
            {
                type Insert = ();
                type Keys = #columns;

                fn start() {}

                fn keys(_: __orm::syntax::Source) -> #columns {
                    ::core::unreachable!()
                }
            }
        },
    );
    quote! {
        #[doc(hidden)]
        #vis struct #columns<__M: #krate::base::mode::Mode = #krate::base::mode::Required> {
            __mode: ::core::marker::PhantomData<fn() -> __M>,
        }
        #implementations
    }
}
