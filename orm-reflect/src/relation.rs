//! Relations in both directions.

use std::collections::HashMap;

use orm_core::schema::{ForeignKeySchema, ReferentialAction, TableName, TableSchema};

use crate::made::is_made_for_key;
use crate::names::{Taken, snake, written};
use crate::number::{plural, singular};
use crate::plan::{Field, Model};

/// A foreign key that a model can express.
struct Link {
    child: usize,
    parent: usize,
    /// The name of the relation from child to parent.
    name: String,
    /// The part of the name that distinguishes it from other relations of the child.
    by: String,
    columns: Vec<String>,
}

/// Adds the relations of the foreign keys to the models at both ends.
pub(crate) fn relations(models: &mut [Model], tables: &[&TableSchema], at: &HashMap<&TableName, usize>) {
    let mut links = Vec::new();
    share_types(models, tables, at);
    for (child, table) in tables.iter().enumerate() {
        for key in &table.foreign_keys {
            match belongs_to(models, tables, (child, at.get(&key.parent).copied()), key) {
                Ok(link) => links.push(link),
                Err(why) => models[child].notes.push(format!(
                    "The foreign key ({}) to `{}` ({}) is not declared, so `create_tables` does not create it, and `verify` lists it as a difference: {why}.",
                    key.columns.join(", "),
                    key.parent,
                    key.parent_columns.join(", ")
                )),
            }
        }
    }
    for link in &links {
        other_end(models, tables, link, &links);
    }
    for (join, table) in tables.iter().enumerate() {
        let of_join: Vec<&Link> = links.iter().filter(|link| link.child == join).collect();
        if let [one, other] = of_join[..]
            && only_links(table, one, other)
        {
            many_to_many(models, tables, join, (one, other));
            many_to_many(models, tables, join, (other, one));
        }
    }
}

/// Gives foreign key columns the Rust types of the columns that they reference, if their types in the database are the
/// same, such as an ENUM with the same values, or if they have none, which SQLite allows.
fn share_types(models: &mut [Model], tables: &[&TableSchema], at: &HashMap<&TableName, usize>) {
    for (child, table) in tables.iter().enumerate() {
        for key in &table.foreign_keys {
            let Some(&parent) = at.get(&key.parent) else { continue };
            for (column, pointed_at) in key.columns.iter().zip(&key.parent_columns) {
                let ty = models[parent].field(pointed_at).map(|field| field.ty.clone());
                let ends = table.column(column).zip(tables[parent].column(pointed_at));
                let same = ends
                    .is_some_and(|(one, other)| one.ty.is_empty() || one.ty.eq_ignore_ascii_case(&other.ty));
                let fields = &mut models[child].fields;
                if let Some(field) = fields.iter_mut().find(|field| same && field.column == *column)
                    && let Some(ty) = ty
                {
                    field.ty = ty;
                }
            }
        }
    }
}

