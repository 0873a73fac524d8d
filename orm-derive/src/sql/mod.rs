//! `sql!` and `fragment!`: raw SQL.

mod expand;
mod input;

use proc_macro2::TokenStream;
use syn::LitStr;

use crate::context::Ctxt;
use expand::Kind;
use input::{Arguments, FragmentInput, SqlInput};

/// Returns the code of a statement.
pub(crate) fn statement(input: TokenStream) -> TokenStream {
    match syn::parse2::<SqlInput>(input) {
        Ok(input) => build(&input.text, &input.arguments, &Kind::Statement),
        // The intended statement is unknown, so errors in its use are unknown, too.
        Err(error) => diverge(error.to_compile_error()),
    }
}

/// Returns the code of an expression.
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
                let models = check_models(cx, &parts, arguments, text);
                expand::expand(if models { &[] } else { &parts }, text.span(), arguments, kind)
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

/// Reports an argument that the text does not use, which was probably forgotten.
fn check_used(cx: &Ctxt, parts: &[orm_template::Part<'_>], arguments: &Arguments) {
    for (name, _) in arguments {
        let used = parts.iter().any(|part| match part {
            orm_template::Part::Slot(orm_template::Slot::Value(used) | orm_template::Slot::List(used)) => {
                name == used.split('.').next().unwrap_or(used)
            }
            _ => false,
        });
        if !used {
            cx.error(name, format!("unused argument: the text has no `{{{name}}}`"));
        }
    }
}

/// `{User}` for `{@User}`: values do not have names of types. Returns whether it was reported.
fn check_models(cx: &Ctxt, parts: &[orm_template::Part<'_>], arguments: &Arguments, text: &LitStr) -> bool {
    let before = cx.count();
    for part in parts {
        let orm_template::Part::Slot(orm_template::Slot::Value(name)) = part else { continue };
        let first = name.split('.').next().unwrap_or(name);
        let named = arguments.iter().any(|(argument, _)| argument == first);
        if !named && first.starts_with(char::is_uppercase) && first.contains(char::is_lowercase) {
            cx.error(
                text,
                format!(
                    "`{{{name}}}` looks like a model, not a value: write `{{@{first}}}` for its table, \
            and `{{@{first}.name}}` for a column"
                ),
            );
        }
    }
    cx.count() > before
}

/// Returns errors in a block, which can stand in for an expression.
fn diverge(errors: TokenStream) -> TokenStream {
    quote::quote!({ #errors })
}
