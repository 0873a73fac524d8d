//! Generates code from the parts of a text.

use orm_template::{Part, Slot};
use proc_macro2::{Span, TokenStream, TokenTree};
use quote::quote_spanned;
use syn::Type;
use syn::spanned::Spanned as _;

use super::input::Arguments;

/// The kind of code.
pub(super) enum Kind {
    Statement,
    Fragment(Box<Type>),
}

/// Returns the code. Names in the text are resolved at the location of the text, where errors are reported as well.
pub(super) fn expand(parts: &[Part<'_>], span: Span, arguments: &Arguments, kind: &Kind) -> TokenStream {
    let pieces = parts.iter().map(|part| match part {
        Part::Text(text) => quote_spanned!(span=> ::orm::base::raw::build::text(#text)),
        Part::Slot(slot) => piece(slot, span, arguments, kind),
    });
    match kind {
        Kind::Statement => quote_spanned!(span=> ::orm::base::raw::build::statement([#(#pieces),*])),
        Kind::Fragment(ty) => {
            // One span for all: the compiler shows the same error at the same location only once.
            quote_spanned!(ty.span()=> <#ty as ::orm::base::raw::FragmentType>::wrap(::std::vec![#(#pieces),*]))
        }
    }
}

fn piece(slot: &Slot<'_>, span: Span, arguments: &Arguments, kind: &Kind) -> TokenStream {
    match slot {
        Slot::Value(name) => {
            let value = value(name, span, arguments);
            match kind {
                Kind::Statement => quote_spanned!(span=> ::orm::base::raw::build::value(&#value)),
                Kind::Fragment(_) => quote_spanned!(span=> ::orm::base::raw::build::part(&#value)),
            }
        }
        Slot::List(name) => {
            let list = value(name, span, arguments);
            quote_spanned!(span=> ::orm::base::raw::build::list(&#list))
        }
        Slot::Table(model) => {
            let model = tokens(model, span);
            quote_spanned!(span=> ::orm::base::raw::build::table::<#model>())
        }
        Slot::Column(model, field) => {
            let (model, field) = (tokens(model, span), tokens(field, span));
            quote_spanned! {span=>
                ::orm::base::raw::build::column::<#model, _, _>(|__columns| __columns.#field)
            }
        }
    }
}

/// Returns `name`, or the argument of that name, with the fields that follow.
fn value(path: &str, span: Span, arguments: &Arguments) -> TokenStream {
    let (name, fields) = path.split_at(path.find('.').unwrap_or(path.len()));
    let fields = tokens(fields, span);
    match arguments.iter().find(|(argument, _)| argument == name) {
        Some((_, value)) => quote_spanned!(span=> (#value)#fields),
        None => {
            let name = tokens(name, span);
            quote_spanned!(span=> #name #fields)
        }
    }
}

/// Returns a path of names with the span `span`.
fn tokens(path: &str, span: Span) -> TokenStream {
    let tokens: TokenStream = path.parse().unwrap_or_default();
    tokens
        .into_iter()
        .map(|mut token: TokenTree| {
            token.set_span(span);
            token
        })
        .collect()
}