/// Adds the key as an attribute of its field, or of its struct; the error says why it is not a relation.
fn belongs_to(
    models: &mut [Model],
    tables: &[&TableSchema],
    (child, parent): (usize, Option<usize>),
    key: &ForeignKeySchema,
) -> Result<Link, String> {
    let parent = parent.ok_or("there is no model of the referenced table")?;
    let primary_key = &tables[parent].primary_key;
    let of_primary = in_order_of(primary_key, key).map(|columns| (primary_key.clone(), columns));
    let (pointed_at, columns) = of_primary
        .or_else(|| to_unique(tables[parent], key))
        .ok_or("it references neither the primary key nor a unique key whose columns are all NOT NULL")?;
    let is_primary = pointed_at == *primary_key;
    let actions = [("on_delete", key.on_delete), ("on_update", key.on_update)];
    let actions =
        actions.into_iter().filter_map(|(event, action)| Some(format!("{event} = {}", word(action)?)));
    if [key.on_delete, key.on_update].contains(&ReferentialAction::SetDefault) {
        return Err("a model cannot declare SET DEFAULT".to_owned());
    }
    for (column, parent_column) in columns.iter().zip(&pointed_at) {
        let ends = models[child].field(column).zip(models[parent].field(parent_column));
        let (one, other) = ends.ok_or("one of its columns has no field")?;
        if one.ty != other.ty {
            return Err(format!(
                "`{}` is `{}`, but the referenced `{}` is `{}`",
                one.name, one.ty, other.name, other.ty
            ));
        }
    }
    let target = models[parent].name.clone();
    let table = tables[child].name.name.as_str();
    let constraint = |relation: &str| {
        let made = format!("{table}_{relation}_fkey");
        let is_made = key.name.is_empty() || key.name == made || is_made_for_key(&key.name, table);
        (!is_made).then(|| format!("constraint = {:?}", key.name))
    };
    let to = (!is_primary).then(|| models[parent].field_names(&pointed_at)).flatten();
    let own = singular(&snake(&tables[parent].name.name));
    let key_name = models[parent].field(&pointed_at[0]).map(|field| field.name.clone()).unwrap_or_default();
    let model = &mut models[child];
    let is_plain =
        |field: &&Field| !field.attributes.iter().any(|attribute| attribute.starts_with("belongs_to"));
    if let [column] = columns.as_slice()
        && let Some(field) = model.field(column).filter(is_plain).map(|field| field.name.clone())
    {
        let ends = (field.as_str(), key_name.as_str(), to.as_deref());
        let (name, by) = names(ends, &own, child == parent, &model.taken);
        let name = model.taken.free(&name);
        let mut said = vec![format!("belongs_to = {target}")];
        said.extend(to.as_ref().map(|to| format!("to = {to}")));
        if short(&field, to.as_deref()) != Some(name.as_str()) {
            said.push(format!("relation = {}", written(&name)));
        }
        said.extend(actions);
        said.extend(constraint(&name));
        if let Some(field) = model.fields.iter_mut().find(|own| own.name == field) {
            field.attributes.extend(said);
        }
        return Ok(Link { child, parent, name, by, columns });
    }
    let name = model.taken.free(&own);
    let by = model.field_names(&columns).ok_or("one of its columns has no field")?;
    let mut said = vec![format!("{}: {target}", written(&name)), format!("by = ({by})")];
    said.extend(to.map(|to| format!("to = ({to})")));
    said.extend(actions);
    said.extend(constraint(&name));
    model.attributes.push(format!("belongs_to({})", said.join(", ")));
    Ok(Link { child, parent, by: name.clone(), name, columns })
}

/// Returns the default name of a relation over the field: `author` for `author_id`, and for `author_code` if it
/// references `code`.
fn short<'f>(field: &'f str, to: Option<&str>) -> Option<&'f str> {
    let short = to.and_then(|to| field.strip_suffix(to)?.strip_suffix('_'));
    short.or_else(|| field.strip_suffix("_id")).filter(|short| !short.is_empty() && *short != "self")
}

/// Returns the name of the relation over a field, and what distinguishes it from others of its model. It is derived
/// from the field: `author` for `author_id`; or, where `hostid` is the key of hosts, `proxy_host` for `proxy_hostid`;
/// otherwise it is that of the parent, `own`.
fn names(
    (field, key, to): (&str, &str, Option<&str>),
    own: &str,
    is_self: bool,
    taken: &Taken,
) -> (String, String) {
    let of_key = || {
        let rest = field.strip_suffix(key).filter(|rest| !rest.is_empty() && key != "id")?;
        Some(format!("{}_{own}", rest.trim_end_matches('_')))
    };
    let usual = short(field, to).map(str::to_owned).or_else(of_key);
    if let Some(name) = usual.filter(|name| taken.is_free(name)) {
        return (name.clone(), name);
    }
    let own = if is_self { "parent" } else { own };
    let name = if taken.is_free(own) { own.to_owned() } else { format!("{own}_by_{field}") };
    (name, short(field, to).unwrap_or(field).to_owned())
}

/// Returns the keyword of an action; the default, refusing, needs none.
fn word(action: ReferentialAction) -> Option<&'static str> {
    match action {
        ReferentialAction::Cascade => Some("cascade"),
        ReferentialAction::SetNull => Some("set_null"),
        _ => None,
    }
}

