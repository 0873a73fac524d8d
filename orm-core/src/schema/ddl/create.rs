//! CREATE TABLE statements.

use std::fmt::Write as _;

use super::column::column;
use super::keys::{check, create_index, foreign_key, inline_index};
use super::lists::list;
use crate::dialect::Dialect;
use crate::schema::{ForeignKeySchema, ReferentialAction, Schema, TableName, TableSchema};

/// The statements that create tables.
pub(crate) struct Creation {
    /// The tables with their indexes, in order, each created unless it exists.
    pub(crate) tables: Vec<String>,
    /// Foreign keys that reference tables created later.
    pub(crate) late: Vec<LateKey>,
}

/// A foreign key that references a table created later.
pub(crate) struct LateKey {
    /// A query that returns a row if the key already exists.
    pub(crate) exists: String,
    /// The statement that adds it, if it is not part of its table.
    pub(crate) add: Option<String>,
    /// The statement that allows its tables to be dropped.
    pub(crate) release: String,
}

/// Returns the statements that create the tables of a schema.
pub(crate) fn create(schema: &Schema, dialect: &Dialect) -> Creation {
    let mut creation = Creation { tables: Vec::new(), late: Vec::new() };
    for (at, table) in schema.tables.iter().enumerate() {
        let later = &schema.tables[at + 1..];
        let is_late = |key: &ForeignKeySchema| later.iter().any(|later| later.name == key.parent);
        let inline = |key: &&ForeignKeySchema| !(dialect.ddl.late_keys.added && is_late(key));
        creation.tables.push(create_table(table, table.foreign_keys.iter().filter(inline), dialect));
        let apart = table.indexes.iter().filter(|index| inline_index(index, dialect).is_none());
        creation.tables.extend(apart.map(|index| create_index(&table.name, index, dialect)));
        let late = table.foreign_keys.iter().filter(|key| is_late(key));
        creation.late.extend(late.map(|key| late_key(&table.name, key, dialect)));
    }
    creation
}

fn create_table<'a>(
    table: &TableSchema,
    keys: impl Iterator<Item = &'a ForeignKeySchema>,
    dialect: &Dialect,
) -> String {
    let mut parts: Vec<String> = table.columns.iter().map(|part| column(part, dialect)).collect();
    let auto_is_key = dialect.ddl.auto_is_key && table.columns.iter().any(|column| column.auto);
    if !auto_is_key && !table.primary_key.is_empty() {
        parts.push(format!("PRIMARY KEY ({})", list(&table.primary_key, dialect)));
    }
    parts.extend(table.indexes.iter().filter_map(|index| inline_index(index, dialect)));
    // MySQL 9.7 ignores ON DELETE SET NULL of a key declared after another one to the same parent with ON DELETE
    // CASCADE.
    let (nulled, others): (Vec<&ForeignKeySchema>, Vec<&ForeignKeySchema>) =
        keys.partition(|key| key.on_delete == ReferentialAction::SetNull);
    parts.extend(nulled.into_iter().chain(others).map(|key| foreign_key(key, dialect)));
    parts.extend(table.checks.iter().map(|part| check(part, dialect)));
    let name = dialect.table_name(&table.name);
    format!("CREATE TABLE IF NOT EXISTS {name} (\n  {}\n){}", parts.join(",\n  "), options(table, dialect))
}

/// Returns the statement that drops a table if it exists.
pub(crate) fn drop_table(table: &TableSchema, dialect: &Dialect) -> String {
    format!("DROP TABLE IF EXISTS {}", dialect.table_name(&table.name))
}

fn options(table: &TableSchema, dialect: &Dialect) -> String {
    let mut options = String::new();
    let given =
        [("ENGINE", &table.engine), ("DEFAULT CHARSET", &table.charset), ("COLLATE", &table.collation)];
    for (option, value) in given {
        if let Some(value) = value {
            // Writing into a string cannot fail.
            let _ = write!(options, " {option}={value}");
        }
    }
    if let Some(comment) = table.comment.as_ref().filter(|_| dialect.ddl.comments) {
        let _ = write!(options, " COMMENT={}", dialect.string_literal(comment));
    }
    options
}

fn late_key(table: &TableName, key: &ForeignKeySchema, dialect: &Dialect) -> LateKey {
    let on = dialect.table_name(table);
    let nulls: Vec<String> =
        key.columns.iter().map(|column| format!("{} = NULL", dialect.identifier(column))).collect();
    let fill = |template: &str| {
        let schema = table.schema.as_ref().map(|schema| dialect.string_literal(schema));
        template
            .replace("{schema}", schema.as_deref().unwrap_or("NULL"))
            .replace("{table}", &dialect.string_literal(&table.name))
            .replace("{key}", &dialect.string_literal(&key.name))
            .replace("{on}", &on)
            .replace("{name}", &dialect.identifier(&key.name))
            .replace("{nulls}", &nulls.join(", "))
    };
    let added = dialect.ddl.late_keys.added;
    LateKey {
        exists: fill(dialect.ddl.late_keys.exists),
        add: added.then(|| format!("ALTER TABLE {on} ADD {}", foreign_key(key, dialect))),
        release: fill(dialect.ddl.late_keys.release),
    }
}
