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
    /// The type of its values: of an `Option`, what is in it; of data stored as JSON, `Json` around it.
    pub(crate) ty: Type,
    /// The type of the data that is stored as JSON, if it is.
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
    /// The position as the library counts them.
    pub(crate) fn position(&self) -> u16 {
        u16::try_from(self.index).unwrap_or(u16::MAX)
    }

    /// The field's name, without `r#`.
    pub(crate) fn field_name(&self) -> String {
        self.field.unraw().to_string()
    }

    /// Whether an insert has to be given a value.
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
