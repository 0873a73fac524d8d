//! Foreign keys.

use crate::attr::Action;
use crate::context::Ctxt;
use crate::model::Model;

/// Applies the rules.
pub(super) fn check(cx: &Ctxt, model: &Model<'_>) {
    set_null_needs_null(cx, model);
}

/// `#[orm(belongs_to = User, on_delete = set_null)] author_id: u64`
fn set_null_needs_null(cx: &Ctxt, model: &Model<'_>) {
    for key in &model.foreign_keys {
        let columns = || key.columns.iter().filter_map(|&index| model.columns.get(index));
        let Some(required) = columns().find(|column| !column.nullable) else { continue };
        for given in [&key.on_delete, &key.on_update] {
            if given.action == Action::SetNull {
                let ty = quote::ToTokens::to_token_stream(&required.ty);
                let message = format!(
                    "`set_null` needs a nullable column: make `{}` an `Option<{ty}>`",
                    required.field_name()
                );
                cx.error_at(given.at, message);
            }
        }
    }
}
