//! Parts of indexes.

use quote::ToTokens as _;

use crate::context::Ctxt;
use crate::model::{Model, Over, Shape};

/// Applies the rules.
pub(super) fn check(cx: &Ctxt, model: &Model<'_>) {
    for index in model.uniques.iter().chain(&model.indexes) {
        for part in &index.parts {
            match &part.over {
                Over::Column(_) => {}
                Over::Prefix(column, _, span) => {
                    let Some(column) = model.columns.get(*column) else { continue };
                    if !matches!(Shape::of(&column.ty), Shape::Text | Shape::Bytes | Shape::Unknown) {
                        let ty = column.ty.to_token_stream().to_string().replace(' ', "");
                        let message =
                            format!("texts and bytes can be indexed in part, a `{ty}` only as a whole");
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
