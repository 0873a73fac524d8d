//! Former names.

use syn::LitStr;

use crate::context::Ctxt;
use crate::model::Model;

/// `#[orm(renamed_from = "name")] name: String`, or the name of a column that still exists.
pub(super) fn check(cx: &Ctxt, model: &Model<'_>) {
    let is = |before: &LitStr, name: &str| before.value().eq_ignore_ascii_case(name);
    if let Some(before) = model.renamed_from.as_ref().filter(|before| is(before, &model.table.text)) {
        cx.error(
            before,
            format!(
                "`{}` is the current name of the table: remove `renamed_from`, or give its old name",
                model.table.text
            ),
        );
    }
    for column in &model.columns {
        let Some(before) = column.attrs.renamed_from.as_ref().map(|attr| &attr.value) else { continue };
        if is(before, &column.name.text) {
            let message = format!(
                "`{}` is the current name of the column: remove `renamed_from`, or give its old name",
                column.name.text
            );
            cx.error(before, message);
        } else if model.columns.iter().any(|other| is(before, &other.name.text)) {
            let message = format!(
                "`{}` is still a column of this table, so it cannot be the old name of this one",
                before.value()
            );
            cx.error(before, message);
        }
    }
}
