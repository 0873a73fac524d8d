//! Parses `#[orm(...)]`: the only part that looks at `syn::Attribute`.
//!
//! Parsing never fails as a whole: mistakes are reported to the context, and the rest is used.

mod column_list;
mod condition;
mod embed;
pub(crate) mod entry;
mod field;
mod form;
mod graph;
pub(crate) mod names;
mod read;
mod row;
mod structure;
mod value;

pub(crate) use column_list::{ColumnList, ListOver, ListPart};
pub(crate) use condition::Condition;
pub(crate) use embed::EmbedAttrs;
pub(crate) use field::{DefaultValue, FieldAttrs};
pub(crate) use form::{FormAttrs, FormFieldAttrs};
pub(crate) use graph::{GraphFieldAttrs, graph_crate};
pub(crate) use read::Attr;
pub(crate) use row::RowAttrs;
pub(crate) use structure::{CompositeKey, OneOf, StructAttrs};
pub(crate) use value::{Representation, ValueAttrs, VariantAttrs};

use syn::{Attribute, Path, PathArguments};

use crate::context::Ctxt;

/// A referential action, in `on_delete` or `on_update` of a foreign key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// `no_action`
    Nothing,
    /// `restrict`
    Restrict,
    /// `cascade`
    Cascade,
    /// `set_null`
    SetNull,
}

/// The words of the actions.
const ACTIONS: &[(&str, Action)] = &[
    ("cascade", Action::Cascade),
    ("restrict", Action::Restrict),
    ("set_null", Action::SetNull),
    ("no_action", Action::Nothing),
];

/// Returns the doc comments among `attrs`, to copy them.
pub(crate) fn docs(attrs: &[Attribute]) -> Vec<&Attribute> {
    attrs.iter().filter(|attr| attr.path().is_ident("doc")).collect()
}

/// Returns the path of the `orm` crate from `#[orm(crate = ...)]`, which must be valid in every module. A relative one
/// is reported but used: it may be valid in this module, and then nothing else is wrong.
fn crate_path(cx: &Ctxt, entry: &entry::Entry) -> Result<Path, syn::Error> {
    let path = read::path(entry, "crate = path::to::orm")?;
    let first = path.segments.first();
    if path.leading_colon.is_none() && first.is_none_or(|first| first.ident != "crate") {
        let written = path_text(&path);
        let message =
            format!("the path must be absolute: write `::{written}` for a crate, or `crate::{written}`");
        cx.error(&path, message);
    }
    Ok(path)
}

/// Returns a path without arguments as text.
pub(crate) fn path_text(path: &Path) -> String {
    let segments: Vec<String> = path
        .segments
        .iter()
        .map(|segment| match segment.arguments {
            PathArguments::None => segment.ident.to_string(),
            _ => format!("{}<..>", segment.ident),
        })
        .collect();
    format!("{}{}", if path.leading_colon.is_some() { "::" } else { "" }, segments.join("::"))
}
