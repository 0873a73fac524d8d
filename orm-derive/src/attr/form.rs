//! The attributes of `#[derive(Insert)]` and `#[derive(Patch)]`.

use syn::{Attribute, Path};

use super::names::{ON_FORM, ON_FORM_FIELD, unknown, usage};
use super::read::{self, Attr, once};
use crate::context::Ctxt;

/// The attributes of the struct.
#[derive(Default)]
pub(crate) struct FormAttrs {
    /// `model = User`.
    pub(crate) model: Option<Attr<Path>>,
    /// `crate = path::to::orm`.
    pub(crate) krate: Option<Attr<Path>>,
}

impl FormAttrs {
    /// Reads the attributes of a struct.
    pub(crate) fn read(cx: &Ctxt, attrs: &[Attribute]) -> Self {
        let mut read = FormAttrs::default();
        for entry in super::entry::entries(cx, attrs) {
            match entry.name.to_string().as_str() {
                "model" => {
                    once(cx, &mut read.model, entry, |entry| read::path(entry, usage(ON_FORM, "model")));
                }
                "crate" => once(cx, &mut read.krate, entry, |entry| super::crate_path(cx, entry)),
                _ => {
                    unknown(cx, &entry.name, ("the struct", ON_FORM), &[("a field of a form", ON_FORM_FIELD)])
                }
            }
        }
        read
    }
}

/// The attributes of a field.
#[derive(Default)]
pub(crate) struct FormFieldAttrs {
    /// `default`: `None` leaves the column of a new row to its default.
    pub(crate) default: Option<Attr<()>>,
    /// `skip`: the field is not a column.
    pub(crate) skips: bool,
}

impl FormFieldAttrs {
    /// Reads the attributes of a field.
    pub(crate) fn read(cx: &Ctxt, attrs: &[Attribute]) -> Self {
        let mut read = FormFieldAttrs::default();
        let mut skip = None;
        for entry in super::entry::entries(cx, attrs) {
            if entry.name == "default" {
                once(cx, &mut read.default, entry, read::flag);
            } else if entry.name == "skip" {
                read.skips = true;
                once(cx, &mut skip, entry, read::flag);
            } else {
                unknown(cx, &entry.name, ("a field of a form", ON_FORM_FIELD), &[("the struct", ON_FORM)]);
            }
        }
        read
    }
}
