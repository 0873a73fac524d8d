//! What a view has in the place of a builder.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Model;

/// Its rows are new ones for as long as it takes to say that they are not.
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
