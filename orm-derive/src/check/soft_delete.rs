//! The soft-delete column.

use quote::ToTokens as _;

use crate::context::Ctxt;
use crate::model::{Model, Shape, last_word};

/// Applies the rules.
pub(super) fn check(cx: &Ctxt, model: &Model<'_>) {
    let marks = model.soft_delete.and_then(|index| model.columns.get(index));
    let Some(column) = marks else { return };
    let name = column.field_name();
    let is_moment = matches!(Shape::of(&column.ty), Shape::Unknown)
        || last_word(&column.ty).is_some_and(|word| word == "DateTime" || word == "NaiveDateTime");
    if !is_moment {
        let ty = column.ty.to_token_stream().to_string().replace(' ', "");
        let message = format!(
            "`{name}` holds the time at which a row was deleted: make it an `Option<DateTime<Utc>>`, not a `{ty}`"
        );
        cx.error(&column.ty, message);
    } else if !column.nullable {
        let message = format!("`{name}` is NULL until a row is deleted: make its type an `Option`");
        cx.error(&column.ty, message);
    }
    let filled = ["default", "server_default", "generated", "on_update", "scoped"];
    for attr in column.attrs.names.iter().filter(|attr| filled.iter().any(|filled| *attr == filled)) {
        let message = format!("`{attr}` would fill the `soft_delete` column, which marks the row as deleted");
        cx.error(attr, message);
    }
}
