//! Plans the names and types of everything before any text is written.

use std::collections::HashMap;

use orm_core::dialect::Dialect;
use orm_core::schema::{CheckSchema, ColumnSchema, IndexSchema, Schema, TableName, TableSchema, ViewSchema};

use crate::choice::Choice;
use crate::made::is_made_for_check;
use crate::names::{Taken, camel, snake};
use crate::number::singular;
use crate::{column, index, relation};

/// The maximum number of columns in a model's primary key.
const MOST_IN_KEY: usize = 8;

/// A module.
pub(crate) struct Module {
    pub(crate) models: Vec<Model>,
    pub(crate) choices: Vec<Choice>,
    /// What could not become a model, and why.
    pub(crate) notes: Vec<String>,
}

/// A model.
pub(crate) struct Model {
    /// The name of the struct.
    pub(crate) name: String,
    /// The attributes of the struct, one per line.
    pub(crate) attributes: Vec<String>,
    pub(crate) fields: Vec<Field>,
    /// What no attribute can express.
    pub(crate) notes: Vec<String>,
    /// The names of fields and relations.
    pub(crate) taken: Taken,
}

/// A field of a model.
pub(crate) struct Field {
    /// The name as it appears in messages.
    pub(crate) name: String,
    /// The name of the column.
    pub(crate) column: String,
    pub(crate) ty: String,
    pub(crate) nullable: bool,
    pub(crate) attributes: Vec<String>,
}

impl Model {
    /// Returns the field of a column.
    pub(crate) fn field(&self, column: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.column.eq_ignore_ascii_case(column))
    }

    /// Returns the names of the columns' fields, separated by commas.
    pub(crate) fn field_names(&self, columns: &[String]) -> Option<String> {
        let names: Option<Vec<String>> =
            columns.iter().map(|column| Some(crate::names::written(&self.field(column)?.name))).collect();
        names.map(|names| names.join(", "))
    }
}

/// Plans the models of a schema.
pub(crate) fn plan(schema: &Schema, dialect: &Dialect) -> Module {
    let mut types = Taken::types();
    let keyless = schema.tables.iter().filter(|table| why_only_read(table).is_some()).map(only_read);
    let views = schema.views.iter().filter(|view| !view.columns.is_empty()).map(view);
    let only_read: Vec<TableSchema> = keyless.chain(views).collect();
    let keyed = schema.tables.iter().filter(|table| why_only_read(table).is_none());
    let mut tables: Vec<&TableSchema> = keyed.chain(&only_read).collect();
    tables.sort_by(|one, other| one.name.cmp(&other.name));
    let name = |table: &TableSchema| camel(&singular(&snake(&table.name.name)));
    let names: Vec<String> = tables.iter().map(|table| types.free_type(&name(table))).collect();
    let mut choices = Vec::new();
    let mut models = Vec::new();
    for (table, name) in tables.iter().zip(names) {
        let mut model = start(table, name, dialect);
        let mut checks = checks(table);
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
            model
                .notes
                .extend(schema.tables.iter().find(|found| found.name == table.name).and_then(why_only_read));
        }
        if !table.beside.is_empty() {
            model.notes.push(format!(
                "The table also has {}, which a model cannot express.",
                table.beside.join(", ")
            ));
        }
        if is_view {
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
    // A foreign key has the enum of the column that it references.
    choices
        .retain(|choice| models.iter().any(|model| model.fields.iter().any(|field| field.ty == choice.name)));
    Module { models, choices, notes: left_out(&schema.views).into_iter().collect() }
}

/// Returns the note on views whose columns are unknown.
fn left_out(views: &[ViewSchema]) -> Option<String> {
    let views = views.iter().filter(|view| view.columns.is_empty());
    let names: Vec<String> = views.map(|view| format!("`{}`", view.name)).collect();
    let (views, are) = if names.len() == 1 { ("The view", "is") } else { ("The views", "are") };
    let said = format!(
        "{views} {} {are} left out, because the database does not report the column types: write the model by hand, with `#[orm(view)]`.",
        names.join(", ")
    );
    (!names.is_empty()).then_some(said)
}

/// Returns why a model of the table must be read-only, if so.
fn why_only_read(table: &TableSchema) -> Option<String> {
    match table.primary_key.as_slice() {
        [] => {
            let is_key = |column: &&str| table.column(column).is_some_and(|column| !column.nullable);
            let unique = |index: &IndexSchema| {
                let columns = index.columns().filter(|_| index.unique)?;
                columns.iter().all(is_key).then(|| columns.join(", "))
            };
            let way = table.indexes.iter().find_map(unique);
            let way = way.map(|key| {
                format!(" To write its rows too, make the unique key over ({key}) its primary key.")
            });
            Some(format!(
                "The table has no primary key, so the model is read-only.{}",
                way.unwrap_or_default()
            ))
        }
        key if key.len() > MOST_IN_KEY => Some(format!(
            "The primary key has {} columns, and that of a model at most {MOST_IN_KEY}, so the model is read-only.",
            key.len()
        )),
        _ => None,
    }
}

/// Returns the checks of a table, and those of its columns.
fn checks(table: &TableSchema) -> Vec<CheckSchema> {
    let own = table.columns.iter().filter_map(|column| column.check.as_ref());
    table.checks.iter().cloned().chain(own.map(|condition| CheckSchema::new(None, condition))).collect()
}

/// Returns the attribute of a check, with its name unless that was generated.
fn said(check: &CheckSchema, table: &str) -> String {
    let condition = column::bare(&check.condition);
    match check.name.as_ref().filter(|name| !is_made_for_check(name, table)) {
        Some(name) => format!("check({condition:?}, name = {name:?})"),
        None => format!("check = {condition:?}"),
    }
}

/// Returns a view as a table without a key.
fn view(view: &ViewSchema) -> TableSchema {
    let name = TableName { schema: None, name: view.name.clone() };
    TableSchema { name, columns: typed(&view.columns), ..TableSchema::default() }
}

/// Returns the columns with nothing but their types.
fn typed(columns: &[ColumnSchema]) -> Vec<ColumnSchema> {
    let typed = columns.iter().map(|column| ColumnSchema {
        name: column.name.clone(),
        ty: column.ty.clone(),
        nullable: column.nullable,
        ..ColumnSchema::default()
    });
    typed.collect()
}

/// Returns a table without keys, reduced to what a read-only model declares.
fn only_read(table: &TableSchema) -> TableSchema {
    TableSchema {
        name: table.name.clone(),
        columns: typed(&table.columns),
        checks: checks(table),
        beside: table.beside.clone(),
        ..TableSchema::default()
    }
}

/// Returns the collation of the table, if it is not the default of its character set.
fn collation<'a>(table: &'a TableSchema, dialect: &Dialect) -> Option<&'a str> {
    let (charset, collation) = table.charset.as_deref().zip(table.collation.as_deref())?;
    let usual = match charset {
        "utf8mb4" if dialect.name == "MySQL" => "utf8mb4_0900_ai_ci".to_owned(),
        "latin1" => "latin1_swedish_ci".to_owned(),
        _ => format!("{charset}_general_ci"),
    };
    (collation != usual && collation != charset).then_some(collation)
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
        if let Some(collation) = collation(table, dialect) {
            attributes.push(format!("collation = {collation:?}"));
        }
    }
    if let Some(comment) = &table.comment {
        attributes.push(format!("comment = {comment:?}"));
    }
    Model { name, attributes, fields: Vec::new(), notes: Vec::new(), taken: Taken::default() }
}
