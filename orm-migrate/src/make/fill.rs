//! The values of existing rows in required columns.

use std::collections::{BTreeMap, BTreeSet};

use orm::dialect::Dialect;
use orm::schema::{ColumnSchema, Table, TableSchema, empty};
use orm::value::Datum;
use orm::{Error, ErrorKind, Schema};

use super::{Step, choices, detach};

/// The source of the values.
pub(super) enum Given<'f> {
    /// Given by the author of the migration, by `table.column`.
    By(&'f BTreeMap<String, String>),
    /// An empty value, in the down script.
    Empty,
}

impl Given<'_> {
    fn of(&self, table: &TableSchema, column: &ColumnSchema, dialect: &Dialect) -> Option<String> {
        match self {
            Given::By(fills) => fills.get(&format!("{}.{}", table.name, column.name)).cloned(),
            Given::Empty if column.default.is_some() => None,
            Given::Empty => Some(match choices::of(table, column, dialect) {
                Some(words) => words[0].clone(),
                None => empty(&column.ty).to_owned(),
            }),
        }
    }
}

/// Returns the defaults of models as literals: existing rows get the same client-side defaults as new ones. Versions
/// start at 1.
pub(super) fn defaults(tables: &[&'static Table]) -> BTreeMap<String, String> {
    let mut fills = BTreeMap::new();
    for table in tables.iter().filter(|table| !table.view) {
        let name = table.schema.map_or_else(String::new, |schema| format!("{schema}."));
        for column in table.columns {
            let first = column.version.then(|| "1".to_owned());
            if let Some(value) = column.default.and_then(|default| literal(default())).or(first) {
                fills.insert(format!("{name}{}.{}", table.name, column.name), value);
            }
        }
    }
    fills
}

/// Checks that the columns to be filled exist: a misspelt one would remain empty.
pub(super) fn exist(fills: &BTreeMap<String, String>, wanted: &Schema) -> orm::Result<()> {
    let names = |table: &TableSchema| {
        let name = |column: &ColumnSchema| format!("{}.{}", table.name, column.name);
        table.columns.iter().map(name).collect::<Vec<_>>()
    };
    let known: BTreeSet<String> = wanted.tables.iter().flat_map(names).collect();
    match fills.keys().find(|name| !known.contains(*name)) {
        None => Ok(()),
        Some(name) => {
            let message = format!(
                "there is no column `{name}` to fill: it is written as in the database, `table.column`"
            );
            Err(Error::new(ErrorKind::Configuration, message))
        }
    }
}

/// Returns a value in a notation that every database understands, if there is one.
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

/// Returns whether a type can hold any text.
fn is_text(ty: &str) -> bool {
    let ty = ty.to_uppercase();
    ["CHAR", "VARCHAR", "TINYTEXT", "TEXT", "MEDIUMTEXT", "LONGTEXT"].iter().any(|word| ty.starts_with(word))
}

/// The steps that fill rows, and the schema in which they can run.
pub(super) struct Filled {
    pub(super) schema: Schema,
    pub(super) steps: Vec<Step>,
    /// The columns that are no longer nullable, and whose rows are not filled.
    pub(super) unfilled: Vec<String>,
}

/// Adds new required columns as nullable ones and fills them, as well as columns that are no longer nullable, and those
/// with values that their type does not, or no longer, allow. A column that was generated in the schema `before` and is
/// no longer keeps its values.
pub(super) fn fill(
    before: &Schema,
    at: &Schema,
    to: &Schema,
    given: &Given<'_>,
    dialect: &Dialect,
) -> orm::Result<Filled> {
    let mut filled = Filled { schema: at.clone(), steps: Vec::new(), unfilled: Vec::new() };
    let mut nobody = Vec::new();
    for table in &mut filled.schema.tables {
        let named = |other: &&TableSchema| other.name == table.name;
        let (Some(wanted), Some(before)) = (to.tables.iter().find(named), before.tables.iter().find(named))
        else {
            continue;
        };
        let mut of_table = OfTable {
            before,
            wanted,
            given,
            dialect,
            steps: Vec::new(),
            unfilled: Vec::new(),
            changes_rows: false,
        };
        for column in &wanted.columns {
            if let Err(unfilled) = of_table.fill(table, column) {
                nobody.push(unfilled);
            }
        }
        if of_table.changes_rows {
            detach::drop_conditions(table, wanted, dialect);
        }
        filled.steps.extend(of_table.steps);
        filled.unfilled.extend(of_table.unfilled);
    }
    if nobody.is_empty() { Ok(filled) } else { Err(unfilled(&nobody)) }
}

/// The rows that are filled.
const ROWS: &str = "of existing rows";

/// The steps that fill the rows of one table.
struct OfTable<'a> {
    before: &'a TableSchema,
    wanted: &'a TableSchema,
    given: &'a Given<'a>,
    dialect: &'a Dialect,
    steps: Vec<Step>,
    unfilled: Vec<String>,
    /// Whether existing values change, which checks that will be dropped may forbid.
    changes_rows: bool,
}

