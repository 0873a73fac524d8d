//! Schema reflection through pragma functions, and the definitions that SQLite stores as texts.

use orm_core::dialect::Reflection;
use orm_core::schema::{CheckSchema, ColumnSchema, IndexSchema, KeyPart, TableSchema};

use crate::definition::{Clause, Definition, IndexDefinition, collated, text_of_default};

/// Reads the user's tables, without those of SQLite itself and of modules.
pub(crate) const REFLECTION: Reflection = Reflection {
    tables: "SELECT l.name, l.type = 'view', NULL, NULL, NULL, NULL, s.sql, 0 FROM pragma_table_list AS l \
             JOIN {in}sqlite_schema AS s ON s.name = l.name AND s.type = l.type \
             WHERE l.schema = COALESCE({schema}, 'main') AND l.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY l.name",
    columns: "SELECT t.name, c.name, c.type, c.\"notnull\" = 0 AND c.pk = 0, c.pk = 1 AND upper(c.type) = 'INTEGER' \
              AND (SELECT max(k.pk) FROM pragma_table_xinfo(t.name, {schema}) AS k) = 1, c.pk, c.dflt_value, NULL, \
              CASE WHEN c.hidden IN (2, 3) THEN '' END, c.hidden = 3, NULL, NULL, NULL \
              FROM {in}sqlite_schema AS t, pragma_table_xinfo(t.name, {schema}) AS c \
              WHERE t.type = 'table' AND c.hidden <> 1 ORDER BY t.name, c.cid",
    indexes: "SELECT t.name, i.name, i.\"unique\", 0, p.name, NULL, NULL, p.desc, s.sql FROM {in}sqlite_schema AS t \
              JOIN pragma_index_list(t.name, {schema}) AS i JOIN pragma_index_xinfo(i.name, {schema}) AS p \
              LEFT JOIN {in}sqlite_schema AS s ON s.type = 'index' AND s.name = i.name \
              WHERE t.type = 'table' AND i.origin <> 'pk' AND p.key = 1 ORDER BY t.name, i.seq DESC, p.seqno",
    definition: "",
    foreign_keys: "SELECT t.name, CAST(k.id AS TEXT), k.\"from\", NULL, k.\"table\", k.\"to\", k.on_delete, k.on_update \
                   FROM {in}sqlite_schema AS t, pragma_foreign_key_list(t.name, {schema}) AS k \
                   WHERE t.type = 'table' ORDER BY t.name, k.id DESC, k.seq",
    checks: "",
    beside: "SELECT tbl_name, 'the trigger `' || name || '`' FROM {in}sqlite_schema WHERE type = 'trigger' ORDER BY name",
    routines: "",
    finish,
    finish_index,
};

/// Adds what only CREATE TABLE reveals: checks, collations, expressions, and the names of keys.
fn finish(table: &mut TableSchema, definition: Option<&str>) {
    table.columns.iter_mut().for_each(normalize_default);
    drop_made_names(table);
    for clause in Definition::read(definition.unwrap_or_default()).clauses {
        add(table, clause);
    }
    name_plain_parts(table);
}

fn normalize_default(column: &mut ColumnSchema) {
    let Some(default) = &column.default else { return };
    if default.eq_ignore_ascii_case("null") {
        column.default = None;
    } else if let Some(text) = text_of_default(default) {
        column.default = Some(text);
    }
}

/// Drops the names that the pragmas make up for keys: numbers, and those of SQLite's own indexes.
fn drop_made_names(table: &mut TableSchema) {
    for key in &mut table.foreign_keys {
        key.name.clear();
    }
    for index in &mut table.indexes {
        if index.name.starts_with("sqlite_autoindex_") {
            index.name.clear();
        }
    }
}

/// Adds a clause of CREATE TABLE.
fn add(table: &mut TableSchema, clause: Clause) {
    match clause {
        Clause::Check { name, condition } => table.checks.push(CheckSchema::new(name, condition)),
        Clause::Collation { column, collation } if collation != "BINARY" => {
            if let Some(found) = column_mut(table, &column) {
                found.collation = Some(collation);
            }
        }
        Clause::Collation { .. } => {}
        Clause::Generated { column, expression } => {
            if let Some(generated) = column_mut(table, &column).and_then(|found| found.generated.as_mut()) {
                generated.expression = expression;
            }
        }
        Clause::Unique { name, columns } => {
            let mut unnamed = table.indexes.iter_mut().filter(|index| index.name.is_empty());
            if let Some(index) = unnamed.find(|index| is_over(index, &columns)) {
                index.name = name;
            }
        }
        Clause::ForeignKey { name, columns } => {
            let mut unnamed = table.foreign_keys.iter_mut().filter(|key| key.name.is_empty());
            if let Some(key) = unnamed.find(|key| same(&key.columns, &columns)) {
                key.name = name;
            }
        }
    }
}

fn column_mut<'t>(table: &'t mut TableSchema, name: &str) -> Option<&'t mut ColumnSchema> {
    table.columns.iter_mut().find(|column| column.name.eq_ignore_ascii_case(name))
}

/// Turns the parts of indexes that state the collation of their column into the column alone.
fn name_plain_parts(table: &mut TableSchema) {
    let TableSchema { columns, indexes, .. } = table;
    let collation_of = |name: &str| {
        let column = columns.iter().find(|column| column.name.eq_ignore_ascii_case(name));
        column.and_then(|column| column.collation.as_deref()).unwrap_or("BINARY")
    };
    for part in indexes.iter_mut().flat_map(|index| &mut index.parts).map(KeyPart::over_mut) {
        if let KeyPart::Expression(text) = part
            && let Some((name, collation)) = collated(text)
            && collation_of(&name) == collation
        {
            *part = KeyPart::Named { name, prefix: None };
        }
    }
}

fn is_over(index: &IndexSchema, columns: &[String]) -> bool {
    let own: Option<Vec<String>> =
        index.columns().map(|columns| columns.into_iter().map(str::to_owned).collect());
    own.is_some_and(|own| same(&own, columns))
}

fn same(one: &[String], other: &[String]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.eq_ignore_ascii_case(other))
}

/// Adds what only CREATE INDEX reveals: expressions and a condition.
fn finish_index(index: &mut IndexSchema, definition: Option<&str>) {
    let Some(definition) = definition.map(IndexDefinition::read) else { return };
    for (part, text) in index.parts.iter_mut().zip(definition.parts) {
        let over = part.over_mut();
        // What is compared otherwise than by its column is something else.
        if matches!(over, KeyPart::Expression(_)) || collated(&text).is_some() {
            *over = KeyPart::Expression(text);
        }
    }
    index.condition = definition.condition;
}
