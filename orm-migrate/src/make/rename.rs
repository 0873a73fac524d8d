//! Renamed columns and tables.

use orm::dialect::Dialect;
use orm::schema::expression::renamed;
use orm::schema::{KeyPart, TableSchema};
use orm::{Error, ErrorKind, Result, Schema};

use super::Step;

/// A rename.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Rename {
    Table { from: String, to: String },
    Column { table: String, from: String, to: String },
}

impl Rename {
    pub(super) fn parse(from: &str, to: &str) -> Result<Self> {
        match (from.split_once('.'), to.split_once('.')) {
            (None, None) => Ok(Rename::table(from, to)),
            (Some((table, from)), Some((other, to))) if table == other => Ok(Rename::column(table, from, to)),
            (Some((table, from)), None) => Ok(Rename::column(table, from, to)),
            _ => {
                let message = format!(
                    "`{from}` cannot be renamed to `{to}`: expected two tables (`users`, `people`), or two \
                     columns of one table, under its new name if it has one (`users.name`, \
                     `users.full_name`)"
                );
                Err(Error::new(ErrorKind::Configuration, message))
            }
        }
    }

    pub(super) fn table(from: &str, to: &str) -> Self {
        Rename::Table { from: from.to_owned(), to: to.to_owned() }
    }

    /// The rename of a column, with the new name of its table.
    pub(super) fn column(table: &str, from: &str, to: &str) -> Self {
        Rename::Column { table: table.to_owned(), from: from.to_owned(), to: to.to_owned() }
    }

    pub(super) fn reversed(&self) -> Self {
        match self.clone() {
            Rename::Table { from, to } => Rename::Table { from: to, to: from },
            Rename::Column { table, from, to } => Rename::Column { table, from: to, to: from },
        }
    }

    /// Applies the rename to the schema, and returns the step that does it in the database.
    pub(super) fn apply(&self, schema: &mut Schema, dialect: &Dialect) -> Result<Step> {
        match self {
            Rename::Table { from, to } => {
                let table = find(schema, from)?;
                table.name.name.clone_from(to);
                rename_made_names(table, from, to);
                for key in schema.tables.iter_mut().flat_map(|table| &mut table.foreign_keys) {
                    if key.parent.schema.is_none() && key.parent.name == *from {
                        key.parent.name.clone_from(to);
                    }
                }
                let sql =
                    format!("ALTER TABLE {} RENAME TO {}", dialect.identifier(from), dialect.identifier(to));
                Ok(step(sql, format!("rename the table `{from}` to `{to}`")))
            }
            Rename::Column { table, from, to } => {
                rename_column(find(schema, table)?, from, to, dialect)?;
                for key in schema.tables.iter_mut().flat_map(|child| &mut child.foreign_keys) {
                    if key.parent.schema.is_none() && key.parent.name == *table {
                        rename(key.parent_columns.iter_mut(), from, to);
                    }
                }
                let sql = format!(
                    "ALTER TABLE {} RENAME COLUMN {} TO {}",
                    dialect.identifier(table),
                    dialect.identifier(from),
                    dialect.identifier(to)
                );
                Ok(step(sql, format!("rename the column `{table}.{from}` to `{to}`")))
            }
        }
    }
}

fn step(sql: String, text: String) -> Step {
    Step { sql: vec![sql], loses_data: false, texts: vec![text] }
}

fn find<'s>(schema: &'s mut Schema, name: &str) -> Result<&'s mut TableSchema> {
    let own = |table: &&mut TableSchema| table.name.schema.is_none() && table.name.name == name;
    schema
        .tables
        .iter_mut()
        .find(own)
        .ok_or_else(|| Error::new(ErrorKind::NoSuchTable, format!("there is no table `{name}` to rename")))
}

fn rename_column(table: &mut TableSchema, from: &str, to: &str, dialect: &Dialect) -> Result<()> {
    let mut columns = table.columns.iter_mut().map(|column| &mut column.name);
    if !rename(&mut columns, from, to) {
        let message = format!("there is no column `{}.{from}` to rename", table.name);
        return Err(Error::new(ErrorKind::NoSuchColumn, message));
    }
    rename(table.primary_key.iter_mut(), from, to);
    rename(table.foreign_keys.iter_mut().flat_map(|key| &mut key.columns), from, to);
    let (mut names, mut expressions) = (Vec::new(), Vec::new());
    for index in &mut table.indexes {
        for part in &mut index.parts {
            match part.over_mut() {
                KeyPart::Named { name, .. } => names.push(name),
                KeyPart::Expression(expression) => expressions.push(expression),
                KeyPart::Descending(_) => {}
            }
        }
        expressions.extend(&mut index.condition);
    }
    rename(names.into_iter(), from, to);
    for column in &mut table.columns {
        expressions.extend(column.generated.as_mut().map(|generated| &mut generated.expression));
        expressions.extend(&mut column.check);
    }
    expressions.extend(table.checks.iter_mut().map(|check| &mut check.condition));
    for expression in expressions {
        *expression = renamed(expression, from, to, dialect);
    }
    Ok(())
}

/// Lets names that a server has derived from the table's name follow it.
fn rename_made_names(table: &mut TableSchema, from: &str, to: &str) {
    let follow = |name: &mut String, made: &str| {
        if let Some(number) = name.strip_prefix(&format!("{from}{made}")) {
            *name = format!("{to}{made}{number}");
        }
    };
    table.foreign_keys.iter_mut().for_each(|key| follow(&mut key.name, "_ibfk_"));
    table.checks.iter_mut().filter_map(|check| check.name.as_mut()).for_each(|name| follow(name, "_chk_"));
}

/// Renames the matching names, and returns whether there were any.
fn rename<'n>(names: impl Iterator<Item = &'n mut String>, from: &str, to: &str) -> bool {
    let mut found = false;
    for name in names.filter(|name| name.as_str() == from) {
        to.clone_into(name);
        found = true;
    }
    found
}
