//! Names that are too long for a server.

use proc_macro2::Span;

use crate::context::Ctxt;
use crate::model::Model;

/// The maximum length, in characters, on MySQL and MariaDB.
const MOST: usize = 64;

/// Applies the rules.
pub(super) fn check(cx: &Ctxt, model: &Model<'_>) {
    table(cx, model);
    columns(cx, model);
    indexes(cx, model);
    foreign_keys(cx, model);
    constraints(cx, model);
}

fn table(cx: &Ctxt, model: &Model<'_>) {
    let name = &model.table;
    fits(cx, "table", &name.text, name.span, "give it a shorter one with `table = \"…\"`");
    if let Some(schema) = &model.schema {
        fits(cx, "schema", &schema.value(), schema.span(), "use a schema with a shorter name");
    }
}

fn columns(cx: &Ctxt, model: &Model<'_>) {
    for column in &model.columns {
        let name = &column.name;
        fits(cx, "column", &name.text, name.span, "give it a shorter one with `column = \"…\"`");
    }
}

/// Names derived from a name that is itself too long are not reported again.
fn indexes(cx: &Ctxt, model: &Model<'_>) {
    if too_long(&model.table.text) || model.columns.iter().any(|column| too_long(&column.name.text)) {
        return;
    }
    for (name, span) in model.index_names() {
        fits(cx, "index", &name, span, "give it a shorter one with `name = \"…\"`, in a list on the struct");
    }
}

fn foreign_keys(cx: &Ctxt, model: &Model<'_>) {
    if too_long(&model.table.text) {
        return;
    }
    for key in model.foreign_keys.iter().filter(|key| key.constraint.is_none()) {
        let name = format!("{}_{}_fkey", model.table.text, syn::ext::IdentExt::unraw(&key.relation));
        fits(cx, "foreign key", &name, key.span, "give the relation a shorter one with `relation = …`");
    }
}

fn constraints(cx: &Ctxt, model: &Model<'_>) {
    for name in model.constraint_names() {
        fits(cx, "constraint", &name.value(), name.span(), "give it a shorter one");
    }
}

fn fits(cx: &Ctxt, what: &str, name: &str, span: Span, advice: &str) {
    if too_long(name) {
        let length = name.chars().count();
        let message = format!("the {what} name `{name}` has {length} of at most {MOST} characters: {advice}");
        cx.error_at(span, message);
    }
}

fn too_long(name: &str) -> bool {
    name.chars().count() > MOST
}
