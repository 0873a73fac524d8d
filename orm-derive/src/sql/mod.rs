//! `sql!` and `fragment!`: SQL written by hand.

mod expand;
mod input;

use proc_macro2::TokenStream;
use syn::LitStr;

use crate::context::Ctxt;
use expand::Kind;
use input::{Arguments, FragmentInput, SqlInput};

/// The code of a statement.
pub(crate) fn statement(input: TokenStream) -> TokenStream {
    match syn::parse2::<SqlInput>(input) {
        Ok(input) => build(&input.text, &input.arguments, &Kind::Statement),
        // What the statement would have been is not known, so neither is what is wrong with its use.
        Err(error) => diverge(error.to_compile_error()),
    }
}

/// The code of an expression.
pub(crate) fn fragment(input: TokenStream) -> TokenStream {
    match syn::parse2::<FragmentInput>(input) {
        Ok(FragmentInput { ty, sql }) => build(&sql.text, &sql.arguments, &Kind::Fragment(Box::new(ty))),
        Err(error) => diverge(error.to_compile_error()),
    }
}

fn build(text: &LitStr, arguments: &Arguments, kind: &Kind) -> TokenStream {
    let (code, errors) = Ctxt::run(|cx| {
        let value = text.value();
        match orm_template::parse(&value) {
            Ok(parts) => {
                check_used(cx, &parts, arguments);
                expand::expand(&parts, text.span(), arguments, kind)
            }
            Err(mistake) => {
                cx.error(text, mistake);
                expand::expand(&[], text.span(), arguments, kind)
            }
        }
    });
    match errors {
        None => code,
        Some(errors) => diverge(quote::quote!(#errors #code)),
    }
}

/// An argument that the text does not name is one that somebody forgot.
fn check_used(cx: &Ctxt, parts: &[orm_template::Part<'_>], arguments: &Arguments) {
    for (name, _) in arguments {
        let used = parts.iter().any(|part| match part {
            orm_template::Part::Slot(orm_template::Slot::Value(used) | orm_template::Slot::List(used)) => {
                name == used.split('.').next().unwrap_or(used)
            }
            _ => false,
        });
        if !used {
            cx.error(name, format!("the text has no `{{{name}}}`"));
        }
    }
}

/// Errors in a block, so that they can stand where an expression does.
fn diverge(errors: TokenStream) -> TokenStream {
    quote::quote!({ #errors })
}
