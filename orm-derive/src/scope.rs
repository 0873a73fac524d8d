//! The scope of generated implementations.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Path;

/// Returns the items in a scope of their own, in which `__orm` is the façade's module for generated code.
///
/// Lints about needlessly long code are allowed there: it has to mean the same whatever names the program has in scope,
/// and its bounds are written one by one, each with the span of what it is about.
pub(crate) fn scope(krate: &Path, items: TokenStream) -> TokenStream {
    quote! {
        #[allow(unused_lifetimes, unused_qualifications, clippy::type_repetition_in_bounds)]
        const _: () = {
            use #krate::base as __orm;
            #items
        };
    }
}
