//! The attributes of `#[derive(Value)]`.

use syn::{Attribute, LitStr, Path};

use super::names::{ON_FIELD, ON_VALUE, ON_VARIANT, unknown, usage};
use super::read::{self, Attr, once};
use crate::context::Ctxt;

/// How an enum is stored.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Representation {
    /// As text, in a text column.
    Text,
    /// As discriminants.
    Int,
    /// As text, in a column that accepts no other values.
    Enum,
}

/// The attributes of the type.
#[derive(Default)]
pub(crate) struct ValueAttrs {
    pub(crate) representation: Option<Attr<Representation>>,
    pub(crate) krate: Option<Attr<Path>>,
}

impl ValueAttrs {
    /// Reads the attributes of a type.
    pub(crate) fn read(cx: &Ctxt, attrs: &[Attribute]) -> Self {
        let words =
            [("text", Representation::Text), ("int", Representation::Int), ("enum", Representation::Enum)];
        let mut read = ValueAttrs::default();
        for entry in super::entry::entries(cx, attrs) {
            match entry.name.to_string().as_str() {
                "as" => once(cx, &mut read.representation, entry, |entry| read::choice(entry, &words)),
                "crate" => once(cx, &mut read.krate, entry, |entry| super::crate_path(cx, entry)),
                _ => {
                    let elsewhere = [("a variant", ON_VARIANT), ("the field of a model", ON_FIELD)];
                    unknown(cx, &entry.name, ("the type", ON_VALUE), &elsewhere);
                }
            }
        }
        read
    }
}

/// The attributes of a variant.
#[derive(Default)]
pub(crate) struct VariantAttrs {
    /// `rename = "value"`.
    pub(crate) rename: Option<Attr<LitStr>>,
}

impl VariantAttrs {
    /// Reads the attributes of a variant.
    pub(crate) fn read(cx: &Ctxt, attrs: &[Attribute]) -> Self {
        let mut read = VariantAttrs::default();
        for entry in super::entry::entries(cx, attrs) {
            match entry.name.to_string().as_str() {
                "rename" => {
                    once(cx, &mut read.rename, entry, |entry| {
                        read::string(entry, usage(ON_VARIANT, "rename"))
                    });
                }
                _ => unknown(cx, &entry.name, ("a variant", ON_VARIANT), &[("the type", ON_VALUE)]),
            }
        }
        read
    }
}
