//! The primary key.

use crate::context::Ctxt;
use crate::model::{Column, Model};

/// Applies the rules.
pub(super) fn check(cx: &Ctxt, model: &Model<'_>) {
    auto_counts_one_key(cx, model);
    one_version(cx, model);
    key_by_list_is_not_null(cx, model);
    at_most_eight_columns(cx, model);
}

/// Two columns with `auto`, or one that is not a single-column primary key.
fn auto_counts_one_key(cx: &Ctxt, model: &Model<'_>) {
    let autos = model.columns.iter().filter_map(|column| Some((column, column.attrs.auto.as_ref()?)));
    for (position, (column, auto)) in autos.enumerate() {
        if position > 0 {
            cx.error(&auto.name, "a table can have only one `auto` column, and this is the second");
        } else if !model.key.contains(&column.index) {
            if !model.key.is_empty() {
                cx.error(&auto.name, "only the primary key can be `auto`, and this column is not part of it");
            } else if !column.attrs.broken {
                cx.error(&auto.name, "only the primary key can be `auto`: write `primary_key, auto`");
            }
        } else if model.key.len() > 1 {
            cx.error(&auto.name, "only a primary key of one column can be `auto`, and this one has more");
        }
    }
}

/// Two columns with `version`.
fn one_version(cx: &Ctxt, model: &Model<'_>) {
    for version in model.columns.iter().filter_map(|column| column.attrs.version.as_ref()).skip(1) {
        cx.error(&version.name, "a table can have only one `version` column, and this is the second");
    }
}

/// `#[orm(primary_key(a, b))]` with `b: Option<u64>`.
fn key_by_list_is_not_null(cx: &Ctxt, model: &Model<'_>) {
    let by_list = |column: &&Column<'_>| column.nullable && column.attrs.primary_key.is_none();
    for column in model.key_columns().filter(by_list) {
        cx.error(column.field, "a primary key cannot be NULL: remove the `Option`");
    }
}

/// The maximum that `find` takes.
fn at_most_eight_columns(cx: &Ctxt, model: &Model<'_>) {
    if let Some(column) = model.key_columns().nth(8) {
        cx.error(column.field, "a primary key can have at most eight columns");
    }
}
