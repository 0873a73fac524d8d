//! The attributes of `#[derive(Embed)]`.

use syn::{Attribute, Ident, LitStr, Path};

use super::names::{ON_EMBED, unknown, usage};
use super::read::{self, Attr, once};
use crate::context::Ctxt;

/// The attributes of the struct or the enum.
#[derive(Default)]
pub(crate) struct EmbedAttrs {
    /// `fields = AddressColumns`.
    pub(crate) fields: Option<Attr<Ident>>,
    /// `tag = "type"`.
    pub(crate) tag: Option<Attr<LitStr>>,
    /// `kind = PaymentMethod`.
    pub(crate) kind: Option<Attr<Ident>>,
    /// `crate = path::to::orm`.
    pub(crate) krate: Option<Attr<Path>>,
}

impl EmbedAttrs {
    /// Reads the attributes of a type.
    pub(crate) fn read(cx: &Ctxt, attrs: &[Attribute]) -> Self {
        let mut read = EmbedAttrs::default();
        for entry in super::entry::entries(cx, attrs) {
            match entry.name.to_string().as_str() {
                "fields" => {
                    once(cx, &mut read.fields, entry, |entry| read::word(entry, usage(ON_EMBED, "fields")));
                }
                "tag" => once(cx, &mut read.tag, entry, |entry| read::string(entry, usage(ON_EMBED, "tag"))),
                "kind" => once(cx, &mut read.kind, entry, |entry| read::word(entry, usage(ON_EMBED, "kind"))),
                "crate" => once(cx, &mut read.krate, entry, |entry| super::crate_path(cx, entry)),
                _ => unknown(cx, &entry.name, ("an embedded type", ON_EMBED), &[]),
            }
        }
        read
    }
}
