//! The grammar of `#[orm(...)]`: a list of `name`, `name = value` and `name(...)`.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::{Attribute, Expr, ExprPath, Ident, Lit, Meta, Token, Type};

use crate::context::Ctxt;

/// One entry of `#[orm(...)]`.
pub(crate) struct Entry {
    /// The name.
    pub(crate) name: Ident,
    /// What follows the name.
    pub(crate) value: Given,
}

/// What follows the name of an entry.
pub(crate) enum Given {
    /// Nothing.
    Nothing,
    /// `= value`.
    Value(Expr),
    /// `(...)`.
    List(TokenStream),
}

/// Returns the entries of all `#[orm(...)]` among `attrs`. Entries that cannot be parsed are reported and skipped.
pub(crate) fn entries(cx: &Ctxt, attrs: &[Attribute]) -> Vec<Entry> {
    let mut entries = Vec::new();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("orm")) {
        match &attr.meta {
            Meta::List(written) => entries.extend(list(cx, &written.tokens, entry)),
            other => cx.error(other, "expected `#[orm(...)]`, with the attributes in parentheses"),
        }
    }
    entries
}

/// Parses `tokens`, the content of a list, item by item, and continues after an item that cannot be parsed.
pub(super) fn list<T>(
    cx: &Ctxt,
    tokens: &TokenStream,
    item: impl Fn(ParseStream<'_>) -> syn::Result<T>,
) -> Vec<T> {
    let mut items = Vec::new();
    let parser = |input: ParseStream<'_>| {
        while !input.is_empty() {
            match item(input).and_then(|item| end(input).map(|()| item)) {
                Ok(item) => items.push(item),
                Err(error) => {
                    cx.push(error);
                    while !input.is_empty() && !input.peek(Token![,]) {
                        input.parse::<TokenTree>()?;
                    }
                }
            }
            input.parse::<Option<Token![,]>>()?;
        }
        Ok(())
    };
    let _ = parser.parse2(tokens.clone()).map_err(|error| cx.push(error));
    items
}

fn end(input: ParseStream<'_>) -> syn::Result<()> {
    if input.is_empty() || input.peek(Token![,]) { Ok(()) } else { Err(input.error("expected `,`")) }
}

fn entry(input: ParseStream<'_>) -> syn::Result<Entry> {
    let Ok(name) = input.call(Ident::parse_any) else {
        return Err(input.error("expected an attribute: `name`, `name = value` or `name(..)`"));
    };
    if input.peek(Token![:]) {
        return Err(input.error(format!("expected `=` before the value: write `{name} = ..`")));
    }
    let value = if input.peek(Token![=]) {
        let equals = input.parse::<Token![=]>()?;
        if input.is_empty() || input.peek(Token![,]) {
            return Err(missing_value(&name, equals.span));
        }
        let ahead = input.fork();
        Given::Value(value(input).map_err(|error| of_a_type(&name, &ahead).unwrap_or(error))?)
    } else if input.peek(syn::token::Paren) {
        let content;
        syn::parenthesized!(content in input);
        Given::List(content.parse()?)
    } else {
        Given::Nothing
    };
    Ok(Entry { name, value })
}

/// Parses an expression. A single word counts as one even if it is a keyword, as in `as = enum`.
pub(super) fn value(input: ParseStream<'_>) -> syn::Result<Expr> {
    let ahead = input.fork();
    if !input.peek(Lit)
        && let Ok(word) = ahead.call(Ident::parse_any)
        && end(&ahead).is_ok()
    {
        input.call(Ident::parse_any)?;
        return Ok(Expr::Path(ExprPath { attrs: Vec::new(), qself: None, path: word.into() }));
    }
    Ok(match input.parse()? {
        // An argument of a `macro_rules!` macro, such as `$table:literal`, arrives in an invisible group.
        Expr::Group(group) => *group.expr,
        expr => expr,
    })
}

/// `belongs_to = Option<User>` is not an expression: syn's own message would be about operators.
fn of_a_type(name: &Ident, given: ParseStream<'_>) -> Option<syn::Error> {
    let ty = given.parse::<Type>().ok()?;
    let inner = crate::model::optional(&ty)?;
    let message = format!(
        "write `{name} = {}`: the field's type decides whether it may be missing",
        inner.to_token_stream()
    );
    Some(syn::Error::new_spanned(&ty, message))
}

fn missing_value(name: &Ident, at: Span) -> syn::Error {
    syn::Error::new(at, format!("`{name}` has no value after the `=`"))
}
