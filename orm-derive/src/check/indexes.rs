//! Parts of indexes.

use quote::ToTokens as _;

use crate::context::Ctxt;
use crate::model::{Column, FullText, Model, Over, Shape};

/// Applies the rules.
pub(super) fn check(cx: &Ctxt, model: &Model<'_>) {
    parts(cx, model);
    for column in model.columns.iter().filter(|column| model.in_full_text(column)) {
        has_words(cx, column);
        keeps_words(cx, column);
    }
    for index in &model.full_texts {
        one_collation(cx, model, index);
    }
}

fn parts(cx: &Ctxt, model: &Model<'_>) {
    for index in model.uniques.iter().chain(&model.indexes) {
        for part in &index.parts {
            match &part.over {
                Over::Column(_) => {}
                Over::Prefix(column, _, span) => {
                    let Some(column) = model.columns.get(*column) else { continue };
                    if !matches!(Shape::of(&column.ty), Shape::Text | Shape::Bytes | Shape::Unknown) {
                        let message = format!(
                            "only text and bytes can be indexed by a prefix, not a `{}`",
                            text(column)
                        );
                        cx.error_at(*span, message);
                    }
                }
                Over::Expression(_, span) if index.name.is_none() => {
                    cx.error_at(*span, "an index over an expression needs a name: add `name = \"…\"`");
                }
                Over::Expression(..) => {}
            }
        }
    }
}

/// `#[orm(full_text)] pages: u32`
fn has_words(cx: &Ctxt, column: &Column<'_>) {
    let what = match column.json {
        // The attribute on the field contradicts `json`, which has already been reported.
        Some(_) if column.attrs.full_text.is_some() => return,
        Some(_) => "JSON document".to_owned(),
        None if matches!(Shape::of(&column.ty), Shape::Text | Shape::Unknown) => return,
        None => format!("`{}`", text(column)),
    };
    let message = format!(
        "`{}` is part of a full-text index, which needs text columns, not a {what}",
        column.field_name()
    );
    cx.error(column.json.unwrap_or(&column.ty), message);
}

/// `#[orm(full_text, generated = "…", virtual)]`
fn keeps_words(cx: &Ctxt, column: &Column<'_>) {
    if let Some(computed) = &column.attrs.computed_when_read {
        let message = format!(
            "`{}` is part of a full-text index, which needs stored columns: remove `virtual`",
            column.field_name()
        );
        cx.error(&computed.name, message);
    }
}

/// `full_text(title, body)` over columns with different collations.
fn one_collation(cx: &Ctxt, model: &Model<'_>, index: &FullText) {
    let columns = index.columns.iter().filter_map(|&column| model.columns.get(column));
    let mut said = columns.filter_map(|column| {
        let own = column.attrs.collation.as_ref().map(|collation| &collation.value);
        Some((column, own.or(model.collation.as_ref())?))
    });
    let Some((first, collation)) = said.next() else { return };
    for (column, other) in said.filter(|(_, other)| other.value() != collation.value()) {
        let message = format!(
            "`{}` and `{}` are in the same full-text index, which needs one collation: give both the same `collation`",
            first.field_name(),
            column.field_name()
        );
        cx.error(other, message);
    }
}

fn text(column: &Column<'_>) -> String {
    column.ty.to_token_stream().to_string().replace(' ', "")
}
