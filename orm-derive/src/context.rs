//! Collects mistakes, so that all of them are reported together.

use std::cell::RefCell;
use std::fmt::Display;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// Collects the mistakes of one macro call.
pub(crate) struct Ctxt {
    errors: RefCell<Vec<syn::Error>>,
}

impl Ctxt {
    /// Runs the stages before the expansion, and returns their result with the errors to be emitted, if there are any.
    /// A context only exists in here, so its errors cannot be forgotten.
    pub(crate) fn run<T>(work: impl FnOnce(&Ctxt) -> T) -> (T, Option<TokenStream>) {
        let cx = Ctxt { errors: RefCell::new(Vec::new()) };
        let made = work(&cx);
        let errors = cx.errors.into_inner().into_iter().reduce(|mut all, error| {
            all.combine(error);
            all
        });
        (made, errors.map(|errors| errors.to_compile_error()))
    }

    /// Reports a mistake at the tokens that are wrong.
    pub(crate) fn error(&self, tokens: impl ToTokens, message: impl Display) {
        self.push(syn::Error::new_spanned(tokens, message));
    }

    /// Reports a mistake at a location that has no tokens of its own.
    pub(crate) fn error_at(&self, span: Span, message: impl Display) {
        self.push(syn::Error::new(span, message));
    }

    /// Reports an error of a parser.
    pub(crate) fn push(&self, error: syn::Error) {
        self.errors.borrow_mut().push(error);
    }

    /// Returns the number of mistakes reported so far.
    pub(crate) fn count(&self) -> usize {
        self.errors.borrow().len()
    }
}
