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
                "do not build SQL with `format!`: write a literal, `sql!(\"… WHERE name = {name}\")`, which binds the \
                values in braces as parameters"
            } else {
                "expected the SQL as a string literal; for text from elsewhere, use `orm::raw::sql(..)`"
            }));
        };
        let mut arguments: Arguments = Vec::new();
        if !input.is_empty() && !input.peek(Token![,]) {
            return Err(input.error(
                "expected one string literal, which may have several lines; values come after a `,`",
            ));
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
                "no positional arguments: write `{{{name}}}` in the text where the value belongs, and nothing here"
            );
            syn::Error::new_spanned(path, message)
        }
        Ok(value) => syn::Error::new_spanned(
            value,
            "no positional arguments: write `{name}` in the text where the value belongs, and `name = value` here",
        ),
        Err(_) => given.error("expected `name = value`, for the `{name}` in the text"),
    }
}

impl Parse for FragmentInput {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(LitStr) {
            return Err(input.error("expected the type first: `fragment!(String, \"LOWER({u.name})\")`"));
        }
        let ty = input.parse()?;
        input.parse::<Token![,]>()?;
        Ok(FragmentInput { ty, sql: input.parse()? })
    }
}
