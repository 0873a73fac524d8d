//! One column.

use syn::ext::IdentExt as _;
use syn::{Ident, Type};

use super::{Docs, Name};
use crate::attr::FieldAttrs;

/// A field that is a column.
pub(crate) struct Column<'a> {
    /// The field.
    pub(crate) field: &'a Ident,
    /// Its position among the columns.
    pub(crate) index: usize,
    /// The type of its values: without the `Option`, and for data stored as JSON, with `Json` around it.
    pub(crate) ty: Type,
    /// The type of data stored as JSON.
    pub(crate) json: Option<&'a Type>,
    /// Whether it is an `Option`.
    pub(crate) nullable: bool,
    /// The doc comments.
    pub(crate) docs: Docs<'a>,
    /// The name in the database.
    pub(crate) name: Name,
    /// The attributes.
    pub(crate) attrs: FieldAttrs,
}

impl Column<'_> {
    /// Returns the position as the library counts them.
    pub(crate) fn position(&self) -> u16 {
        u16::try_from(self.index).unwrap_or(u16::MAX)
    }

    /// Returns the field's name, without `r#`.
    pub(crate) fn field_name(&self) -> String {
        self.field.unraw().to_string()
    }

    /// Returns whether an insert must set it.
    pub(crate) fn is_required(&self) -> bool {
        let attrs = &self.attrs;
        !(self.nullable
            || attrs.default.is_some()
            || attrs.server_default.is_some()
            || attrs.generated.is_some()
            || attrs.auto.is_some()
            || attrs.scoped.is_some()
            || attrs.version.is_some()
            || attrs.now_on_update.is_some())
    }
}
