//! `check`: a condition, with an optional name.

use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Ident, LitStr, Token};

use super::entry::{Entry, Given, list, value};
use super::read::{self, Attr, once};
use super::structure::inside;
use crate::context::Ctxt;

/// `check = "price >= 0"`, or `check("price >= 0", name = "price_not_negative")`.
pub(crate) struct Condition {
    /// The SQL.
    pub(crate) sql: LitStr,
    /// The name, if one is given.
    pub(crate) name: Option<LitStr>,
}

/// The syntax of a named check.
const NAMED: &str = "check(\"price >= 0\", name = \"price_not_negative\")";

/// The condition, or an option.
enum Part {
    Sql(LitStr),
    Option(Entry),
}

/// Reads a condition.
pub(super) fn condition(cx: &Ctxt, entry: &Entry, how: &str) -> Option<Condition> {
    if !matches!(entry.value, Given::List(_)) {
        return match read::string(entry, how) {
            Ok(sql) => Some(Condition { sql, name: None }),
            Err(error) => {
                cx.push(error);
                None
            }
        };
    }
    let tokens = inside(cx, entry, NAMED)?;
    let before = cx.count();
    let (mut sql, mut name): (Option<LitStr>, Option<Attr<LitStr>>) = (None, None);
    for part in list(cx, tokens, part) {
        match part {
            Part::Sql(text) if sql.is_some() => {
                cx.error(&text, "a `check` has only one condition: add another `check` for this one");
            }
            Part::Sql(text) if text.value().trim().is_empty() => cx.error(&text, "`check` is empty"),
            Part::Sql(text) => sql = Some(text),
            Part::Option(option) if option.name == "name" => {
                once(cx, &mut name, option, |entry| read::string(entry, "name = \"price_not_negative\""));
            }
            Part::Option(option) => {
                let message =
                    format!("unknown option `{}`: `check` takes a condition and `name`", option.name);
                cx.error(&option.name, message);
            }
        }
    }
    match sql {
        Some(sql) => Some(Condition { sql, name: name.map(|name| name.value) }),
        None if cx.count() > before => None,
        None => {
            cx.error(&entry.name, format!("expected the form `{NAMED}`"));
            None
        }
    }
}

fn part(input: ParseStream<'_>) -> syn::Result<Part> {
    if input.peek(LitStr) {
        return input.parse().map(Part::Sql);
    }
    if !input.peek2(Token![=]) || input.peek2(Token![==]) {
        return Err(input.error(format!("the condition must be SQL in quotes, as in `{NAMED}`")));
    }
    let name = input.call(Ident::parse_any)?;
    input.parse::<Token![=]>()?;
    Ok(Part::Option(Entry { name, value: Given::Value(value(input)?) }))
}
