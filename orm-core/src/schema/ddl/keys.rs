//! Constraints and indexes.

use std::fmt::Write as _;

use super::lists::{list, parts};
use crate::dialect::Dialect;
use crate::schema::{CheckSchema, ForeignKeySchema, IndexSchema, KeyPart, ReferentialAction, TableName};

/// Returns an index as a part of CREATE TABLE, if it can be one.
pub(in crate::schema) fn inline_index(index: &IndexSchema, dialect: &Dialect) -> Option<String> {
    let computed = index.parts.iter().any(|part| matches!(part.over(), KeyPart::Expression(_)));
    let fits = dialect.ddl.inline_indexes || (index.unique && !computed);
    if index.condition.is_some() || !fits {
        return None;
    }
    let name = dialect.identifier(&index.name);
    let parts = parts(&index.parts, dialect);
    if index.full_text {
        return Some(format!("FULLTEXT INDEX {name} ({parts}){}", parser(index, dialect)));
    }
    Some(match index.unique {
        true if !computed => format!("CONSTRAINT {name} UNIQUE ({parts})"),
        true => format!("UNIQUE INDEX {name} ({parts})"),
        false => format!("INDEX {name} ({parts})"),
    })
}

/// Returns the parser clause of a full-text index, if a parser is given.
pub(in crate::schema) fn parser(index: &IndexSchema, dialect: &Dialect) -> String {
    let parser = index.parser.as_ref().map(|parser| format!(" WITH PARSER {}", dialect.identifier(parser)));
    parser.unwrap_or_default()
}

/// Returns CREATE INDEX.
pub(super) fn create_index(on: &TableName, index: &IndexSchema, dialect: &Dialect) -> String {
    let unique = if index.unique { "UNIQUE " } else { "" };
    let (name, parts) = (index_name(on, index, dialect), parts(&index.parts, dialect));
    let on = if dialect.ddl.inline_indexes { dialect.table_name(on) } else { dialect.identifier(&on.name) };
    let mut sql = format!("CREATE {unique}INDEX IF NOT EXISTS {name} ON {on} ({parts})");
    if let Some(condition) = &index.condition {
        let _ = write!(sql, " WHERE {condition}");
    }
    sql
}

/// Returns the statement that adds an index to an existing table.
pub(in crate::schema) fn add_index(on: &TableName, index: &IndexSchema, dialect: &Dialect) -> String {
    match inline_index(index, dialect).filter(|_| dialect.ddl.inline_indexes) {
        Some(inline) => format!("ALTER TABLE {} ADD {inline}", dialect.table_name(on)),
        None => create_index(on, index, dialect),
    }
}

/// Returns the statement that drops an index.
pub(in crate::schema) fn drop_index(on: &TableName, index: &IndexSchema, dialect: &Dialect) -> String {
    let name = index_name(on, index, dialect);
    if dialect.ddl.inline_indexes {
        format!("ALTER TABLE {} DROP INDEX {name}", dialect.table_name(on))
    } else {
        format!("DROP INDEX {name}")
    }
}

/// Returns the name of an index. Where indexes are separate objects, the schema belongs to this name, and is not
/// repeated in the table's.
fn index_name(on: &TableName, index: &IndexSchema, dialect: &Dialect) -> String {
    let schema = on.schema.clone().filter(|_| !dialect.ddl.inline_indexes);
    dialect.table_name(&TableName { schema, name: index.name.clone() })
}

/// Returns a foreign key constraint.
pub(in crate::schema) fn foreign_key(key: &ForeignKeySchema, dialect: &Dialect) -> String {
    let name = if key.name.is_empty() {
        String::new()
    } else {
        format!("CONSTRAINT {} ", dialect.identifier(&key.name))
    };
    let parent = match dialect.ddl.keys_across_schemas {
        true => dialect.table_name(&key.parent),
        false => dialect.identifier(&key.parent.name),
    };
    let mut sql = format!(
        "{name}FOREIGN KEY ({}) REFERENCES {parent} ({})",
        list(&key.columns, dialect),
        list(&key.parent_columns, dialect),
    );
    for (event, action) in [("DELETE", key.on_delete), ("UPDATE", key.on_update)] {
        if action != ReferentialAction::NoAction {
            let _ = write!(sql, " ON {event} {}", action.sql());
        }
    }
    sql
}

/// Returns a CHECK constraint.
pub(in crate::schema) fn check(check: &CheckSchema, dialect: &Dialect) -> String {
    let name = check.name.as_ref().map(|name| format!("CONSTRAINT {} ", dialect.identifier(name)));
    format!("{}CHECK ({})", name.unwrap_or_default(), check.condition)
}
