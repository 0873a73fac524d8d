//! Keys and indexes on the struct.

use orm_core::schema::{IndexSchema, KeyPart, TableSchema};

use crate::column::is_key;
use crate::names::written;
use crate::plan::Model;

/// Adds the keys and indexes that no field declares.
pub(crate) fn keys(model: &mut Model, table: &TableSchema) {
    if table.primary_key.len() > 1
        && let Some(fields) = model.field_names(&table.primary_key)
    {
        model.attributes.push(format!("primary_key({fields})"));
    }
    for index in &table.indexes {
        if index.full_text {
            full_text(model, index, table);
        } else if !of_field(index, table)
            && let Some(list) = list(model, index, table)
        {
            model.attributes.push(list);
        }
    }
}

/// Returns whether its field declares it.
fn of_field(index: &IndexSchema, table: &TableSchema) -> bool {
    match index.columns().as_deref() {
        Some(&[column]) if !index.parts.iter().any(KeyPart::is_descending) => {
            let end = if index.unique { "key" } else { "idx" };
            let made = format!("{}_{column}_{end}", table.name.name);
            let says = index.unique || !is_key(table, column, true);
            says && (index.name.is_empty() || index.name == made)
        }
        _ => false,
    }
}

/// Adds a full-text index to its field or to the struct, or a note if it covers columns that are not text in Rust.
fn full_text(model: &mut Model, index: &IndexSchema, table: &TableSchema) {
    let column = |part: &KeyPart| match part {
        KeyPart::Named { name, .. } => Some(name.clone()),
        _ => None,
    };
    let columns: Vec<String> = index.parts.iter().filter_map(column).collect();
    let is_text = |column: &String| model.field(column).is_some_and(|field| field.ty == "String");
    let Some(mut list) = model.field_names(&columns).filter(|_| columns.iter().all(is_text)) else {
        return model.notes.push(format!(
            "The table also has the full-text index `{}` over ({}), which a model can declare only over text columns.",
            index.name,
            columns.join(", ")
        ));
    };
    let is_made = index.name == format!("{}_{}_fulltext", table.name.name, columns.join("_"));
    if let ([column], true, None) = (columns.as_slice(), is_made, &index.parser)
        && let Some(field) = model.fields.iter_mut().find(|field| field.column == *column)
    {
        return field.attributes.push("full_text".to_owned());
    }
    if !is_made {
        list.push_str(&format!(", name = {:?}", index.name));
    }
    if let Some(parser) = &index.parser {
        list.push_str(&format!(", parser = {parser:?}"));
    }
    model.attributes.push(format!("full_text({list})"));
}

fn list(model: &Model, index: &IndexSchema, table: &TableSchema) -> Option<String> {
    let mut parts = Vec::new();
    let mut columns = Vec::new();
    for part in &index.parts {
        let over = match part.over() {
            KeyPart::Named { name, prefix } => {
                let field = written(&model.field(name)?.name);
                columns.push(name.as_str());
                prefix.map_or_else(|| field.clone(), |prefix| format!("{field}({prefix})"))
            }
            KeyPart::Expression(expression) => format!("expr = {expression:?}"),
            KeyPart::Descending(_) => return None,
        };
        parts.push(if part.is_descending() { format!("{over} desc") } else { over });
    }
    let (word, end) = if index.unique { ("unique", "key") } else { ("index", "idx") };
    let made = format!("{}_{}_{end}", table.name.name, columns.join("_"));
    if !index.name.is_empty() && index.name != made {
        parts.push(format!("name = {:?}", index.name));
    }
    if let Some(condition) = &index.condition {
        parts.push(format!("where = {condition:?}"));
    }
    Some(format!("{word}({})", parts.join(", ")))
}
