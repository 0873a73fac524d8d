//! Code that loads a graph: plans are zipped one after another, and the struct is built from the result.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned as _;

use super::{Graph, Loaded};
use crate::expand::is_model;
use crate::scope::scope;

/// Returns the code.
pub(super) fn expand(graph: &Graph<'_>) -> TokenStream {
    let Graph { ident, root, loaded, .. } = graph;
    let (root_field, root_type) = (root.field, root.ty);
    let fields: Vec<_> = loaded.iter().map(|loaded| loaded.field).collect();
    let plans = loaded.iter().map(|loaded| plan(graph, loaded));
    let last = loaded.len().checked_sub(1);
    let zips = plans.enumerate().map(|(index, plan)| {
        // Each zip nests the previous ones; the last one builds the struct from all of them.
        let seen = &fields[..index];
        let field = fields[index];
        let nested = nested(root_field, seen);
        let made = if Some(index) == last {
            quote!(#ident { #root_field, #(#fields),* })
        } else {
            quote!((#nested, #field))
        };
        quote!(let __plan = __orm::relation::zip(__plan, #plan, |#nested, #field| #made);)
    });
    let alone = loaded.is_empty().then(|| {
        quote! {
            let __plan = __orm::relation::zip(
                __plan,
                __orm::relation::nothing(),
                |#root_field, ()| #ident { #root_field },
            );
        }
    });
    implementation(
        graph,
        quote! {
            let __plan = <#root_type as __orm::relation::Graph<#root_type>>::plan();
            #(#zips)*
            #alone
            __plan
        },
    )
}

/// Returns the stub of a graph with mistakes.
pub(super) fn stub(graph: &Graph<'_>) -> TokenStream {
    implementation(graph, quote!(::core::unreachable!()))
}

fn implementation(graph: &Graph<'_>, code: TokenStream) -> TokenStream {
    let Graph { ident, krate, root, .. } = graph;
    let root = root.ty;
    let is_model = match root {
        Type::Path(path) => is_model(&quote!(#krate::base), &path.path),
        other => quote!(#other: #krate::base::model::Model),
    };
    scope(
        krate,
        quote! {
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl __orm::relation::Graph<#root> for #ident
            where
                #is_model,
            {
                fn plan() -> ::std::sync::Arc<dyn __orm::relation::Plan<Self>> {
                    __orm::relation::finite(|| { #code })
                }
            }
        },
    )
}

/// `((row, a), b)`: the result of the previous zips.
fn nested(root: &syn::Ident, fields: &[&syn::Ident]) -> TokenStream {
    fields.iter().fold(quote!(#root), |before, field| quote!((#before, #field)))
}

/// Returns the plan of one relation, with the span of the field, which an error shows.
fn plan(graph: &Graph<'_>, loaded: &Loaded<'_>) -> TokenStream {
    let Loaded { field, ty, load } = loaded;
    let root = graph.root.ty;
    let columns = quote!(<#root as __orm::model::Model>::Fields<__orm::mode::Required>);
    let relation = match load {
        None => {
            let method = quote_spanned!(field.span()=> __root.#field());
            quote!({ let __root: #columns = __orm::relation::root_fields::<#root>(); #method })
        }
        Some(load) => quote!({
            let __load: fn(#columns) -> _ = #load;
            __load(__orm::relation::root_fields::<#root>())
        }),
    };
    let plan = quote_spanned!(ty.span()=> <#ty as __orm::relation::Loaded<_>>::plan);
    quote!(#plan(#relation))
}
