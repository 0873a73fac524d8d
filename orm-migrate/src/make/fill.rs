//! What rows that are there already get in a column that must have a value.

use std::collections::BTreeMap;

use orm::dialect::Dialect;
use orm::schema::{ColumnSchema, ModelSet, TableSchema};
use orm::value::Datum;
use orm::{Error, ErrorKind, Result, Schema};

use super::Step;
use super::names::{self, quoted};

/// Who says what they get.
pub(super) enum Given<'f> {
    /// Whoever makes the migration, by `table.column`.
    By(&'f BTreeMap<String, String>),
    /// Nobody: an empty value, on the way back.
    Empty,
}

impl Given<'_> {
    fn of(&self, table: &TableSchema, column: &ColumnSchema) -> Option<String> {
        match self {
            Given::By(fills) => fills.get(&format!("{}.{}", table.name, column.name)).cloned(),
            Given::Empty if column.default.is_some() => None,
            Given::Empty => Some(empty(&column.ty).to_owned()),
        }
    }
}

/// The defaults of models, as literals: what new rows get from the client, those that are there get, too.
pub(super) fn defaults<S: ModelSet>() -> BTreeMap<String, String> {
    let mut fills = BTreeMap::new();
    for table in S::tables() {
        let name = table.schema.map_or_else(String::new, |schema| format!("{schema}."));
        for column in table.columns {
            if let Some(value) = column.default.and_then(|default| literal(default())) {
                fills.insert(format!("{name}{}.{}", table.name, column.name), value);
            }
        }
    }
    fills
}

/// A value as every database writes it, if there is such a form.
fn literal(value: Datum) -> Option<String> {
    Some(match value {
        Datum::Bool(truth) => u8::from(truth).to_string(),
        Datum::Int(number) => number.to_string(),
        Datum::UInt(number) => number.to_string(),
        Datum::Double(number) if number.is_finite() => number.to_string(),
        Datum::Exact(number) => number.to_string(),
        Datum::Text(text) if !text.contains('\\') => format!("'{}'", text.replace('\'', "''")),
        Datum::Date(day) => format!("'{day}'"),
        Datum::Timestamp(at) => format!("'{}'", at.format("%Y-%m-%d %H:%M:%S%.6f")),
        _ => return None,
    })
}

/// An empty value of a type.
fn empty(ty: &str) -> &'static str {
    let ty = ty.to_uppercase();
    let is = |words: &[&str]| words.iter().any(|word| ty.starts_with(word));
    if is(&["DATETIME", "TIMESTAMP"]) {
        "'1970-01-02 00:00:00'"
    } else if is(&["DATE"]) {
        "'1970-01-01'"
    } else if is(&["TIME"]) {
        "'00:00:00'"
    } else if is(&["JSON"]) {
        "'null'"
    } else if is(&[
        "CHAR",
        "VARCHAR",
        "TINYTEXT",
        "TEXT",
        "MEDIUMTEXT",
        "LONGTEXT",
        "TINYBLOB",
        "BLOB",
        "MEDIUMBLOB",
    ]) || is(&["LONGBLOB", "BINARY", "VARBINARY", "ENUM", "SET", "UUID"])
    {
        "''"
    } else {
        "0"
    }
}

/// Adds the new columns that must have a value as ones that may be NULL, and fills them and those that may no longer be.
pub(super) fn fill(at: &mut Schema, to: &Schema, given: &Given<'_>, dialect: &Dialect) -> Result<Vec<Step>> {
    let (mut steps, mut nobody) = (Vec::new(), Vec::new());
    for table in &mut at.tables {
        let Some(wanted) = to.tables.iter().find(|wanted| wanted.name == table.name) else { continue };
        for column in &wanted.columns {
            match table.column(&column.name) {
                None if needs_value(column) => match given.of(table, column) {
                    Some(value) => {
                        let added = ColumnSchema { nullable: true, ..column.clone() };
                        steps.push(update(table, column, &value, false, dialect));
                        table.columns.push(added);
                    }
                    None => nobody.push(format!("{}.{}", table.name, column.name)),
                },
                Some(found) if found.nullable && !column.nullable => {
                    let default = || column.default.as_ref().map(|default| format!("({default})"));
                    let value = given.of(table, column).or_else(default);
                    steps.extend(value.map(|value| update(table, column, &value, true, dialect)));
                }
                _ => {}
            }
        }
    }
    if nobody.is_empty() { Ok(steps) } else { Err(unfilled(&nobody)) }
}

fn needs_value(column: &ColumnSchema) -> bool {
    !column.nullable && column.default.is_none() && !column.auto && column.generated.is_none()
}

fn update(
    table: &TableSchema,
    column: &ColumnSchema,
    value: &str,
    only_null: bool,
    dialect: &Dialect,
) -> Step {
    let (name, column_name) = (names::table(&table.name, dialect), quoted(&column.name, dialect));
    let only = if only_null { format!(" WHERE {column_name} IS NULL") } else { String::new() };
    Step {
        sql: vec![format!("UPDATE {name} SET {column_name} = {value}{only}")],
        loses: false,
        texts: vec![format!("fill the column `{}.{}` of rows that are there", table.name, column.name)],
    }
}

#[cold]
fn unfilled(columns: &[String]) -> Error {
    let message = format!(
        "rows that are there already have no value for {}: say which one they get (`fill`), give the column a default, \
         let it be NULL, or, if it is an old column with a new name, say so (`rename`)",
        columns.iter().map(|column| format!("`{column}`")).collect::<Vec<_>>().join(", ")
    );
    Error::new(ErrorKind::Configuration, message)
}
