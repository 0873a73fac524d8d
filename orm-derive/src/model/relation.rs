//! Relations.

use proc_macro2::Span;
use syn::{Ident, LitStr, Path};

use crate::attr::Action;

/// A foreign key, and the relation that it makes.
pub(crate) struct ForeignKey {
    /// The relation's name.
    pub(crate) relation: Ident,
    /// Whether the relation has a name of its own, so that there can be methods of that name.
    pub(crate) named: bool,
    /// The model that it leads to.
    pub(crate) target: Path,
    /// Its columns.
    pub(crate) columns: Vec<usize>,
    /// The fields of the target that they point at, if these are not its primary key.
    pub(crate) to: Vec<Ident>,
    /// What happens when the parent is deleted.
    pub(crate) on_delete: Given,
    /// What happens when the parent's key changes.
    pub(crate) on_update: Given,
    /// The name of the constraint, if one is given.
    pub(crate) constraint: Option<LitStr>,
    /// Whether any of its columns is nullable.
    pub(crate) nullable: bool,
    /// The place to point at.
    pub(crate) span: Span,
}

/// What a foreign key does, and where that is said.
pub(crate) struct Given {
    /// What it does.
    pub(crate) action: Action,
    /// The place to point at.
    pub(crate) at: Span,
}

impl ForeignKey {
    /// The name of the target, by which it is compared with others: two paths may lead to one model, and two models of
    /// one name are rare enough to be told apart by their relations.
    pub(crate) fn target_name(&self) -> Option<&Ident> {
        self.target.segments.last().map(|last| &last.ident)
    }
}

/// `one_of`: foreign keys of which a row has one.
pub(crate) struct OneOf {
    /// The relation's name.
    pub(crate) name: Ident,
    /// The enum that it leads to.
    pub(crate) target: Path,
    /// The foreign keys, by their places in the model.
    pub(crate) keys: Vec<usize>,
    /// The same as they are named in the attribute.
    pub(crate) named: Vec<Ident>,
}

/// `has_many`, `has_one` or `many_to_many`.
pub(crate) struct Collection {
    /// The relation's name.
    pub(crate) name: Ident,
    /// The model that it leads to.
    pub(crate) target: Path,
    /// How it leads there.
    pub(crate) way: Way,
}

/// How a relation leads to other rows that know of this one.
pub(crate) enum Way {
    /// `has_many`: rows with a key to this one. The relation of theirs which leads back, if it is named.
    Many(Option<Ident>),
    /// `has_one`: the same, but at most one row.
    One(Option<Ident>),
    /// `many_to_many`: over the rows of a join model.
    Through(Through),
}

/// The join model of a `many_to_many`.
pub(crate) struct Through {
    /// The join model.
    pub(crate) model: Path,
    /// Its relation that leads back to this model, if it is named.
    pub(crate) from: Option<Ident>,
    /// Its relation that leads on to the target, if it is named.
    pub(crate) to: Option<Ident>,
}
