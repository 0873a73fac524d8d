//! Schema reflection through pragma functions, and the definitions that SQLite stores as texts.

use std::collections::HashMap;

use orm_core::dialect::Reflection;
use orm_core::schema::{CheckSchema, IndexSchema, KeyPart, TableSchema};

use crate::definition::{Clause, Definition, IndexDefinition, collated, text_of_default};

/// Reads the user's tables, without those of SQLite itself and of modules.
pub(crate) const REFLECTION: Reflection = Reflection {
    tables: "SELECT l.name, l.type = 'view', NULL, NULL, NULL, NULL, s.sql FROM pragma_table_list AS l \
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
    let definition = Definition::read(definition.unwrap_or_default());
    let mut collations = HashMap::new();
    for column in &mut table.columns {
        if column.default.as_deref().is_some_and(|default| default.eq_ignore_ascii_case("null")) {
            column.default = None;
        }
        if let Some(text) = column.default.as_deref().and_then(text_of_default) {
            column.default = Some(text);
        }
    }
    for key in &mut table.foreign_keys {
        key.name.clear();
    }
    for index in &mut table.indexes {
        if index.name.starts_with("sqlite_autoindex_") {
            index.name.clear();
        }
    }
    for clause in definition.clauses {
        match clause {
            Clause::Check { name, condition } => table.checks.push(CheckSchema::new(name, condition)),
            Clause::Collation { column, collation } => {
                let found = table.columns.iter_mut().find(|found| found.name.eq_ignore_ascii_case(&column));
                if let Some(found) = found.filter(|_| collation != "BINARY") {
                    collations.insert(found.name.to_lowercase(), collation.clone());
                    found.collation = Some(collation);
                }
            }
            Clause::Generated { column, expression } => {
                let found = table.columns.iter_mut().find(|found| found.name.eq_ignore_ascii_case(&column));
                if let Some(generated) = found.and_then(|found| found.generated.as_mut()) {
                    generated.expression = expression;
                }
            }
            Clause::Unique { name, columns } => {
                let index =
                    table.indexes.iter_mut().find(|index| index.name.is_empty() && is_over(index, &columns));
                if let Some(index) = index {
                    index.name = name;
                }
            }
            Clause::ForeignKey { name, columns } => {
                let mut keys = table.foreign_keys.iter_mut();
                if let Some(key) = keys.find(|key| key.name.is_empty() && same(&key.columns, &columns)) {
                    key.name = name;
                }
            }
        }
    }
    for part in table.indexes.iter_mut().flat_map(|index| &mut index.parts).map(KeyPart::over_mut) {
        if let KeyPart::Expression(text) = part
            && let Some((name, collation)) = collated(text)
            && collations.get(&name.to_lowercase()).map_or("BINARY", String::as_str) == collation
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
