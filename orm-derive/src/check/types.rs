//! Types that do not fit their attributes, as far as the tokens tell. The compiler checks the rest.

use quote::ToTokens as _;
use syn::{Expr, ExprLit, Lit};

use crate::attr::DefaultValue;
use crate::context::Ctxt;
use crate::model::{Column, Model, Shape, instead, last_word};

/// Applies the rules.
pub(super) fn check(cx: &Ctxt, model: &Model<'_>) {
    for column in &model.columns {
        let shape = Shape::of(&column.ty);
        // A model with generic parameters is reported for those first: such a type may depend on them.
        if model.generics.params.is_empty() && holds_nothing_else(cx, column) {
            continue;
        }
        counters_are_integers(cx, column, shape);
        now_has_no_quotes(cx, column);
        key_has_length(cx, model, column, shape);
        storage_fits(cx, column);
    }
}

/// Checks that the storage attributes of a column fit its type.
pub(super) fn storage_fits(cx: &Ctxt, column: &Column<'_>) {
    let shape = Shape::of(&column.ty);
    length_limits_text(cx, column, shape);
    precision_is_of_decimals(cx, column, shape);
    collation_is_of_text(cx, column, shape);
}

/// `size: usize`: reports a type whose tokens alone show that it is not a column type, so that an alternative is known.
/// Returns whether it was reported.
pub(super) fn holds_nothing_else(cx: &Ctxt, column: &Column<'_>) -> bool {
    let Some(instead) = instead(&column.ty).filter(|_| column.attrs.json.is_none()) else { return false };
    let mut ty = column.ty.to_token_stream().to_string().replace("& ", "&").replace(" ;", ";");
    for mark in ["::", "<", ">"] {
        ty = ty.replace(&format!(" {mark}"), mark).replace(&format!("{mark} "), mark);
    }
    cx.error(&column.ty, format!("`{ty}` cannot be stored in a column: {}", instead.advice));
    true
}

/// `#[orm(version)] version: String`
fn counters_are_integers(cx: &Ctxt, column: &Column<'_>, shape: Shape) {
    if matches!(shape, Shape::Integer | Shape::Unknown) {
        return;
    }
    let attrs = &column.attrs;
    for (attr, example) in [(&attrs.version, "u32"), (&attrs.auto, "u64")] {
        if let Some(attr) = attr {
            let message = format!("a column with `{}` must be an integer, such as `{example}`", attr.name);
            cx.error(&column.ty, message);
        }
    }
}

/// `#[orm(default = "now")] at: DateTime<Utc>`
fn now_has_no_quotes(cx: &Ctxt, column: &Column<'_>) {
    let Some(DefaultValue::Value(Expr::Lit(ExprLit { lit: Lit::Str(text), .. }))) =
        column.attrs.default.as_ref().map(|default| &default.value)
    else {
        return;
    };
    let times = [
        "DateTime",
        "NaiveDateTime",
        "NaiveDate",
        "NaiveTime",
        "Timestamp",
        "OffsetDateTime",
        "PrimitiveDateTime",
    ];
    let is_time = last_word(&column.ty).is_some_and(|word| times.iter().any(|time| word == time));
    let now = text.value().to_lowercase();
    if is_time && ["now", "now()", "current_timestamp", "current_timestamp()"].contains(&now.as_str()) {
        cx.error(text, "write `default = now`, without quotes: the time at which the row is inserted");
    }
}

/// `#[orm(length = 10)] age: i32`
fn length_limits_text(cx: &Ctxt, column: &Column<'_>, shape: Shape) {
    if let Some(length) = &column.attrs.length
        && !matches!(shape, Shape::Text | Shape::Bytes | Shape::Unknown)
    {
        let message = format!("`length` is only for text and bytes, not for a `{}` column", text(column));
        cx.error(&length.name, message);
    }
}

/// `#[orm(precision = (2, 12))] price: Decimal`
fn precision_is_of_decimals(cx: &Ctxt, column: &Column<'_>, shape: Shape) {
    let Some(precision) = &column.attrs.precision else { return };
    let (digits, scale) = precision.value;
    if !matches!(shape, Shape::Decimal | Shape::Unknown) {
        let message = format!("`precision` is only for `Decimal`, not for a `{}` column", text(column));
        cx.error(&precision.name, message);
    } else if digits == 0 || digits > 28 {
        cx.error_at(
            precision.at,
            "a `Decimal` holds at most 28 digits: the first number must be from 1 to 28",
        );
    } else if scale > digits {
        let message = format!(
            "{scale} decimal places do not fit into {digits} digits in total: write `(total, decimal places)`"
        );
        cx.error_at(precision.at, message);
    }
}

/// `#[orm(collation = "utf8mb4_bin")] age: i32`
fn collation_is_of_text(cx: &Ctxt, column: &Column<'_>, shape: Shape) {
    if let Some(collation) = &column.attrs.collation
        && !matches!(shape, Shape::Text | Shape::Unknown)
    {
        let message = format!("`collation` is only for text, not for a `{}` column", text(column));
        cx.error(&collation.name, message);
    }
}

/// `#[orm(unique)] email: String`
fn key_has_length(cx: &Ctxt, model: &Model<'_>, column: &Column<'_>, shape: Shape) {
    let attrs = &column.attrs;
    let bounded = attrs.length.is_some() || attrs.sql_type.is_some() || attrs.broken;
    if matches!(shape, Shape::Text | Shape::Bytes) && !bounded && !model.view && model.in_key(column) {
        let message = format!(
            "`{}` is part of a key or index, so its `{}` needs a length: add `length = 190`",
            column.field_name(),
            text(column)
        );
        cx.error(&column.ty, message);
    }
}

fn text(column: &Column<'_>) -> String {
    column.ty.to_token_stream().to_string().replace(' ', "")
}
