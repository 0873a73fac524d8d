//! The table of known attributes.

use syn::Ident;

use crate::context::Ctxt;
use crate::suggest::{did_you_mean, listed};

/// An attribute: its name, and its syntax.
pub(crate) struct Known {
    /// The name.
    pub(crate) name: &'static str,
    /// An example.
    pub(crate) usage: &'static str,
}

const fn known(name: &'static str, usage: &'static str) -> Known {
    Known { name, usage }
}

/// The attributes of a model's struct.
pub(crate) const ON_STRUCT: &[Known] = &[
    known("table", "table = \"users\""),
    known("view", "view"),
    known("renamed_from", "renamed_from = \"people\""),
    known("schema", "schema = \"shop\""),
    known("bind", "bind = \"audit\""),
    known("comment", "comment = \"what it is for\""),
    known("engine", "engine = \"InnoDB\""),
    known("charset", "charset = \"utf8mb4\""),
    known("collation", "collation = \"utf8mb4_bin\""),
    known("primary_key", "primary_key(region, number)"),
    known("unique", "unique(author_id, title)"),
    known("index", "index(author_id, published)"),
    known("full_text", "full_text(title, body)"),
    known("check", "check = \"price >= 0\""),
    known("belongs_to", "belongs_to(order: Order, by = (region, order_no))"),
    known("has_many", "has_many(posts: Post)"),
    known("has_one", "has_one(profile: Profile)"),
    known("many_to_many", "many_to_many(tags: Tag, through = PostTag)"),
    known("one_of", "one_of(subject: Subject, by = (post, photo))"),
    known("soft_delete", "soft_delete = deleted_at"),
    known("hooks", "hooks"),
    known("fields", "fields = UserColumns"),
    known("crate", "crate = path::to::orm"),
];

/// The attributes of a model's fields.
pub(crate) const ON_FIELD: &[Known] = &[
    known("primary_key", "primary_key"),
    known("auto", "auto"),
    known("unique", "unique"),
    known("index", "index"),
    known("full_text", "full_text"),
    known("version", "version"),
    known("column", "column = \"CUST_NO\""),
    known("renamed_from", "renamed_from = \"name\""),
    known("length", "length = 190"),
    known("precision", "precision = (12, 2)"),
    known("sql_type", "sql_type = \"MEDIUMTEXT\""),
    known("default", "default = 0"),
    known("on_update", "on_update = now"),
    known("server_default", "server_default = \"CURRENT_TIMESTAMP\""),
    known("generated", "generated = \"price * quantity\""),
    known("virtual", "virtual"),
    known("collation", "collation = \"utf8mb4_bin\""),
    known("belongs_to", "belongs_to = User"),
    known("to", "to = email"),
    known("relation", "relation = author"),
    known("on_delete", "on_delete = cascade"),
    known("constraint", "constraint = \"posts_author\""),
    known("scoped", "scoped"),
    known("json", "json"),
    known("embed", "embed = \"home_\""),
    known("skip", "skip"),
    known("sensitive", "sensitive"),
    known("comment", "comment = \"what it is for\""),
];

/// The attributes of a type that derives `Value`.
pub(crate) const ON_VALUE: &[Known] = &[known("as", "as = text"), known("crate", "crate = path::to::orm")];

/// The attributes of the variants of an enum that derives `Value`.
pub(crate) const ON_VARIANT: &[Known] = &[known("rename", "rename = \"value\"")];

/// The attributes of a struct that derives `Row`.
pub(crate) const ON_ROW: &[Known] =
    &[known("fields", "fields = RevenueColumns"), known("crate", "crate = path::to::orm")];

/// The attributes of a type that derives `Embed`.
pub(crate) const ON_EMBED: &[Known] = &[
    known("fields", "fields = AddressColumns"),
    known("tag", "tag = \"type\""),
    known("kind", "kind = PaymentMethod"),
    known("crate", "crate = path::to::orm"),
];

/// The attributes of a struct that derives `Graph`.
pub(crate) const ON_GRAPH: &[Known] = &[known("crate", "crate = path::to::orm")];

/// The attributes of the fields of a struct that derives `Graph`.
pub(crate) const ON_GRAPH_FIELD: &[Known] =
    &[known("root", "root"), known("load", "load = |u| u.posts().limit(3)")];

/// The attributes of the fields of a struct that derives `Row`.
pub(crate) const ON_ROW_FIELD: &[Known] = &[];

/// The attributes of a struct that derives `Insert` or `Patch`.
pub(crate) const ON_FORM: &[Known] =
    &[known("model", "model = User"), known("crate", "crate = path::to::orm")];

/// The attributes of the fields of a struct that derives `Insert` or `Patch`.
pub(crate) const ON_FORM_FIELD: &[Known] = &[known("default", "default"), known("skip", "skip")];

