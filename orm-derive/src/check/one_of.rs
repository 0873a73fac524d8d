//! Polymorphic relations.

use crate::attr::Action;
use crate::context::Ctxt;
use crate::model::Model;

/// Applies the rules.
pub(super) fn check(cx: &Ctxt, model: &Model<'_>) {
    for one_of in &model.one_of {
        for key in one_of.keys.iter().filter_map(|&key| model.foreign_keys.get(key)) {
            let columns = || key.columns.iter().filter_map(|&index| model.columns.get(index));
            if let (false, Some(column)) = (key.nullable, columns().next()) {
                let ty = quote::ToTokens::to_token_stream(&column.ty);
                let message = format!(
                    "a row may have another one of `{}`: make `{}` an `Option<{ty}>`",
                    one_of.name,
                    column.field_name()
                );
                cx.error_at(key.span, message);
            }
            if key.on_delete.action == Action::SetNull {
                let message =
                    format!("a row has to keep one of `{}`: `cascade` or `restrict` do", one_of.name);
                cx.error_at(key.on_delete.at, message);
            }
            if !matches!(key.on_update.action, Action::Nothing | Action::Restrict) {
                let message = format!(
                    "that a row has one of `{}` is checked, and servers check no columns that they set themselves: \
                     leave `on_update` out",
                    one_of.name
                );
                cx.error_at(key.on_update.at, message);
            }
        }
    }
}
