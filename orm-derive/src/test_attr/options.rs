//! The options of `#[orm::test(..)]`.

use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Expr, Ident, LitStr, Token, Type, parenthesized, token};

use crate::suggest::did_you_mean;

/// `models = (User, Post), url = "sqlite::memory:", binds = ("audit", "cache" = "sqlite::memory:")`
#[derive(Default)]
pub(super) struct Options {
    pub(super) models: Option<Type>,
    pub(super) url: Option<Expr>,
    pub(super) binds: Vec<Bind>,
}

/// A further database: its name, and its URL if one is given.
pub(super) struct Bind {
    pub(super) name: LitStr,
    pub(super) url: Option<Expr>,
}

impl Parse for Options {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut options = Options::default();
        let mut given: Vec<Ident> = Vec::new();
        while !input.is_empty() {
            let name: Ident = input.parse()?;
            if given.contains(&name) {
                return Err(syn::Error::new(name.span(), format!("duplicate option `{name}`")));
            }
            options.read(&name, input)?;
            given.push(name);
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(options)
    }
}

impl Options {
    /// Parses the value of the option with this name.
    fn read(&mut self, name: &Ident, input: ParseStream<'_>) -> syn::Result<()> {
        let word = name.to_string();
        if !["models", "url", "binds"].contains(&word.as_str()) {
            let hint = did_you_mean(&word, ["models", "url", "binds"]);
            let hint = if hint.is_empty() { "; available: `models`, `url` and `binds`" } else { &hint };
            return Err(syn::Error::new(name.span(), format!("unknown option `{word}`{hint}")));
        }
        input.parse::<Token![=]>()?;
        match word.as_str() {
            "models" => self.models = Some(input.parse()?),
            "url" => self.url = Some(input.parse()?),
            _ => self.binds = binds(input)?,
        }
        Ok(())
    }
}

/// Parses `("audit", "cache" = "sqlite::memory:")`, or one of them without parentheses.
fn binds(input: ParseStream<'_>) -> syn::Result<Vec<Bind>> {
    let binds: Vec<Bind> = if input.peek(token::Paren) {
        let inner;
        parenthesized!(inner in input);
        Punctuated::<Bind, Token![,]>::parse_terminated(&inner)?.into_iter().collect()
    } else {
        vec![input.parse()?]
    };
    for (place, Bind { name, .. }) in binds.iter().enumerate() {
        let text = name.value();
        if text == "default" {
            let message = "`binds` cannot include `default`, the database of `url`: name only the others";
            return Err(syn::Error::new(name.span(), message));
        }
        if binds[..place].iter().any(|other| other.name.value() == text) {
            return Err(syn::Error::new(name.span(), format!("two databases have the bind name `{text}`")));
        }
    }
    Ok(binds)
}

impl Parse for Bind {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if !input.peek(LitStr) {
            return Err(input.error(
                "expected the name of a database as a string, as in `binds = (\"audit\", \"cache\")`",
            ));
        }
        let name = input.parse()?;
        let url = match input.parse::<Option<Token![=]>>()? {
            Some(_) => Some(input.parse()?),
            None => None,
        };
        Ok(Bind { name, url })
    }
}
