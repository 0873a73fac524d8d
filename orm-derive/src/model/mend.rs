//! Making the best of a model with mistakes.

use std::collections::HashSet;

use syn::Type;
use syn::ext::IdentExt as _;

use super::{Column, Model, instead};

impl Model<'_> {
    /// Marks the model as broken, and leaves out what cannot stand in code, so that the rest of it can.
    pub(crate) fn mend(&mut self) {
        self.broken = true;
        if self.view {
            self.hooks = None;
        }
        if self.key.is_empty() && !self.view {
            let likely = self.columns.iter().position(|column| column.field_name() == "id").unwrap_or(0);
            self.key.extend((!self.columns.is_empty()).then_some(likely));
        }
        // What is no column type is reported, and not once more wherever the column is named.
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
