//! What a view has instead of a builder.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Model;

/// Implements the traits of new rows, only for the error that a view has none.
pub(super) fn implementation(model: &Model<'_>) -> TokenStream {
    let ident = model.ident;
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl __orm::unit::IntoNew for #ident {
            type Model = #ident;

            fn draft(self) -> ::std::vec::Vec<__orm::syntax::Node> {
                ::std::vec::Vec::new()
            }
        }
    }
}
