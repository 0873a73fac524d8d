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
                    "a row has only one of the relations of `{}`, so each foreign key must be nullable: make `{}` an \
                    `Option<{ty}>`",
                    one_of.name,
                    column.field_name()
                );
                cx.error_at(key.span, message);
            }
            if key.on_delete.action == Action::SetNull {
                let message = format!(
                    "`set_null` would leave a row with none of the relations of `{}`: use `cascade` or `restrict`",
                    one_of.name
                );
                cx.error_at(key.on_delete.at, message);
            }
            if !matches!(key.on_update.action, Action::Nothing | Action::Restrict) {
                let message = format!(
                    "a check constraint ensures that a row has one of `{}`, and cannot include columns that `on_update` \
                    sets: remove `on_update`",
                    one_of.name
                );
                cx.error_at(key.on_update.at, message);
            }
        }
    }
}
