//! Assembles a schema from rows.

use std::collections::HashMap;

use super::rows::{ColumnRow, ForeignKeyRow, IndexRow, TableRow};
use crate::dialect::Reflection;
use crate::schema::order::in_order;
use crate::schema::{CheckSchema, ForeignKeySchema, IndexSchema, Schema, TableName, TableSchema, ViewSchema};

/// The rows that were read.
pub(super) struct Read {
    pub(super) tables: Vec<TableRow>,
    pub(super) columns: Vec<ColumnRow>,
    pub(super) indexes: Vec<IndexRow>,
    pub(super) foreign_keys: Vec<ForeignKeyRow>,
    pub(super) checks: Vec<(String, CheckSchema)>,
    /// Other things that a table has, by its name.
    pub(super) beside: Vec<(String, String)>,
    pub(super) routines: Vec<String>,
}

/// A table that is being assembled.
struct Part {
    table: TableSchema,
    definition: Option<String>,
    /// The columns of the primary key, with their positions in it.
    key: Vec<(u32, String)>,
}

pub(super) fn assemble(read: Read, schema: Option<&str>, queries: &Reflection) -> Schema {
    let mut views = Vec::new();
    let mut parts: Vec<Part> = Vec::new();
    for row in read.tables {
        if row.is_view {
            let query = row.definition.unwrap_or_default();
            views.push(ViewSchema { name: row.name, query, columns: Vec::new() });
        } else {
            parts.push(start(row, schema));
        }
    }
    let mut parts = Parts { at: index(&parts), parts };
    for row in read.columns {
        if let Some(view) = views.iter_mut().find(|view| view.name == row.table) {
            view.columns.push(row.column);
            continue;
        }
        parts.change(&row.table, |part| {
            if row.key > 0 {
                part.key.push((row.key, row.column.name.clone()));
            }
            part.table.columns.push(row.column);
        });
    }
    for row in read.indexes {
        let name = row.table.clone();
        parts.change(&name, |part| add_index(&mut part.table, row, queries));
    }
    for row in read.foreign_keys {
        let name = row.table.clone();
        parts.change(&name, |part| add_foreign_key(&mut part.table, row, schema));
    }
    for (table, check) in read.checks {
        parts.change(&table, |part| part.table.checks.push(check));
    }
    for (table, words) in read.beside {
        parts.change(&table, |part| part.table.beside.push(words));
    }
    let mut tables: Vec<TableSchema> = parts.parts.into_iter().map(|part| part.finish(queries)).collect();
    point_at_primary_keys(&mut tables);
    Schema { tables: in_order(tables), views, routines: read.routines }
}

/// Tables by name.
struct Parts {
    parts: Vec<Part>,
    at: HashMap<String, usize>,
}

impl Parts {
    fn change(&mut self, table: &str, change: impl FnOnce(&mut Part)) {
        if let Some(part) = self.at.get(table).and_then(|&at| self.parts.get_mut(at)) {
            change(part);
        }
    }
}

fn index(parts: &[Part]) -> HashMap<String, usize> {
    parts.iter().enumerate().map(|(at, part)| (part.table.name.name.clone(), at)).collect()
}

fn start(row: TableRow, schema: Option<&str>) -> Part {
    let table = TableSchema {
        name: TableName { schema: schema.map(str::to_owned), name: row.name },
        engine: row.engine,
        charset: row.charset,
        collation: row.collation,
        comment: row.comment,
        ..TableSchema::default()
    };
    Part { table, definition: row.definition, key: Vec::new() }
}

impl Part {
    fn finish(mut self, queries: &Reflection) -> TableSchema {
        self.key.sort();
        self.table.primary_key = self.key.into_iter().map(|(_, name)| name).collect();
        for column in &mut self.table.columns {
            if column.collation == self.table.collation {
                column.collation = None;
            }
        }
        (queries.finish)(&mut self.table, self.definition.as_deref());
        self.table
    }
}

fn add_index(table: &mut TableSchema, row: IndexRow, queries: &Reflection) {
    let IndexRow { name, unique, full_text, part, definition, .. } = row;
    match table.indexes.last_mut().filter(|last| last.name == name) {
        Some(index) => index.parts.push(part),
        None => table.indexes.push(IndexSchema {
            name,
            unique,
            full_text,
            parts: vec![part],
            ..IndexSchema::default()
        }),
    }
    if let Some(index) = table.indexes.last_mut() {
        (queries.finish_index)(index, definition.as_deref());
    }
}

fn add_foreign_key(table: &mut TableSchema, row: ForeignKeyRow, schema: Option<&str>) {
    let parent = TableName { schema: row.parent.schema.or(schema.map(str::to_owned)), ..row.parent };
    match table.foreign_keys.last_mut().filter(|last| last.name == row.name) {
        Some(key) => {
            key.columns.push(row.column);
            key.parent_columns.extend(row.parent_column);
        }
        None => table.foreign_keys.push(ForeignKeySchema {
            name: row.name,
            columns: vec![row.column],
            parent,
            parent_columns: row.parent_column.into_iter().collect(),
            on_delete: row.on_delete,
            on_update: row.on_update,
            is_named: false,
        }),
    }
}

/// Lets foreign keys that do not name the referenced columns reference the primary key. SQLite keeps the name of the table as
/// the foreign key spells it.
fn point_at_primary_keys(tables: &mut [TableSchema]) {
    let keys: HashMap<TableName, Vec<String>> =
        tables.iter().map(|table| (table.name.clone(), table.primary_key.clone())).collect();
    for key in tables.iter_mut().flat_map(|table| &mut table.foreign_keys) {
        let is_meant = |name: &&TableName| {
            name.schema == key.parent.schema && name.name.eq_ignore_ascii_case(&key.parent.name)
        };
        if !keys.contains_key(&key.parent)
            && let Some(name) = keys.keys().find(is_meant)
        {
            key.parent = name.clone();
        }
        if key.parent_columns.is_empty() {
            key.parent_columns = keys.get(&key.parent).cloned().unwrap_or_default();
        }
    }
}
