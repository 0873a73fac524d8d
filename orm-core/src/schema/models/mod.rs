//! The schema that models require.

mod column;
mod indexes;
mod limits;

pub(crate) use self::column::collation;
use super::order::in_order;
use super::{Check, CheckSchema, ColumnSchema};
use super::{ForeignKey, ForeignKeySchema, Schema, Storage, Table, TableName, TableSchema};
use crate::dialect::Dialect;
use crate::error::{Error, ErrorKind, Result};

/// Returns the schema that the models of these tables require. Views are not part of it: they are created by hand.
pub(crate) fn describe(tables: Vec<&'static Table>, dialect: &Dialect) -> Result<Schema> {
    let mut described: Vec<(&'static Table, TableSchema)> = Vec::with_capacity(tables.len());
    for table in tables.into_iter().filter(|table| !table.view) {
        let description = describe_table(table, dialect)?;
        match described.iter().find(|(other, _)| other.is(table)) {
            None => described.push((table, description)),
            Some((_, same)) if *same == description => {}
            Some((other, _)) => return Err(two_of_one(other, table)),
        }
    }
    let tables = described.into_iter().map(|(_, description)| description).collect();
    Ok(Schema { tables: in_order(tables), ..Schema::default() })
}

/// The error for two models that declare one table differently, so that it is not known which one is right.
fn two_of_one(one: &Table, other: &Table) -> Error {
    let message = format!(
        "`{}` and `{}` both describe the table `{}`, but differently: let one of them describe all of it, \
         and make the other read-only, with `#[orm(view, table = \"{2}\")]`",
        one.model, other.model, one.name
    );
    Error::new(ErrorKind::Unsupported, message)
}

/// Refuses a table with foreign keys to another database, where no server could enforce them.
pub(crate) fn check_home(table: &Table) -> Result<()> {
    let elsewhere = |parent: &&Table| parent.bind != table.bind;
    let Some(parent) = kept_keys(table).map(|key| (key.parent)()).find(elsewhere) else { return Ok(()) };
    let message = format!(
        "`{}` has a foreign key to `{}`, which is in another database, where no server can enforce it; make \
         it a plain column, or give both the same `bind`",
        table.model, parent.model
    );
    Err(Error::new(ErrorKind::Unsupported, message))
}

/// Returns the foreign keys that exist in the database: those of a view, and those that lead to one, are relations
/// only.
fn kept_keys(table: &Table) -> impl Iterator<Item = &'static ForeignKey> {
    table.foreign_keys.iter().copied().filter(|key| !table.view && !(key.parent)().view)
}

fn describe_table(table: &'static Table, dialect: &Dialect) -> Result<TableSchema> {
    fits(table.name, dialect)?;
    let columns: Vec<ColumnSchema> =
        table.columns.iter().map(|column| column::describe(table, column, dialect)).collect::<Result<_>>()?;
    let foreign_keys = kept_keys(table).map(|key| foreign_key(table, key, dialect));
    let limits = table.columns.iter().filter_map(|column| limits::of(column, dialect));
    let one_of = table.one_of.iter().map(|one_of| {
        let name = one_of.check_name(table);
        fits(&name, dialect)?;
        Ok(CheckSchema::new(Some(name), one_of.condition(table, dialect)))
    });
    let one_of: Vec<CheckSchema> = one_of.collect::<Result<_>>()?;
    let checks: Vec<CheckSchema> =
        table.checks.iter().map(|check| self::check(check, dialect)).collect::<Result<_>>()?;
    let Storage { engine, charset, collation } = table.storage;
    let (usual_engine, usual_charset) = dialect.ddl.storage.unzip();
    let has_choice = dialect.ddl.storage.is_some();
    let stored =
        |given: Option<&str>, usual: Option<&str>| given.filter(|_| has_choice).or(usual).map(str::to_owned);
    Ok(TableSchema {
        name: name_of(table),
        columns,
        primary_key: names(table, table.primary_key),
        indexes: indexes::describe(table, dialect)?,
        key_indexes: Vec::new(),
        foreign_keys: foreign_keys.collect::<Result<_>>()?,
        checks: limits.chain(one_of).chain(checks).collect(),
        engine: stored(engine, usual_engine),
        charset: stored(charset, usual_charset),
        collation: stored(collation, None),
        comment: table.comment.filter(|_| dialect.ddl.comments).map(str::to_owned),
        beside: Vec::new(),
    })
}

pub(super) fn name_of(table: &Table) -> TableName {
    TableName { schema: table.schema.map(str::to_owned), name: table.name.to_owned() }
}

fn names(table: &Table, positions: &[u16]) -> Vec<String> {
    positions.iter().map(|&position| table.column(position).name.to_owned()).collect()
}

fn foreign_key(table: &Table, key: &ForeignKey, dialect: &Dialect) -> Result<ForeignKeySchema> {
    let parent = (key.parent)();
    if table.schema != parent.schema && !dialect.ddl.keys_across_schemas {
        return Err(leads_elsewhere(table, parent, dialect));
    }
    if let (Some(schema), None) = (table.schema, parent.schema) {
        return Err(leads_home(table, schema, parent));
    }
    let name = key.constraint.map_or_else(|| format!("{}_{}_fkey", table.name, key.name), str::to_owned);
    fits(&name, dialect)?;
    Ok(ForeignKeySchema {
        name,
        columns: names(table, key.columns),
        parent: name_of(parent),
        parent_columns: names(parent, key.parent_columns()),
        on_delete: key.on_delete,
        on_update: key.on_update,
        is_named: key.constraint.is_some(),
    })
}

fn check(check: &Check, dialect: &Dialect) -> Result<CheckSchema> {
    let name = check.name.map(str::to_owned);
    name.as_deref().map_or(Ok(()), |name| fits(name, dialect))?;
    Ok(CheckSchema { is_named: name.is_some(), ..CheckSchema::new(name, check.condition) })
}

/// The error for a foreign key from a named schema to a table in the connection's own schema: servers look for the
/// parent in the child's schema, and the name of the connection's own schema is not known here.
#[cold]
fn leads_home(table: &Table, schema: &str, parent: &Table) -> Error {
    let message = format!(
        "`{}` is in the schema `{schema}`, and has a foreign key to `{}`, which names no schema: servers \
         would look for it in `{schema}`; add `schema = \"..\"` to `{}` too, or make the key a plain column",
        table.model, parent.model, parent.model
    );
    Error::new(ErrorKind::Unsupported, message)
}

#[cold]
fn leads_elsewhere(table: &Table, parent: &Table, dialect: &Dialect) -> Error {
    let message = format!(
        "`{}` has a foreign key to `{}`, which is in another schema, and foreign keys of {} cannot reference other schemas: give both the \
         same `schema`, or make the key a plain column",
        table.model, parent.model, dialect.name
    );
    Error::new(ErrorKind::Unsupported, message)
}

/// Refuses a name that is too long.
fn fits(name: &str, dialect: &Dialect) -> Result<()> {
    match dialect.max_identifier {
        Some(most) if name.chars().count() > most => {
            let message = format!(
                "the name `{name}` is longer than the {most} characters that {} allows: state a shorter one in the model, with \
                 `table`, `column`, `constraint` or `name`",
                dialect.name
            );
            Err(Error::new(ErrorKind::Configuration, message))
        }
        _ => Ok(()),
    }
}

/// The error for something that a database does not have.
#[cold]
fn unsupported(table: &Table, what: &str, dialect: &Dialect, instead: &str) -> Error {
    let message = format!("`{}` has {what}, which {} does not support; {instead}", table.model, dialect.name);
    Error::new(ErrorKind::Unsupported, message)
}
