//! The input of the macros.

use quote::ToTokens as _;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::{Expr, Ident, LitStr, Token, Type};

/// `name = expression` after the text.
pub(super) type Arguments = Vec<(Ident, Expr)>;

/// `"SELECT .. {name}", name = expression`
pub(super) struct SqlInput {
    pub(super) text: LitStr,
    pub(super) arguments: Arguments,
}

/// `String, "LOWER({u.name})"`
pub(super) struct FragmentInput {
    pub(super) ty: Type,
    pub(super) sql: SqlInput,
}

impl Parse for SqlInput {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let Ok(text) = input.parse::<LitStr>() else {
            let formatted =
                input.peek(Ident) && input.fork().parse::<Ident>().is_ok_and(|name| name == "format");
            return Err(input.error(if formatted && input.peek2(Token![!]) {
                "the text of a statement is never formatted: write it here as a literal, `sql!(\"… WHERE name = {name}\")`, which \
                 binds what is in braces"
            } else {
                "expected the text of a statement as a literal; text that is kept elsewhere goes through \
                 `orm::raw::sql(..)`"
            }));
        };
        let mut arguments: Arguments = Vec::new();
        if !input.is_empty() && !input.peek(Token![,]) {
            return Err(input
                .error("the text is one literal, which may go over several lines; values come after a `,`"));
        }
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if input.is_empty() {
                break;
            }
            let given = input.fork();
            let name = input.call(Ident::parse_any).and_then(|name| input.parse::<Token![=]>().map(|_| name));
            let Ok(name) = name else { return Err(unnamed(&given)) };
            if arguments.iter().any(|(other, _)| *other == name) {
                return Err(syn::Error::new(name.span(), format!("`{name}` is given twice")));
            }
            arguments.push((name, input.parse()?));
        }
        Ok(SqlInput { text, arguments })
    }
}

/// `sql!("… WHERE id = ?", id)`
fn unnamed(given: ParseStream<'_>) -> syn::Error {
    match given.parse::<Expr>() {
        Ok(Expr::Path(path)) if path.path.get_ident().is_some() => {
            let name = path.to_token_stream();
            let message = format!(
                "a value is written where it stands in the text: `{{{name}}}` there, and nothing here"
            );
            syn::Error::new_spanned(path, message)
        }
        Ok(value) => syn::Error::new_spanned(
            value,
            "a value is named where it stands in the text: `{name}` there, and `name = value` here",
        ),
        Err(_) => given.error("a value is named where it stands in the text: write `name = value` here"),
    }
}

impl Parse for FragmentInput {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(LitStr) {
            return Err(input.error("the type comes first: `fragment!(String, \"LOWER({u.name})\")`"));
        }
        let ty = input.parse()?;
        input.parse::<Token![,]>()?;
        Ok(FragmentInput { ty, sql: input.parse()? })
    }
}
