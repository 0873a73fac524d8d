//! The model: everything that can be derived from it without the compiler.

mod build;
mod column;
mod index;
mod mend;
mod names;
mod relation;
mod types;

pub(crate) use build::{build, column};
pub(crate) use column::Column;
pub(crate) use index::{FullText, Index, Over};
pub(crate) use names::{camel_case, snake_case};
pub(crate) use relation::{Collection, ForeignKey, OneOf, Through, Way};
pub(crate) use types::{Shape, instead, last_word, optional};

use proc_macro2::Span;
use syn::{Attribute, Generics, Ident, LitStr, Path, Visibility};

use crate::attr::Condition;

/// A name in the database, and its location.
pub(crate) struct Name {
    /// The name.
    pub(crate) text: String,
    /// The attribute's value, or the Rust name that it was derived from.
    pub(crate) span: Span,
}

/// A struct that is mapped to a table.
pub(crate) struct Model<'a> {
    /// Whether it has mistakes, so that its code only serves to avoid further errors.
    pub(crate) broken: bool,
    /// Its name.
    pub(crate) ident: &'a Ident,
    /// Its visibility, which the generated structs share.
    pub(crate) vis: &'a Visibility,
    /// Its generics: not allowed, but needed for the stub.
    pub(crate) generics: &'a Generics,
    /// From `{` to `}`: overlaps with every field.
    pub(crate) body: Span,
    /// The path of the façade crate.
    pub(crate) krate: Path,
    /// The location of `hooks`, if it is there.
    pub(crate) hooks: Option<Span>,
    /// The name of the struct of columns.
    pub(crate) fields: Ident,
    /// The name of the builder.
    pub(crate) insert: Ident,
    /// The table.
    pub(crate) table: Name,
    /// Whether it is a view.
    pub(crate) view: bool,
    /// The names of the struct's attributes.
    pub(crate) attributes: Vec<Ident>,
    /// The former name of the table.
    pub(crate) renamed_from: Option<LitStr>,
    /// The table's schema.
    pub(crate) schema: Option<LitStr>,
    /// The bind of its database, if not the default one.
    pub(crate) bind: Option<LitStr>,
    /// The table's comment.
    pub(crate) comment: Option<LitStr>,
    /// The table's engine.
    pub(crate) engine: Option<LitStr>,
    /// The default character set.
    pub(crate) charset: Option<LitStr>,
    /// The default collation.
    pub(crate) collation: Option<LitStr>,
    /// The columns, in order.
    pub(crate) columns: Vec<Column<'a>>,
    /// The embedded fields, whose columns come after all others.
    pub(crate) embeds: Vec<Embedded<'a>>,
    /// The fields that are not columns.
    pub(crate) skipped: Vec<Skipped<'a>>,
    /// The columns of the primary key.
    pub(crate) key: Vec<usize>,
    /// The soft-delete column.
    pub(crate) soft_delete: Option<usize>,
    /// Unique constraints over several columns.
    pub(crate) uniques: Vec<Index>,
    /// Indexes over several columns.
    pub(crate) indexes: Vec<Index>,
    /// Full-text indexes: those of lists, and those of fields.
    pub(crate) full_texts: Vec<FullText>,
    /// CHECK constraints.
    pub(crate) checks: Vec<Condition>,
    /// Foreign keys.
    pub(crate) foreign_keys: Vec<ForeignKey>,
    /// `has_many`, `has_one` and `many_to_many`.
    pub(crate) collections: Vec<Collection>,
    /// Polymorphic relations.
    pub(crate) one_of: Vec<OneOf>,
}

/// An embedded field.
pub(crate) struct Embedded<'a> {
    /// Its name.
    pub(crate) field: &'a Ident,
    /// Its type.
    pub(crate) ty: &'a syn::Type,
    /// The prefix of its columns' names.
    pub(crate) prefix: String,
    /// The doc comments.
    pub(crate) docs: Docs<'a>,
}

/// A field that is not a column.
pub(crate) struct Skipped<'a> {
    /// Its name.
    pub(crate) field: &'a Ident,
    /// Its type.
    pub(crate) ty: &'a syn::Type,
}

impl<'a> Model<'a> {
    /// Returns the columns that an insert must set.
    pub(crate) fn required(&self) -> impl Iterator<Item = &Column<'a>> {
        self.columns.iter().filter(|column| column.is_required())
    }

    /// Returns the columns of the primary key.
    pub(crate) fn key_columns(&self) -> impl Iterator<Item = &Column<'a>> {
        self.key.iter().filter_map(|&index| self.columns.get(index))
    }

    /// Returns whether the column is part of any key or index.
    pub(crate) fn in_key(&self, column: &Column<'_>) -> bool {
        let mut indexes = self.uniques.iter().chain(&self.indexes);
        let mut keys = self.foreign_keys.iter().map(|key| &key.columns);
        column.attrs.unique.is_some()
            || column.attrs.index.is_some()
            || self.key.contains(&column.index)
            || indexes.any(|index| index.columns().any(|part| part == column.index))
            || keys.any(|columns| columns.contains(&column.index))
    }

    /// Returns whether the column is part of a full-text index.
    pub(crate) fn in_full_text(&self, column: &Column<'_>) -> bool {
        self.full_texts.iter().any(|index| index.columns.contains(&column.index))
    }

    /// Returns the names of all indexes, given or derived, and the locations for errors about them.
    pub(crate) fn index_names(&self) -> Vec<(String, Span)> {
        let made = |columns: &[usize], end: &str| {
            let names = columns.iter().filter_map(|&index| self.columns.get(index));
            let names: Vec<&str> = names.map(|column| column.name.text.as_str()).collect();
            format!("{}_{}_{end}", self.table.text, names.join("_"))
        };
        let own = self.columns.iter().filter_map(|column| {
            let (attr, end) = match (&column.attrs.unique, &column.attrs.index) {
                (Some(unique), _) => (unique, "key"),
                (None, Some(index)) => (index, "idx"),
                (None, None) => return None,
            };
            Some((made(&[column.index], end), attr.name.span()))
        });
        let uniques = self.uniques.iter().map(|index| (index, "key"));
        let listed = uniques.chain(self.indexes.iter().map(|index| (index, "idx")));
        let listed =
            listed.filter(|(index, _)| !index.parts.is_empty()).map(|(index, end)| match &index.name {
                Some(name) => (name.value(), name.span()),
                None => (made(&index.named_after(), end), index.attr.span()),
            });
        let full_texts = self.full_texts.iter().filter(|index| !index.columns.is_empty());
        let full_texts = full_texts.map(|index| match &index.name {
            Some(name) => (name.value(), name.span()),
            None => (made(&index.columns, "fulltext"), index.attr.span()),
        });
        own.chain(listed).chain(full_texts).collect()
    }

    /// Returns the given names of foreign keys and checks.
    pub(crate) fn constraint_names(&self) -> impl Iterator<Item = &LitStr> {
        let keys = self.foreign_keys.iter().filter_map(|key| key.constraint.as_ref());
        keys.chain(self.checks.iter().filter_map(|check| check.name.as_ref()))
    }

    /// Returns whether `key` is the only foreign key to its model, so that the model alone identifies it.
    pub(crate) fn is_only_key(&self, key: &ForeignKey) -> bool {
        let target = key.target_name();
        self.foreign_keys.iter().filter(|other| other.target_name() == target).count() == 1
    }
}

/// The doc comments of a field, to copy them.
pub(crate) type Docs<'a> = Vec<&'a Attribute>;
