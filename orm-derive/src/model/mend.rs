//! Recovers from mistakes in a model.

use std::collections::HashSet;

use syn::Type;
use syn::ext::IdentExt as _;

use super::{Column, Model, instead};

impl Model<'_> {
    /// Marks the model as broken, and removes what cannot appear in code, so that the rest can.
    pub(crate) fn mend(&mut self) {
        self.broken = true;
        if self.view {
            self.hooks = None;
        }
        if self.key.is_empty() && !self.view {
            let likely = self.columns.iter().position(|column| column.field_name() == "id").unwrap_or(0);
            self.key.extend((!self.columns.is_empty()).then_some(likely));
        }
        // A type that is not a column type is reported, but not again wherever the column is used.
        for column in self.columns.iter_mut().filter(|column| column.attrs.json.is_none()) {
            if let Some(ty) = instead(&column.ty).and_then(|instead| instead.ty) {
                column.ty = Type::Verbatim(ty);
            }
        }
        let mut taken: HashSet<String> = self.columns.iter().map(Column::field_name).collect();
        for key in &mut self.foreign_keys {
            key.named = taken.insert(key.relation.unraw().to_string());
        }
        self.collections.retain(|collection| taken.insert(collection.name.unraw().to_string()));
        self.one_of.retain(|one_of| taken.insert(one_of.name.unraw().to_string()));
    }
}
