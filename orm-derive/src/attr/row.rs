//! The attributes of `#[derive(Row)]`.

use syn::{Attribute, Ident, Path};

use super::names::{ON_ROW, ON_ROW_FIELD, unknown, usage};
use super::read::{self, Attr, once};
use crate::context::Ctxt;

/// The attributes of the struct.
#[derive(Default)]
pub(crate) struct RowAttrs {
    /// `fields = RevenueColumns`.
    pub(crate) fields: Option<Attr<Ident>>,
    /// `crate = path::to::orm`.
    pub(crate) krate: Option<Attr<Path>>,
}

impl RowAttrs {
    /// Reads the attributes of a struct.
    pub(crate) fn read(cx: &Ctxt, attrs: &[Attribute]) -> Self {
        let mut read = RowAttrs::default();
        for entry in super::entry::entries(cx, attrs) {
            match entry.name.to_string().as_str() {
                "fields" => {
                    once(cx, &mut read.fields, entry, |entry| read::word(entry, usage(ON_ROW, "fields")));
                }
                "crate" => once(cx, &mut read.krate, entry, |entry| super::crate_path(cx, entry)),
                _ => unknown(cx, &entry.name, ("the struct", ON_ROW), &[]),
            }
        }
        read
    }

    /// Refuses all attributes of a field: there are none.
    pub(crate) fn refuse_on_field(cx: &Ctxt, attrs: &[Attribute]) {
        for entry in super::entry::entries(cx, attrs) {
            unknown(cx, &entry.name, ("a field of a row", ON_ROW_FIELD), &[("the struct", ON_ROW)]);
        }
    }
}
