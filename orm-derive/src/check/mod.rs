//! The rules for a model: one function per rule, all of which run.

mod attributes;
mod foreign_keys;
mod indexes;
mod keys;
mod lengths;
mod names;
mod one_of;
mod renamed;
mod soft_delete;
mod types;
mod view;

use crate::context::Ctxt;
use crate::model::{Column, Model};

/// Applies all rules.
pub(crate) fn check(cx: &Ctxt, model: &Model<'_>) {
    no_parameters(cx, model);
    attributes::check(cx, model);
    keys::check(cx, model);
    types::check(cx, model);
    foreign_keys::check(cx, model);
    one_of::check(cx, model);
    indexes::check(cx, model);
    names::check(cx, model);
    renamed::check(cx, model);
    soft_delete::check(cx, model);
    lengths::check(cx, model);
    view::check(cx, model);
}

/// Applies the rules that concern a single column.
pub(crate) fn check_column(cx: &Ctxt, column: &Column<'_>) {
    attributes::contradictions(cx, column);
    types::holds_nothing_else(cx, column);
    types::storage_fits(cx, column);
}

/// `struct Post<T> { .. }`
fn no_parameters(cx: &Ctxt, model: &Model<'_>) {
    if !model.generics.params.is_empty() {
        let message = format!(
            "`{}` is generic: a model is one table, so its struct cannot have type or lifetime parameters",
            model.ident
        );
        cx.error(model.generics, message);
    }
}
