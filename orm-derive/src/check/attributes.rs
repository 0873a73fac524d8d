//! Attributes of a field that exclude each other.

use syn::Ident;

use crate::attr::FieldAttrs;
use crate::context::Ctxt;
use crate::model::{Column, Model};

/// Applies the rules.
pub(super) fn check(cx: &Ctxt, model: &Model<'_>) {
    for column in &model.columns {
        contradictions(cx, column);
        nullable(cx, column);
        without_foreign_key(cx, &column.attrs);
        virtual_is_generated(cx, &column.attrs);
    }
}

/// Pairs of attributes that exclude each other, and why.
const PAIRS: &[(&str, &str, &str)] = &[
    ("generated", "default", "the database computes the column, so it cannot be set"),
    ("generated", "server_default", "the database computes the column in every row"),
    ("generated", "on_update", "the database computes the column, so it cannot be set"),
    ("generated", "auto", "the database either numbers the rows or computes the column"),
    ("generated", "version", "the database computes the column, so it cannot be incremented"),
    ("auto", "default", "the database numbers the rows in this column"),
    ("auto", "server_default", "the database numbers the rows in this column"),
    ("auto", "on_update", "the database numbers the rows in this column"),
    ("auto", "version", "one numbers the rows, the other counts their changes"),
    ("version", "default", "a version always starts at 1"),
    ("version", "server_default", "a version always starts at 1"),
    ("version", "on_update", "a version is incremented by each update"),
    ("version", "primary_key", "a primary key never changes, but a version does"),
    ("default", "server_default", "one of them would never be used"),
    ("scoped", "default", "the database's scope fills the column"),
    ("scoped", "server_default", "the database's scope fills the column"),
    ("scoped", "on_update", "the database's scope fills the column"),
    ("scoped", "generated", "the database computes the column, so it cannot be set"),
    ("scoped", "auto", "the database numbers the rows in this column"),
    ("scoped", "version", "a version always starts at 1"),
    ("sql_type", "length", "the SQL type already includes it"),
    ("sql_type", "precision", "the SQL type already includes it"),
    ("collation", "json", "a JSON document is not compared as text"),
    ("length", "precision", "one is for text and bytes, the other for decimal numbers"),
    (
        "json",
        "primary_key",
        "a JSON document cannot be a key, because every database compares documents differently",
    ),
    (
        "json",
        "unique",
        "a JSON document cannot be a key, because every database compares documents differently",
    ),
    ("json", "index", "JSON documents are indexed by their parts: create such an index in a migration"),
    ("json", "full_text", "a full-text index needs text, not JSON documents"),
    ("json", "belongs_to", "a JSON document cannot be a foreign key"),
    ("json", "auto", "only an integer column can be `auto`"),
    ("json", "version", "a version must be an integer"),
    ("json", "length", "a JSON document has no maximum length"),
    ("json", "precision", "one is for JSON documents, the other for decimal numbers"),
    ("unique", "index", "a unique column already has an index"),
];

/// `#[orm(default = 1, server_default = "2")]`
pub(super) fn contradictions(cx: &Ctxt, column: &Column<'_>) {
    let attrs = &column.attrs;
    for &(one, other, why) in PAIRS {
        let set =
            |name: &str| attrs.names.iter().find(|given| *given == name).filter(|_| is_set(attrs, name));
        if let (Some(one), Some(other)) = (set(one), set(other)) {
            let second = later(attrs, one, other);
            cx.error(second, format!("`{one}` and `{other}` cannot be combined: {why}"));
        }
    }
}

/// Returns whether it is present and concerns the column: `on_update` may concern a foreign key.
fn is_set(attrs: &FieldAttrs, name: &str) -> bool {
    name != "on_update" || attrs.now_on_update.is_some()
}

fn later<'a>(attrs: &FieldAttrs, one: &'a Ident, other: &'a Ident) -> &'a Ident {
    let first = attrs.names.iter().find(|name| *name == one || *name == other);
    if first.is_some_and(|first| first == one) { other } else { one }
}

/// `#[orm(primary_key)] id: Option<u64>`
fn nullable(cx: &Ctxt, column: &Column<'_>) {
    if !column.nullable {
        return;
    }
    if let Some(key) = &column.attrs.primary_key {
        cx.error(&key.name, "a primary key cannot be NULL: remove the `Option`");
    }
    if let Some(version) = &column.attrs.version {
        cx.error(&version.name, "a version cannot be NULL: remove the `Option`");
    }
}

/// `#[orm(on_delete = cascade)] author_id: u64`
fn without_foreign_key(cx: &Ctxt, attrs: &FieldAttrs) {
    if attrs.belongs_to.is_some() || attrs.broken {
        return;
    }
    let about_keys =
        [attrs.on_delete.as_ref().map(|attr| &attr.name), attrs.on_update.as_ref().map(|attr| &attr.name)];
    let names = about_keys.into_iter().flatten().chain(attrs.relation.as_ref().map(|attr| &attr.name));
    let names = names
        .chain(attrs.constraint.as_ref().map(|attr| &attr.name))
        .chain(attrs.to.as_ref().map(|attr| &attr.name));
    for name in names {
        cx.error(name, format!("`{name}` needs a foreign key: add `belongs_to = Model`"));
    }
}

/// `#[orm(virtual)] total: u64`
fn virtual_is_generated(cx: &Ctxt, attrs: &FieldAttrs) {
    if let Some(computed) = &attrs.computed_when_read
        && attrs.generated.is_none()
        && !attrs.broken
    {
        cx.error(
            &computed.name,
            "`virtual` needs a column that the database computes: add `generated = \"…\"`",
        );
    }
}