/// Attribute names of other libraries, and their equivalents here.
const ELSEWHERE: &[(&str, &str)] = &[
    ("table_name", "table"),
    ("tablename", "table"),
    ("relationship", "has_many"),
    ("pk", "primary_key"),
    ("id", "primary_key"),
    ("autoincrement", "auto"),
    ("auto_increment", "auto"),
    ("column_name", "column"),
    ("name", "column"),
    ("rename", "column"),
    ("max_length", "length"),
    ("size", "length"),
    ("column_type", "sql_type"),
    ("db_type", "sql_type"),
    ("decimal", "precision"),
    ("numeric", "precision"),
    ("digits", "precision"),
    ("db_default", "server_default"),
    ("computed", "generated"),
    ("onupdate", "on_update"),
    ("ondelete", "on_delete"),
    ("to_field", "to"),
    ("foreign_key", "belongs_to"),
    ("references", "belongs_to"),
    ("ignore", "skip"),
    ("embedded", "embed"),
    ("flatten", "embed"),
    ("key", "primary_key"),
    ("fk", "belongs_to"),
    ("type", "sql_type"),
    ("default_value", "default"),
    ("default_expr", "server_default"),
    ("unique_together", "unique"),
    ("index_together", "index"),
    ("indexes", "index"),
    ("len", "length"),
    ("max_len", "length"),
    ("varchar", "length"),
    ("scale", "precision"),
    ("identity", "auto"),
    ("serial", "auto"),
    ("row_version", "version"),
    ("lock_version", "version"),
    ("optimistic_lock", "version"),
    ("not_mapped", "skip"),
    ("transient", "skip"),
    ("many_to_one", "belongs_to"),
    ("one_to_many", "has_many"),
    ("one_to_one", "has_one"),
    ("backref", "has_many"),
    ("back_populates", "has_many"),
    ("paranoid", "soft_delete"),
    ("deleted_at", "soft_delete"),
];

/// Attributes for timestamps in other libraries, and their equivalents here.
const TIMES: &[(&str, &str)] = &[
    ("auto_now_add", "default = now"),
    ("created_at", "default = now"),
    ("auto_now", "on_update = now"),
    ("updated_at", "on_update = now"),
];

/// What the type of a field already expresses.
const BY_TYPE: &[&str] = &["nullable", "null", "not_null", "optional"];

/// The maximum number of names listed in the message about an unknown one.
const FEW: usize = 4;

/// Returns the syntax of `name` in `table`.
pub(crate) fn usage(table: &'static [Known], name: &str) -> &'static str {
    table.iter().find(|known| known.name == name).map_or("", |known| known.usage)
}

/// Returns the syntax of the column list of this name, if there is one.
pub(crate) fn list_of_columns(name: &str) -> Option<&'static str> {
    let is_list = ["primary_key", "unique", "index", "full_text"].contains(&name);
    is_list.then(|| usage(ON_STRUCT, name))
}

/// Reports an attribute that is not in `table`, which is for `place`; `elsewhere` has the tables of other places.
pub(crate) fn unknown(
    cx: &Ctxt,
    name: &Ident,
    (place, table): (&str, &[Known]),
    elsewhere: &[(&str, &'static [Known])],
) {
    let word = name.to_string();
    let at_home = elsewhere.iter().find(|(_, table)| table.iter().any(|known| known.name == word));
    if let Some((home, table)) = at_home {
        let usage = usage(table, &word);
        return cx.error(name, format!("`{word}` belongs on {home}, not on {place}: `#[orm({usage})]`"));
    }
    let names = table.iter().map(|known| known.name);
    let hint = match called_otherwise(&word, table).unwrap_or_else(|| did_you_mean(&word, names.clone())) {
        hint if !hint.is_empty() => hint,
        _ if table.is_empty() => "; no attributes are allowed here".to_owned(),
        _ if table.len() <= FEW => format!("; available: {}", listed(names)),
        _ => "; the documentation of `orm::Model` lists them".to_owned(),
    };
    cx.error(name, format!("unknown attribute `{word}` on {place}{hint}"));
}

/// Returns the end of a message about a name from another library.
fn called_otherwise(word: &str, table: &[Known]) -> Option<String> {
    if BY_TYPE.contains(&word) {
        return Some("; to make a column nullable, make its field an `Option`".to_owned());
    }
    if let Some((_, ours)) = TIMES.iter().find(|(theirs, _)| *theirs == word)
        && table.iter().any(|known| known.name == "default")
    {
        return Some(format!("; in this crate it is `#[orm({ours})]`"));
    }
    let (_, ours) = ELSEWHERE.iter().find(|(theirs, _)| *theirs == word)?;
    let known = table.iter().find(|known| known.name == *ours)?;
    Some(format!("; in this crate it is `#[orm({})]`", known.usage))
}
