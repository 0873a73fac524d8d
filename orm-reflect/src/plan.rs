//! What is to be written: names and types of everything, before any text.

use std::collections::HashMap;

use orm_core::dialect::Dialect;
use orm_core::schema::{CheckSchema, ColumnSchema, Schema, TableName, TableSchema};

use crate::choice::Choice;
use crate::made::is_made_for_check;
use crate::names::{Taken, camel, singular, snake};
use crate::{column, index, relation};

/// A module.
pub(crate) struct Module {
    pub(crate) models: Vec<Model>,
    pub(crate) choices: Vec<Choice>,
    /// What could not be a model, and why.
    pub(crate) notes: Vec<String>,
}

/// A model.
pub(crate) struct Model {
    /// The name of the struct.
    pub(crate) name: String,
    /// The attributes of the struct, each on a line of its own.
    pub(crate) attributes: Vec<String>,
    pub(crate) fields: Vec<Field>,
    /// What could not be said.
    pub(crate) notes: Vec<String>,
    /// The names of fields and relations.
    pub(crate) taken: Taken,
}

/// A field of a model.
pub(crate) struct Field {
    /// The name, as it is in messages.
    pub(crate) name: String,
    /// The name of the column.
    pub(crate) column: String,
    pub(crate) ty: String,
    pub(crate) nullable: bool,
    pub(crate) attributes: Vec<String>,
}

impl Model {
    /// The name of the field of a column.
    pub(crate) fn field(&self, column: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.column.eq_ignore_ascii_case(column))
    }

    /// The names of the fields of columns, with commas.
    pub(crate) fn field_names(&self, columns: &[String]) -> Option<String> {
        let names: Option<Vec<String>> =
            columns.iter().map(|column| Some(crate::names::written(&self.field(column)?.name))).collect();
        names.map(|names| names.join(", "))
    }
}

/// Plans the models of a schema.
pub(crate) fn plan(schema: &Schema, dialect: &Dialect) -> Module {
    let mut types = Taken::types();
    let mut notes = Vec::new();
    let only_read: Vec<TableSchema> =
        schema.tables.iter().filter(|table| table.primary_key.is_empty()).map(only_read).collect();
    let keyed = schema.tables.iter().filter(|table| !table.primary_key.is_empty());
    let mut tables: Vec<&TableSchema> = keyed.chain(&only_read).collect();
    tables.sort_by(|one, other| one.name.cmp(&other.name));
    tables.retain(|table| {
        if table.primary_key.len() <= 4 {
            return true;
        }
        notes.push(format!(
            "The table `{}` has a primary key of more than four columns, so that there can be no model of it: `sql!` reads \
             its rows, as tuples or as a struct with `#[derive(Row)]`.",
            table.name
        ));
        false
    });
    let name = |table: &TableSchema| camel(&singular(&snake(&table.name.name)));
    let names: Vec<String> = tables.iter().map(|table| types.free_type(&name(table))).collect();
    let mut choices = Vec::new();
    let mut models = Vec::new();
    for (table, name) in tables.iter().zip(names) {
        let mut model = start(table, name, dialect);
        let mut checks = table.checks.clone();
        let is_view = table.primary_key.is_empty();
        for found in &table.columns {
            let mut field =
                column::field(&mut model, table, found, &mut checks, (&mut types, &mut choices), dialect);
            if is_view {
                field.attributes.retain(|attribute| attribute.starts_with("column = "));
            }
            model.fields.push(field);
        }
        if is_view {
            model.notes.push("The table has no primary key, so that it is only read.".to_owned());
            models.push(model);
            continue;
        }
        index::keys(&mut model, table);
        model.attributes.extend(checks.iter().map(|check| said(check, &table.name.name)));
        models.push(model);
    }
    let at: HashMap<&TableName, usize> =
        tables.iter().enumerate().map(|(at, table)| (&table.name, at)).collect();
    relation::relations(&mut models, &tables, &at);
    // A foreign key has the enum of what it points at.
    choices
        .retain(|choice| models.iter().any(|model| model.fields.iter().any(|field| field.ty == choice.name)));
    Module { models, choices, notes }
}

/// A check, with its name if somebody chose one.
fn said(check: &CheckSchema, table: &str) -> String {
    let condition = column::bare(&check.condition);
    match check.name.as_ref().filter(|name| !is_made_for_check(name, table)) {
        Some(name) => format!("check({condition:?}, name = {name:?})"),
        None => format!("check = {condition:?}"),
    }
}

/// A table without a key, as far as a view of it says: its columns, and no more of them than their types.
fn only_read(table: &TableSchema) -> TableSchema {
    let columns = table.columns.iter().map(|column| ColumnSchema {
        name: column.name.clone(),
        ty: column.ty.clone(),
        nullable: column.nullable,
        ..ColumnSchema::default()
    });
    TableSchema {
        name: table.name.clone(),
        columns: columns.collect(),
        checks: table.checks.clone(),
        ..TableSchema::default()
    }
}

fn start(table: &TableSchema, name: String, dialect: &Dialect) -> Model {
    let mut attributes = Vec::new();
    if table.primary_key.is_empty() {
        attributes.push("view".to_owned());
    }
    attributes.push(format!("table = {:?}", table.name.name));
    if let Some(schema) = &table.name.schema {
        attributes.push(format!("schema = {schema:?}"));
    }
    if let Some((engine, charset)) = dialect.ddl.storage {
        for (attribute, given, usual) in
            [("engine", &table.engine, engine), ("charset", &table.charset, charset)]
        {
            if let Some(given) = given.as_ref().filter(|given| *given != usual) {
                attributes.push(format!("{attribute} = {given:?}"));
            }
        }
    }
    if let Some(comment) = &table.comment {
        attributes.push(format!("comment = {comment:?}"));
    }
    Model { name, attributes, fields: Vec::new(), notes: Vec::new(), taken: Taken::default() }
}
