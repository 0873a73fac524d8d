//! Relations.

use proc_macro2::Span;
use syn::{Ident, LitStr, Path};

use crate::attr::Action;

/// A foreign key, and the relation that it defines.
pub(crate) struct ForeignKey {
    /// The relation's name.
    pub(crate) relation: Ident,
    /// Whether the name of the relation is known, so that there can be methods of that name.
    pub(crate) named: bool,
    /// The referenced model.
    pub(crate) target: Path,
    /// Its columns.
    pub(crate) columns: Vec<usize>,
    /// The referenced fields of the target, if not its primary key.
    pub(crate) to: Vec<Ident>,
    /// The ON DELETE action.
    pub(crate) on_delete: Given,
    /// The ON UPDATE action.
    pub(crate) on_update: Given,
    /// The name of the constraint, if one is given.
    pub(crate) constraint: Option<LitStr>,
    /// Whether any of its columns is nullable.
    pub(crate) nullable: bool,
    /// The location for errors.
    pub(crate) span: Span,
}

/// The action of a foreign key, and its location.
pub(crate) struct Given {
    /// The action.
    pub(crate) action: Action,
    /// The location for errors.
    pub(crate) at: Span,
}

impl ForeignKey {
    /// Returns the name of the target, which identifies it: two paths may lead to one model, and two models of the same
    /// name are rare enough to be distinguished by their relations.
    pub(crate) fn target_name(&self) -> Option<&Ident> {
        self.target.segments.last().map(|last| &last.ident)
    }
}

/// `one_of`: foreign keys of which each row has exactly one.
pub(crate) struct OneOf {
    /// The relation's name.
    pub(crate) name: Ident,
    /// The enum that it leads to.
    pub(crate) target: Path,
    /// The foreign keys, by their positions in the model.
    pub(crate) keys: Vec<usize>,
    /// The same, as they are named in the attribute.
    pub(crate) named: Vec<Ident>,
}

/// `has_many`, `has_one` or `many_to_many`.
pub(crate) struct Collection {
    /// The relation's name.
    pub(crate) name: Ident,
    /// The related model.
    pub(crate) target: Path,
    /// The kind of relation.
    pub(crate) way: Way,
}

/// The kinds of relations from the side without the foreign key.
pub(crate) enum Way {
    /// `has_many`: rows with a foreign key to this one. The inverse relation, if it is named.
    Many(Option<Ident>),
    /// `has_one`: the same, with at most one row.
    One(Option<Ident>),
    /// `many_to_many`: through the rows of a join model.
    Through(Through),
}

/// The join model of a `many_to_many`.
pub(crate) struct Through {
    /// The join model.
    pub(crate) model: Path,
    /// Its relation back to this model, if it is named.
    pub(crate) from: Option<Ident>,
    /// Its relation to the target, if it is named.
    pub(crate) to: Option<Ident>,
}
