//! Name conflicts.

use std::collections::{HashMap, HashSet};

use syn::Ident;
use syn::ext::IdentExt as _;

use crate::context::Ctxt;
use crate::expand::is_reserved;
use crate::model::Model;

/// Applies the rules.
pub(super) fn check(cx: &Ctxt, model: &Model<'_>) {
    column_names_differ(cx, model);
    index_names_differ(cx, model);
    constraint_names_differ(cx, model);
    relation_names_differ(cx, model);
    if !model.view {
        builder_methods_are_free(cx, model);
    }
    own_names_are_ours(cx, model);
    bind_is_another_database(cx, model);
}

/// `#[orm(column = "id")] number: u64` along with `id`. Column names are case-insensitive on servers.
fn column_names_differ(cx: &Ctxt, model: &Model<'_>) {
    let mut names: HashMap<String, String> = HashMap::new();
    for column in &model.columns {
        let other = names.insert(column.name.text.to_lowercase(), column.field_name());
        if let Some(other) = other.filter(|other| *other != column.field_name()) {
            let message = format!("the field `{other}` already uses the column name `{}`", column.name.text);
            cx.error_at(column.name.span, message);
        }
    }
}

/// `#[orm(index(a, b), index(a, b))]`
fn index_names_differ(cx: &Ctxt, model: &Model<'_>) {
    let mut names: HashSet<String> = HashSet::new();
    for (name, span) in model.index_names() {
        if !names.insert(name.to_lowercase()) {
            cx.error_at(
                span,
                format!("two indexes are called `{name}`: remove one, or give it another `name`"),
            );
        }
    }
}

/// `#[orm(check("a > 0", name = "limit"), check("b > 0", name = "limit"))]`. Servers create an index for a foreign key
/// under its name.
fn constraint_names_differ(cx: &Ctxt, model: &Model<'_>) {
    let names = model.index_names().into_iter().map(|(name, _)| name.to_lowercase());
    let mut names: HashSet<String> = names.collect();
    for name in model.constraint_names() {
        if !names.insert(name.value().to_lowercase()) {
            let message =
                format!("two constraints or indexes are called `{}`: rename one of them", name.value());
            cx.error(name, message);
        }
    }
}

/// What may have the name of a method on the struct of columns.
enum Taken {
    Column,
    ForeignKey,
    Collection,
}

/// `#[orm(has_many(title: Post))]` along with a column `title`, or two relations of the same name.
fn relation_names_differ(cx: &Ctxt, model: &Model<'_>) {
    let mut names: HashMap<String, Taken> =
        model.columns.iter().map(|column| (column.field_name(), Taken::Column)).collect();
    names.extend(model.embeds.iter().map(|embedded| (embedded.field.unraw().to_string(), Taken::Column)));
    let keys = model.foreign_keys.iter().filter(|key| key.named);
    let keys = keys.map(|key| (&key.relation, key.span, Taken::ForeignKey));
    let collections = model.collections.iter();
    let collections = collections.map(|other| (&other.name, other.name.span(), Taken::Collection));
    let one_of = model.one_of.iter().map(|other| (&other.name, other.name.span(), Taken::Collection));
    for (name, span, kind) in keys.chain(collections).chain(one_of) {
        let text = name.unraw().to_string();
        let advice = advice(&kind);
        match names.insert(text.clone(), kind) {
            None => {}
            Some(Taken::Column) => {
                cx.error_at(span, format!("a column and a relation are both called `{text}`: {advice}"));
            }
            Some(_) => cx.error_at(span, format!("two relations are called `{text}`: {advice}")),
        }
    }
}

fn advice(kind: &Taken) -> &'static str {
    match kind {
        Taken::ForeignKey => "give this one another name with `relation = …`",
        _ => "give one of them another name",
    }
}

/// A field `execute`: its setter would hide the builder's own method.
fn builder_methods_are_free(cx: &Ctxt, model: &Model<'_>) {
    for column in model.columns.iter().filter(|column| is_reserved(column.field)) {
        let name = column.field_name();
        let message = format!(
            "`{name}` is already a method of the insert builder: rename the field, and keep the column with `column = \"{}\"`",
            column.name.text
        );
        cx.error(column.field, message);
    }
    for embedded in model.embeds.iter().filter(|embedded| is_reserved(embedded.field)) {
        let message =
            format!("`{}` is already a method of the insert builder: rename the field", embedded.field);
        cx.error(embedded.field, message);
    }
    for key in model.foreign_keys.iter().filter(|key| key.named && is_reserved(&key.relation)) {
        let message = format!(
            "`{}` is already a method of the insert builder: name the relation with `relation = …`",
            key.relation
        );
        cx.error_at(key.span, message);
    }
}

/// `bind = "default"`, which is already the case without it.
fn bind_is_another_database(cx: &Ctxt, model: &Model<'_>) {
    if let Some(bind) = model.bind.as_ref().filter(|bind| bind.value() == "default") {
        cx.error(bind, "`default` is the database used without `bind`: remove `bind`");
    }
}

/// A field `__row`.
fn own_names_are_ours(cx: &Ctxt, model: &Model<'_>) {
    let names = model.columns.iter().map(|column| (column.field, column.field.span()));
    let names = names.chain(model.embeds.iter().map(|other| (other.field, other.field.span())));
    let names = names.chain(model.foreign_keys.iter().map(|key| (&key.relation, key.span)));
    let names = names.chain(model.collections.iter().map(|other| (&other.name, other.name.span())));
    let names = names.chain(model.one_of.iter().map(|other| (&other.name, other.name.span())));
    for (name, span) in names.filter(|(name, _)| is_ours(name)) {
        cx.error_at(
            span,
            format!("`{name}` begins with `__`, which is reserved for the macro: rename the field"),
        );
    }
}

fn is_ours(name: &Ident) -> bool {
    name.unraw().to_string().starts_with("__")
}