impl OfTable<'_> {
    /// Fills a column, if necessary. The error is the name of the column if no value is given.
    fn fill(&mut self, table: &mut TableSchema, column: &ColumnSchema) -> Result<(), String> {
        if column.generated.is_some() {
            return Ok(());
        }
        let Some(at) = table.columns.iter().position(|found| found.name.eq_ignore_ascii_case(&column.name))
        else {
            return self.add(table, column);
        };
        let found = table.columns[at].clone();
        if let Some(words) = choices::of(self.wanted, column, self.dialect) {
            match choices::of(self.before, &found, self.dialect) {
                Some(before) if before.iter().all(|word| words.contains(word)) => {}
                Some(before) => self.replace_words(table, at, column, (before, words)),
                // A text may have held any value.
                None if is_text(&found.ty) => self.replace_words(table, at, column, (Vec::new(), words)),
                None => {}
            }
        }
        if found.nullable && !column.nullable {
            let default = || column.default.as_ref().map(|default| format!("({default})"));
            if let Some(value) = self.given.of(self.wanted, column, self.dialect).or_else(default) {
                if found.generated.is_some() {
                    table.columns[at] = ColumnSchema { nullable: true, ..column.clone() };
                }
                self.update(column, &value, Some("IS NULL"), ROWS);
            } else {
                self.unfilled.push(format!("{}.{}", self.wanted.name, column.name));
            }
        }
        Ok(())
    }

    /// Adds a column, if its existing rows need a value.
    fn add(&mut self, table: &mut TableSchema, column: &ColumnSchema) -> Result<(), String> {
        let was = self.before.column(&column.name).and_then(|before| before.generated.as_ref());
        let value = match was {
            Some(generated) => Some(format!("({})", generated.expression)),
            None if needs_value(column) => Some(
                self.given
                    .of(self.wanted, column, self.dialect)
                    .ok_or_else(|| format!("{}.{}", table.name, column.name))?,
            ),
            None => None,
        };
        if let Some(value) = value {
            table.columns.push(ColumnSchema { nullable: true, ..column.clone() });
            self.update(column, &value, None, ROWS);
        }
        Ok(())
    }

    /// Replaces values that a column may no longer have, if a replacement is given.
    fn replace_words(
        &mut self,
        table: &mut TableSchema,
        at: usize,
        column: &ColumnSchema,
        (before, words): (Vec<String>, Vec<String>),
    ) {
        let empty = || match self.given {
            Given::Empty if column.nullable => Some("NULL".to_owned()),
            _ => self.given.of(self.wanted, column, self.dialect),
        };
        let Some(value) = empty() else { return };
        if choices::of_type(&table.columns[at].ty).is_some() {
            // Until then, all of the values are allowed.
            let new: Vec<String> = words.iter().filter(|word| !before.contains(word)).cloned().collect();
            table.columns[at].ty = choices::ty(&[before, new].concat());
        }
        let only = format!("NOT IN ({})", words.join(", "));
        self.update(column, &value, Some(&only), "where its value is no longer allowed");
        if let Some(step) = self.steps.last_mut() {
            step.loses_data = true;
        }
    }

    fn update(&mut self, column: &ColumnSchema, value: &str, only: Option<&str>, what: &str) {
        let table = &self.wanted.name;
        let (on, name) = (self.dialect.table_name(table), self.dialect.identifier(&column.name));
        self.changes_rows |= only.is_some();
        let only = only.map(|only| format!(" WHERE {name} {only}")).unwrap_or_default();
        self.steps.push(Step {
            sql: vec![format!("UPDATE {on} SET {name} = {value}{only}")],
            loses_data: false,
            texts: vec![format!("fill the column `{table}.{}` {what}", column.name)],
        });
    }
}

fn needs_value(column: &ColumnSchema) -> bool {
    !column.nullable && column.default.is_none() && !column.auto && column.generated.is_none()
}

#[cold]
fn unfilled(columns: &[String]) -> Error {
    let message = format!(
        "existing rows have no value for {}: say which one they get (`fill`, on the command line `--fill \
         {}=SQL`), give the column a default, let it be NULL, or, if it is an old column with a new name, \
         say so (`rename`)",
        columns.iter().map(|column| format!("`{column}`")).collect::<Vec<_>>().join(", "),
        columns.first().map_or("table.column", String::as_str)
    );
    Error::new(ErrorKind::Configuration, message)
}
