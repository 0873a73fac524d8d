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
    ("generated", "default", "the server computes the column, so nobody can set it"),
    ("generated", "server_default", "the server computes the column in every row"),
    ("generated", "on_update", "the server computes the column, so nobody can set it"),
    ("generated", "auto", "the server either counts or computes"),
    ("generated", "version", "the server computes the column, so nobody can count it up"),
    ("auto", "default", "the server counts the column up"),
    ("auto", "server_default", "the server counts the column up"),
    ("auto", "on_update", "the server counts the column up"),
    ("auto", "version", "one counts rows, the other their changes"),
    ("version", "default", "a version counts from 1"),
    ("version", "server_default", "a version counts from 1"),
    ("version", "on_update", "a version is counted up at each update"),
    ("version", "primary_key", "a key does not change, a version does"),
    ("default", "server_default", "one of them would never be used"),
    ("scoped", "default", "the scope of the database fills the column"),
    ("scoped", "server_default", "the scope of the database fills the column"),
    ("scoped", "on_update", "the scope of the database fills the column"),
    ("scoped", "generated", "the server computes the column, so nobody can set it"),
    ("scoped", "auto", "the server counts the column up"),
    ("scoped", "version", "a version counts from 1"),
    ("sql_type", "length", "the SQL type says it all"),
    ("sql_type", "precision", "the SQL type says it all"),
    ("collation", "json", "a document is not compared as a text"),
    ("length", "precision", "one is for text and bytes, the other for decimal numbers"),
    ("json", "primary_key", "a document is no key: databases compare documents each in its own way"),
    ("json", "unique", "a document is no key: databases compare documents each in its own way"),
    ("json", "index", "documents are indexed by their parts, which is for a migration to say"),
    ("json", "full_text", "words are found in texts, and a document is none"),
    ("json", "belongs_to", "a document is no key of another model"),
    ("json", "auto", "the server counts numbers, not documents"),
    ("json", "version", "a version is a number"),
    ("json", "length", "a document has no limit"),
    ("json", "precision", "one is for documents, the other for decimal numbers"),
    ("unique", "index", "what is unique has an index already"),
];

/// `#[orm(default = 1, server_default = "2")]`
pub(super) fn contradictions(cx: &Ctxt, column: &Column<'_>) {
    let attrs = &column.attrs;
    for &(one, other, why) in PAIRS {
        let set =
            |name: &str| attrs.names.iter().find(|given| *given == name).filter(|_| is_set(attrs, name));
        if let (Some(one), Some(other)) = (set(one), set(other)) {
            let second = later(attrs, one, other);
            cx.error(second, format!("`{one}` and `{other}` contradict each other: {why}"));
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
        cx.error(&key.name, "a primary key is never NULL: take the `Option` away");
    }
    if let Some(version) = &column.attrs.version {
        cx.error(&version.name, "a version is never NULL: take the `Option` away");
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
        cx.error(name, format!("`{name}` is about a foreign key: add `belongs_to = Model`"));
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
            "`virtual` is about a column that the server computes: add `generated = \"…\"`",
        );
    }
}
