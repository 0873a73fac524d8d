//! `procedure!`: functions that call stored procedures.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, LitStr, Token, Type, Visibility};

/// `pub fn transfer(sender: u64, inout amount: Decimal, out rest: Decimal) = "shop.transfer";`
struct Procedure {
    attrs: Vec<Attribute>,
    vis: Visibility,
    ident: Ident,
    parameters: Vec<Parameter>,
    name: LitStr,
}

struct Parameter {
    direction: Direction,
    ident: Ident,
    ty: Type,
}

#[derive(Clone, Copy, PartialEq)]
enum Direction {
    In,
    InOut,
    Out,
}

/// Returns the code of all functions.
pub(crate) fn functions(input: TokenStream) -> TokenStream {
    match syn::parse2::<Procedures>(input) {
        Ok(Procedures(all)) => all.iter().map(function).collect(),
        Err(error) => error.to_compile_error(),
    }
}

struct Procedures(Vec<Procedure>);

impl Parse for Procedures {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut all = Vec::new();
        while !input.is_empty() {
            all.push(input.parse()?);
        }
        Ok(Procedures(all))
    }
}

impl Parse for Procedure {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attrs = input.call(Attribute::parse_outer)?;
        let vis = input.parse()?;
        input.parse::<Token![fn]>()?;
        let ident: Ident = input.parse()?;
        if input.peek(Token![<]) {
            return Err(input.error("a procedure cannot be generic: each parameter has one type"));
        }
        let inside;
        syn::parenthesized!(inside in input);
        let parameters = Punctuated::<Parameter, Token![,]>::parse_terminated(&inside)?;
        if input.peek(Token![->]) {
            let message = "a procedure has no return type: use `out` and `inout` parameters, as in `out total: Decimal`";
            return Err(input.error(message));
        }
        let name = match input.parse::<Option<Token![=]>>()? {
            Some(_) => input.parse()?,
            None => LitStr::new(&ident.unraw().to_string(), ident.span()),
        };
        if input.peek(syn::token::Brace) {
            return Err(input
                .error("the body of the procedure is stored in the database: write `;` instead of a body"));
        }
        if !input.peek(Token![;]) {
            let message = "expected `;`, or the procedure's name in the database: `= \"shop.transfer\";`";
            return Err(syn::Error::new(ident.span(), message));
        }
        input.parse::<Token![;]>()?;
        Ok(Procedure { attrs, vis, ident, parameters: parameters.into_iter().collect(), name })
    }
}

impl Parse for Parameter {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let first: Ident = input.call(Ident::parse_any)?;
        let (direction, ident) = if input.peek(Token![:]) {
            (Direction::In, first)
        } else {
            (Direction::of(&first)?, input.parse()?)
        };
        input.parse::<Token![:]>()?;
        // `total: out Decimal`
        let ahead = input.fork();
        if let Ok(word) = ahead.call(Ident::parse_any)
            && Direction::of(&word).is_ok()
            && !ahead.peek(Token![::])
            && let Ok(ty) = ahead.parse::<Type>()
        {
            let message = format!("the direction belongs before the name: `{word} {ident}: {}`", quote!(#ty));
            return Err(syn::Error::new(word.span(), message));
        }
        Ok(Parameter { direction, ident, ty: input.parse()? })
    }
}

impl Direction {
    fn of(word: &Ident) -> syn::Result<Self> {
        match word.to_string().as_str() {
            "in" => Ok(Direction::In),
            "inout" => Ok(Direction::InOut),
            "out" => Ok(Direction::Out),
            _ => {
                let message =
                    format!("unknown direction `{word}`: expected `in` (the default), `inout` or `out`");
                Err(syn::Error::new(word.span(), message))
            }
        }
    }
}

fn function(procedure: &Procedure) -> TokenStream {
    let Procedure { attrs, vis, ident, parameters, name } = procedure;
    let given = parameters.iter().filter(|parameter| parameter.direction != Direction::Out);
    let given = given.map(|Parameter { ident, ty, .. }| quote!(#ident: #ty));
    let outputs = parameters.iter().filter(|parameter| parameter.direction != Direction::In);
    let outputs = outputs.map(|parameter| &parameter.ty);
    let steps = parameters.iter().map(|Parameter { direction, ident, ty }| match direction {
        Direction::In => quote!(.arg(#ident)),
        Direction::InOut => quote!(.inout::<#ty>(#ident)),
        Direction::Out => quote!(.out::<#ty>()),
    });
    quote! {
        #(#attrs)*
        #vis fn #ident(#(#given),*) -> ::orm::base::procedure::Call<(#(#outputs,)*)> {
            ::orm::base::procedure::call(#name)#(#steps)*
        }
    }
}
