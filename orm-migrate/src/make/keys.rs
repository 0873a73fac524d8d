//! Foreign keys that prevent changes: servers refuse to change what a foreign key uses.

use std::collections::HashSet;

use orm::dialect::Dialect;
use orm::schema::{ForeignKeySchema, IndexSchema, KeyPart, Pair, TableName, TablePart, TableSchema};
use orm::{Schema, schema::Difference};

use super::Step;
use super::keep::is_same;

/// Drops the keys that prevent a schema from becoming another one, permanently or temporarily: those in the finally
/// wanted schema are added back.
pub(super) fn release(at: &mut Schema, to: &Schema, wanted: Option<&Schema>, dialect: &Dialect) -> Vec<Step> {
    let touched = touched(&to.compare(at, dialect));
    let mut steps = Vec::new();
    for table in &mut at.tables {
        let named = |other: &&TableSchema| other.name == table.name;
        let (next, wanted) =
            (to.tables.iter().find(named), wanted.and_then(|wanted| wanted.tables.iter().find(named)));
        let (kept, gone): (Vec<_>, Vec<_>) =
            std::mem::take(&mut table.foreign_keys).into_iter().partition(|key| {
                let same = next.is_some_and(|next| next.foreign_keys.iter().any(|other| is_same(key, other)));
                same && !is_touched(&table.name, key, &touched)
            });
        table.foreign_keys = kept;
        // A foreign key of a dropped table goes with the table.
        let is_gone = next.is_none();
        steps.extend(gone.iter().map(|key| drop_key(table, wanted, is_gone, key, dialect)));
    }
    steps
}

/// Leaves the foreign keys of existing tables until everything else is as they need it, and also those that reference a
/// table created later.
pub(super) fn hold_back(body: &mut Schema, at: &Schema) {
    let names: Vec<_> = body.tables.iter().map(|table| table.name.clone()).collect();
    for (position, table) in body.tables.iter_mut().enumerate() {
        match at.tables.iter().find(|found| found.name == table.name) {
            Some(found) => table.foreign_keys.clone_from(&found.foreign_keys),
            None => table.foreign_keys.retain(|key| !names[position + 1..].contains(&key.parent)),
        }
    }
}

/// Returns the columns that change, with their tables.
fn touched(differences: &[Difference]) -> HashSet<(TableName, String)> {
    let mut touched = HashSet::new();
    for difference in differences {
        let mut touch = |name: &String| {
            touched.insert((difference.table.clone(), name.to_lowercase()));
        };
        match &difference.part {
            TablePart::TableColumn(Pair::Extra(column) | Pair::Differs { wanted: column, .. }) => {
                touch(&column.name)
            }
            TablePart::PrimaryKey(Pair::Extra(found) | Pair::Differs { found, .. }) => {
                found.iter().for_each(touch)
            }
            TablePart::Index(Pair::Extra(found) | Pair::Differs { found, .. }) => {
                first_column(found).into_iter().for_each(touch);
            }
            TablePart::Table(pair) => {
                if let Pair::Extra(table) = &**pair {
                    table.columns.iter().for_each(|column| touch(&column.name));
                }
            }
            _ => {}
        }
    }
    touched
}

fn first_column(index: &IndexSchema) -> Option<&String> {
    index
        .parts
        .first()
        .and_then(|part| if let KeyPart::Named { name, .. } = part.over() { Some(name) } else { None })
}

fn is_touched(table: &TableName, key: &ForeignKeySchema, touched: &HashSet<(TableName, String)>) -> bool {
    let has = |table: &TableName, columns: &[String]| {
        columns.iter().any(|column| touched.contains(&(table.clone(), column.to_lowercase())))
    };
    has(table, &key.columns) || has(&key.parent, &key.parent_columns)
}

/// Drops a key, and the index that the server has created for it unless that has another use.
fn drop_key(
    table: &TableSchema,
    wanted: Option<&TableSchema>,
    is_gone: bool,
    key: &ForeignKeySchema,
    dialect: &Dialect,
) -> Step {
    let (on, name) = (dialect.table_name(&table.name), dialect.identifier(&key.name));
    let mut sql = vec![format!("ALTER TABLE {on} DROP FOREIGN KEY {name}")];
    let comes_back =
        |wanted: &TableSchema| wanted.foreign_keys.iter().any(|other| other.columns == key.columns);
    let begins = |columns: Vec<&str>| {
        columns.iter().copied().take(key.columns.len()).eq(key.columns.iter().map(String::as_str))
    };
    let has_index = |table: &TableSchema| {
        begins(table.primary_key.iter().map(String::as_str).collect())
            || table.indexes.iter().any(|index| index.columns().is_some_and(begins))
    };
    if dialect.ddl.indexes_foreign_keys
        && !key.name.is_empty()
        && !has_index(table)
        && !is_gone
        && !wanted.is_some_and(comes_back)
    {
        // A key created without a name has one from the server, and its index has that of its first column.
        let of_server = key.name.strip_prefix(&format!("{}_ibfk_", table.name.name));
        let is_of_server = of_server.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
        let index = key.columns.first().filter(|_| is_of_server).map(|first| dialect.identifier(first));
        sql.push(format!("ALTER TABLE {on} DROP INDEX {}", index.unwrap_or(name)));
    }
    Step {
        sql,
        loses_data: false,
        texts: vec![format!("drop the foreign key `{}` of `{}`", key.name, table.name)],
    }
}
