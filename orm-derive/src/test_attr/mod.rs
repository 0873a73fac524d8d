//! `#[orm::test]`: tests that leave nothing behind.

mod options;

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{ItemFn, ReturnType};

use options::{Bind, Options};

/// Returns the code of a test; if it cannot be one, the unchanged function, so that there are no further errors.
pub(crate) fn expand(options: TokenStream, item: TokenStream) -> TokenStream {
    let read = syn::parse2::<ItemFn>(item.clone());
    match read.and_then(|function| test(syn::parse2(options)?, function)) {
        Ok(code) => code,
        Err(error) => {
            let error = error.to_compile_error();
            quote!(#error #[allow(dead_code)] #item)
        }
    }
}

fn test(options: Options, function: ItemFn) -> syn::Result<TokenStream> {
    check(&function)?;
    let ItemFn { attrs, vis, sig, block } = function;
    let (name, inputs) = (&sig.ident, &sig.inputs);
    let url = match options.url {
        Some(url) => quote!(#url),
        None => quote!(::orm::base::test_kit::url(::core::option::Option::None)?),
    };
    let binds = options.binds.into_iter().map(|Bind { name, url }| match url {
        Some(url) => quote!(.bind(#name, #url)),
        None => quote!(.bind(#name, ::orm::base::test_kit::url(::core::option::Option::Some(#name))?)),
    });
    let create = options.models.map(|models| quote!(base.create_tables::<#models>().await?;));
    // An error type that `orm::Error` does not convert into is reported at the return type.
    let (output, run) = match &sig.output {
        ReturnType::Default => {
            (quote!(::orm::Result<()>), quote!(::core::result::Result::Ok(__orm_test(db).await)))
        }
        ReturnType::Type(_, output) => {
            (quote!(#output), quote_spanned!(output.span()=> __orm_test(db).await))
        }
    };
    let returned = &sig.output;
    // The test may have its own functions with any usual name.
    let run_on = quote_spanned! {output.span()=>
        async fn __orm_run() -> #output {
            let base = <::orm::Database as ::orm::Open>::builder().url(#url)#(#binds)*.open()?;
            #create
            let db = base.for_test()?;
            #run
        }
    };
    Ok(quote! {
        #[::core::prelude::v1::test]
        #(#attrs)*
        #vis fn #name() -> #output {
            async fn __orm_test(#inputs) #returned #block
            #run_on
            ::orm::base::test_kit::block_on(__orm_run())?
        }
    })
}

/// Checks the rules for such a test.
fn check(function: &ItemFn) -> syn::Result<()> {
    let sig = &function.sig;
    let wrong = if sig.asyncness.is_none() {
        syn::Error::new_spanned(sig.fn_token, "a database test must be an `async fn`")
    } else if let Some(parameter) = sig.generics.params.first() {
        syn::Error::new_spanned(parameter, "a test cannot be generic")
    } else if sig.inputs.len() != 1 {
        syn::Error::new_spanned(
            &sig.ident,
            format!("a database test must take the database: write `async fn {}(db: Database)`", sig.ident),
        )
    } else {
        return Ok(());
    };
    Err(wrong)
}
