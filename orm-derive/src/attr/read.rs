//! Attribute values.

use proc_macro2::Span;
use syn::spanned::Spanned as _;
use syn::{Expr, ExprLit, Ident, Lit, LitStr, Path};

use super::entry::{Entry, Given};
use crate::context::Ctxt;
use crate::suggest::{did_you_mean, listed};

/// The value of an attribute, with the name as the user wrote it.
pub(crate) struct Attr<T> {
    /// The name: the location for errors.
    pub(crate) name: Ident,
    /// The location of the value: its first token, or the name if there is none.
    pub(crate) at: Span,
    /// The value.
    pub(crate) value: T,
}

/// Parses `entry` into `slot`, which may be filled only once.
pub(super) fn once<T>(
    cx: &Ctxt,
    slot: &mut Option<Attr<T>>,
    entry: Entry,
    read: impl FnOnce(&Entry) -> Result<T, syn::Error>,
) {
    if slot.is_some() {
        return cx.error(&entry.name, format!("duplicate attribute `{}`", entry.name));
    }
    match read(&entry) {
        Ok(value) => *slot = Some(Attr { at: place(&entry), name: entry.name, value }),
        Err(error) => cx.push(error),
    }
}

fn place(entry: &Entry) -> Span {
    match &entry.value {
        Given::Value(value) => value.span(),
        _ => entry.name.span(),
    }
}

/// The error for a value of the wrong form: shows the syntax of the attribute.
pub(super) fn malformed(entry: &Entry, usage: &str) -> syn::Error {
    let message = format!("expected the form `{usage}`");
    match &entry.value {
        Given::Nothing => syn::Error::new_spanned(&entry.name, message),
        Given::Value(value) => syn::Error::new_spanned(value, message),
        Given::List(list) if list.is_empty() => syn::Error::new_spanned(&entry.name, message),
        Given::List(list) => syn::Error::new_spanned(list, message),
    }
}

/// Checks that an attribute has no value.
pub(super) fn flag(entry: &Entry) -> Result<(), syn::Error> {
    match entry.value {
        Given::Nothing => Ok(()),
        // The struct has an attribute of the same name with a list.
        Given::List(_)
            if ["primary_key", "unique", "index", "full_text"].iter().any(|name| entry.name == name) =>
        {
            let message = format!("`{}` on a field takes no list: put the list on the struct", entry.name);
            Err(syn::Error::new_spanned(&entry.name, message))
        }
        _ => Err(valued(entry)),
    }
}

/// The error for a flag that is given a value.
fn valued(entry: &Entry) -> syn::Error {
    let message = format!("`{0}` takes no value: write `{0}` alone", entry.name);
    match &entry.value {
        Given::Value(value) => syn::Error::new_spanned(value, message),
        _ => syn::Error::new_spanned(&entry.name, message),
    }
}

/// Parses `= "text"`, not empty.
pub(super) fn string(entry: &Entry, usage: &str) -> Result<LitStr, syn::Error> {
    match &entry.value {
        Given::Value(Expr::Lit(ExprLit { lit: Lit::Str(text), .. })) if text.value().trim().is_empty() => {
            Err(syn::Error::new_spanned(text, format!("`{}` is empty", entry.name)))
        }
        Given::Value(Expr::Lit(ExprLit { lit: Lit::Str(text), .. })) => Ok(text.clone()),
        _ => Err(malformed(entry, usage)),
    }
}

/// Parses `= 190`; 0 is never valid.
pub(super) fn number(entry: &Entry, usage: &str) -> Result<u32, syn::Error> {
    match &entry.value {
        Given::Value(Expr::Lit(ExprLit { lit: Lit::Int(number), .. })) => match number.base10_parse() {
            Ok(0) => Err(syn::Error::new_spanned(number, format!("`{}` must be at least 1", entry.name))),
            Ok(number) => Ok(number),
            Err(_) => Err(malformed(entry, usage)),
        },
        _ => Err(malformed(entry, usage)),
    }
}

/// Parses `= (12, 2)`.
pub(super) fn pair(entry: &Entry, usage: &str) -> Result<(u8, u8), syn::Error> {
    if let Given::Value(Expr::Tuple(tuple)) = &entry.value {
        let numbers: Vec<Option<u8>> = tuple.elems.iter().map(small).collect();
        if let [Some(first), Some(second)] = numbers.as_slice() {
            return Ok((*first, *second));
        }
    }
    Err(malformed(entry, usage))
}

fn small(expr: &Expr) -> Option<u8> {
    match expr {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => number.base10_parse().ok(),
        _ => None,
    }
}

/// Parses `= some::path`.
pub(super) fn path(entry: &Entry, usage: &str) -> Result<Path, syn::Error> {
    match &entry.value {
        Given::Value(Expr::Path(path)) if path.qself.is_none() => Ok(path.path.clone()),
        _ => Err(malformed(entry, usage)),
    }
}

/// Parses `= word`.
pub(super) fn word(entry: &Entry, usage: &str) -> Result<Ident, syn::Error> {
    match &entry.value {
        Given::Value(value) => as_word(value).cloned().ok_or_else(|| malformed(entry, usage)),
        _ => Err(malformed(entry, usage)),
    }
}

/// Returns an expression that is a single identifier.
pub(super) fn as_word(expr: &Expr) -> Option<&Ident> {
    match expr {
        Expr::Path(path) if path.qself.is_none() => path.path.get_ident(),
        _ => None,
    }
}

/// Parses `= word`, one of `words`.
pub(super) fn choice<T: Copy>(entry: &Entry, words: &[(&'static str, T)]) -> Result<T, syn::Error> {
    let known = || words.iter().map(|&(word, _)| word);
    let Given::Value(value) = &entry.value else {
        let first = known().next().unwrap_or_default();
        return Err(malformed(entry, &format!("{} = {first}", entry.name)));
    };
    let found = as_word(value).map(Ident::to_string);
    let chosen = words.iter().find(|(word, _)| found.as_deref() == Some(word));
    chosen.map(|&(_, value)| value).ok_or_else(|| {
        let hint = did_you_mean(found.as_deref().unwrap_or_default(), known());
        let hint = if hint.is_empty() { format!("; available: {}", listed(known())) } else { hint };
        syn::Error::new_spanned(value, format!("unknown value for `{}`{hint}", entry.name))
    })
}