/// Returns the columns of a key in the order of the primary key that it references; `None` if it references another
/// key.
fn in_order_of(primary_key: &[String], key: &ForeignKeySchema) -> Option<Vec<String>> {
    if primary_key.len() != key.parent_columns.len() {
        return None;
    }
    let column = |wanted: &String| {
        let at = key.parent_columns.iter().position(|column| column.eq_ignore_ascii_case(wanted))?;
        key.columns.get(at).cloned()
    };
    primary_key.iter().map(column).collect()
}

/// Returns the columns of the parent's unique key that a key references, and its own in that order; `None` if a column
/// is nullable.
fn to_unique(parent: &TableSchema, key: &ForeignKeySchema) -> Option<(Vec<String>, Vec<String>)> {
    let unique = parent.indexes.iter().filter(|index| index.unique && index.condition.is_none());
    let mut keys = unique.filter_map(|index| {
        let over: Vec<String> = index.columns()?.into_iter().map(str::to_owned).collect();
        let columns = in_order_of(&over, key)?;
        Some((over, columns))
    });
    let (over, columns) = keys.next()?;
    let required = |name: &String| parent.column(name).is_some_and(|column| !column.nullable);
    over.iter().all(required).then_some((over, columns))
}

/// Adds the inverse relation, from the parent to its children, or to its only child.
fn other_end(models: &mut [Model], tables: &[&TableSchema], link: &Link, links: &[Link]) {
    let table = tables[link.child];
    let of_key = |columns: &[String]| {
        columns.len() == link.columns.len() && columns.iter().all(|column| link.columns.contains(column))
    };
    let unique = of_key(&table.primary_key)
        || table.indexes.iter().any(|index| {
            let columns =
                index.columns().map(|columns| columns.into_iter().map(str::to_owned).collect::<Vec<_>>());
            index.unique && columns.is_some_and(|columns| of_key(&columns))
        });
    let only =
        links.iter().filter(|other| (other.child, other.parent) == (link.child, link.parent)).count() == 1;
    let own = snake(&table.name.name);
    let own = if unique { singular(&own) } else { plural(&own) };
    let name = match link.name.as_str() {
        "parent" if only && link.child == link.parent && !unique => "children".to_owned(),
        _ if !only || link.child == link.parent => format!("{own}_by_{}", link.by),
        _ => own.clone(),
    };
    let child = models[link.child].name.clone();
    let target = if only { child } else { format!("{child}.{}", written(&link.name)) };
    let parent = &mut models[link.parent];
    let name = if parent.taken.is_free(&name) { name } else { format!("{own}_by_{}", link.by) };
    let name = written(&parent.taken.free(&name));
    let word = if unique { "has_one" } else { "has_many" };
    parent.attributes.push(format!("{word}({name}: {target})"));
}

/// Returns whether a table only links two others: its primary key consists of both foreign keys, and no other column is
/// required.
fn only_links(table: &TableSchema, one: &Link, other: &Link) -> bool {
    let linked: Vec<&String> = one.columns.iter().chain(&other.columns).collect();
    let fills = |name: &String| {
        table.column(name).is_some_and(|column| column.nullable || column.default.is_some() || column.auto)
    };
    table.primary_key.len() == linked.len()
        && table.primary_key.iter().all(|column| linked.contains(&column))
        && table.columns.iter().all(|column| linked.contains(&&column.name) || fills(&column.name))
}

fn many_to_many(models: &mut [Model], tables: &[&TableSchema], join: usize, (from, to): (&Link, &Link)) {
    let through = models[join].name.clone();
    let target = models[to.parent].name.clone();
    let same = from.parent == to.parent;
    let name = if same { plural(&to.name) } else { plural(&snake(&tables[to.parent].name.name)) };
    let model = &mut models[from.parent];
    let name = written(&model.taken.free(&name));
    let ends = if same {
        format!(", from = {}, to = {}", written(&from.name), written(&to.name))
    } else {
        String::new()
    };
    model.attributes.push(format!("many_to_many({name}: {target}, through = {through}{ends})"));
}
