//! The differences between two columns.

use super::collation::plain;
use super::expression::normal;
use crate::dialect::Dialect;
use crate::schema::{ColumnSchema, TableSchema};

/// A property in which two columns differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Facet {
    Type,
    Nullable,
    Auto,
    Default,
    Generated,
    Collation,
    Comment,
    Check,
}

/// Returns all properties in which two columns differ.
pub(super) fn facets(one: &ColumnSchema, other: &ColumnSchema, dialect: &Dialect) -> Vec<Facet> {
    let computed = one.generated.is_some() || other.generated.is_some();
    let expression = |text: &Option<String>| text.as_ref().map(|text| normal(text, dialect));
    let generated = |column: &ColumnSchema| {
        column.generated.as_ref().map(|generated| (normal(&generated.expression, dialect), generated.stored))
    };
    let collation = |column: &ColumnSchema| {
        column.collation.as_ref().filter(|name| *name != "BINARY").map(|name| plain(name))
    };
    let ty = dialect.ddl.normal_type;
    let differ = [
        (Facet::Type, ty(&one.ty) != ty(&other.ty)),
        // Whether a generated column can be NULL depends on its expression.
        (Facet::Nullable, one.nullable != other.nullable && !computed),
        // An integer primary key of SQLite is always auto-increment.
        (Facet::Auto, one.auto != other.auto && (one.auto || !dialect.ddl.auto_is_key)),
        (Facet::Default, expression(&one.default) != expression(&other.default)),
        (Facet::Generated, generated(one) != generated(other)),
        (Facet::Collation, collation(one) != collation(other)),
        (Facet::Comment, one.comment != other.comment),
        (Facet::Check, expression(&one.check) != expression(&other.check)),
    ];
    differ.into_iter().filter(|(_, differs)| *differs).map(|(facet, _)| facet).collect()
}

/// Returns the column that was found, with its collation stated relative to the wanted column: the one of its table, if
/// that has one and the wanted column states one; none if the wanted table has the same.
pub(super) fn seen_from(
    wanted: (&TableSchema, &ColumnSchema),
    found: (&TableSchema, &ColumnSchema),
) -> ColumnSchema {
    let own = found.1.collation.clone().filter(|name| name != "BINARY");
    let collation = match &wanted.1.collation {
        Some(_) => own.or_else(|| found.0.collation.clone()),
        None => own.filter(|own| wanted.0.collation.as_ref().is_none_or(|of| plain(of) != plain(own))),
    };
    ColumnSchema { collation, ..found.1.clone() }
}

/// Returns whether a program works despite the differences.
pub(super) fn harmless(facets: &[Facet], wanted: &ColumnSchema, found: &ColumnSchema) -> bool {
    facets.iter().all(|facet| match facet {
        Facet::Comment => true,
        Facet::Default => wanted.default.is_none(),
        Facet::Collation => wanted.collation.is_none(),
        Facet::Auto => found.auto,
        Facet::Type | Facet::Nullable | Facet::Generated | Facet::Check => false,
    })
}
