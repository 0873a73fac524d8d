//! What a view cannot have: it is created by hand, and read-only.

use crate::context::Ctxt;
use crate::model::Model;

/// The attributes of the struct that concern tables.
const ON_STRUCT: &[&str] = &[
    "renamed_from",
    "comment",
    "engine",
    "charset",
    "collation",
    "unique",
    "index",
    "full_text",
    "check",
    "one_of",
    "soft_delete",
    "hooks",
];

/// The attributes of a field that concern tables.
const ON_FIELD: &[&str] = &[
    "auto",
    "unique",
    "index",
    "full_text",
    "version",
    "renamed_from",
    "length",
    "precision",
    "sql_type",
    "default",
    "on_update",
    "server_default",
    "generated",
    "virtual",
    "collation",
    "on_delete",
    "constraint",
    "scoped",
    "comment",
];

/// Applies the rules.
pub(super) fn check(cx: &Ctxt, model: &Model<'_>) {
    if !model.view {
        return;
    }
    about_tables(cx, model);
    children_need_a_key(cx, model);
}

/// `#[orm(view, engine = "InnoDB")]`, or `#[orm(auto)]` on one of its fields.
fn about_tables(cx: &Ctxt, model: &Model<'_>) {
    let on_struct = model.attributes.iter().filter(|name| ON_STRUCT.iter().any(|known| name == known));
    let on_fields = model.columns.iter().flat_map(|column| &column.attrs.names);
    for name in on_struct.chain(on_fields.filter(|name| ON_FIELD.iter().any(|known| name == known))) {
        let message = format!(
            "`{name}` is only for tables, and `{}` is a view, which is read-only and created by hand: remove `{name}`",
            model.ident
        );
        cx.error(name, message);
    }
}

/// `#[orm(view, has_many(posts: Post))]` without a primary key.
fn children_need_a_key(cx: &Ctxt, model: &Model<'_>) {
    if model.key.is_empty() {
        for collection in &model.collections {
            let message = format!(
                "the relation `{}` needs a key in `{}` for its rows to reference: add `#[orm(primary_key)]` to the \
                field that is unique in the view",
                collection.name, model.ident
            );
            cx.error(&collection.name, message);
        }
    }
}
