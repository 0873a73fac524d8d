//! Removes what prevents a table from being altered in place; it is added back once the rest is done.
//!
//! Servers do not update expressions when a column that they use is renamed, and do not alter generated columns.

use orm::Schema;
use orm::dialect::Dialect;
use orm::schema::expression::{mentions, same};
use orm::schema::{ColumnSchema, IndexSchema, KeyPart, Pair, TablePart, TableSchema};

use super::rename::Rename;

/// Returns a schema without the expressions that use a column to be renamed.
pub(super) fn from_renames(at: &Schema, renames: &[Rename], dialect: &Dialect) -> Schema {
    let mut left = at.clone();
    for rename in renames {
        let Rename::Column { table: now, from, .. } = rename else { continue };
        let before = renames.iter().find_map(|other| match other {
            Rename::Table { from, to } if to == now => Some(from),
            _ => None,
        });
        let name = before.unwrap_or(now);
        let own = |table: &&mut TableSchema| table.name.schema.is_none() && table.name.name == *name;
        if let Some(table) = left.tables.iter_mut().find(own) {
            let computed = table.columns.iter().filter(|column| is_of(column, from, dialect));
            let computed: Vec<String> = computed.map(|column| column.name.clone()).collect();
            drop_mentions(table, from, dialect);
            drop_columns(table, computed, dialect);
        }
    }
    left
}

/// Returns a schema without the generated columns that differ in the wanted one, and without the checks and indexes
/// that it lacks, which rows need no longer satisfy.
pub(super) fn from_changes(at: &Schema, to: &Schema, dialect: &Dialect) -> Schema {
    let mut left = at.clone();
    for table in &mut left.tables {
        if let Some(wanted) = to.tables.iter().find(|wanted| wanted.name == table.name) {
            let computed = table.columns.iter().filter(|column| {
                wanted.column(&column.name).is_some_and(|wanted| computes_otherwise(column, wanted, dialect))
            });
            let computed = computed.map(|column| column.name.clone()).collect();
            drop_columns(table, computed, dialect);
            drop_conditions(table, wanted, dialect);
        }
    }
    left
}

/// Returns whether a column differs in anything, and is generated in one of the schemas.
fn computes_otherwise(found: &ColumnSchema, wanted: &ColumnSchema, dialect: &Dialect) -> bool {
    match (&found.generated, &wanted.generated) {
        (None, None) => false,
        (Some(found_of), Some(wanted_of)) => {
            let changed = ColumnSchema { generated: found.generated.clone(), ..wanted.clone() };
            found_of.stored != wanted_of.stored
                || !same(&found_of.expression, &wanted_of.expression, dialect)
                || *found != changed
        }
        _ => true,
    }
}

/// Drops the checks and indexes that the wanted table lacks.
pub(super) fn drop_conditions(table: &mut TableSchema, wanted: &TableSchema, dialect: &Dialect) {
    let schema = |table: &TableSchema| Schema { tables: vec![table.clone()], ..Schema::default() };
    for difference in schema(wanted).compare(&schema(table), dialect) {
        match difference.part {
            TablePart::Check(Pair::Extra(check)) => table.checks.retain(|other| *other != check),
            TablePart::Index(Pair::Extra(index)) => table.indexes.retain(|other| *other != index),
            TablePart::Index(Pair::Differs { wanted, found }) if found.unique && !wanted.unique => {
                table.indexes.retain(|other| *other != found);
            }
            _ => {}
        }
    }
}

/// Drops columns with everything that refers to them or is computed from them.
fn drop_columns(table: &mut TableSchema, mut columns: Vec<String>, dialect: &Dialect) {
    while let Some(name) = columns.pop() {
        let computed = table.columns.iter().filter(|column| is_of(column, &name, dialect));
        columns.extend(computed.map(|column| column.name.clone()));
        table.columns.retain(|column| !column.name.eq_ignore_ascii_case(&name));
        table.indexes.retain(|index| !is_over(index, &name));
        drop_mentions(table, &name, dialect);
    }
}

/// Drops the checks and indexes that use a column in an expression.
fn drop_mentions(table: &mut TableSchema, name: &str, dialect: &Dialect) {
    table.checks.retain(|check| !mentions(&check.condition, name, dialect));
    table.indexes.retain(|index| {
        let expressions = index.parts.iter().filter_map(|part| match part.over() {
            KeyPart::Expression(expression) => Some(expression),
            _ => None,
        });
        !expressions.chain(&index.condition).any(|expression| mentions(expression, name, dialect))
    });
}

fn is_of(column: &ColumnSchema, name: &str, dialect: &Dialect) -> bool {
    !column.name.eq_ignore_ascii_case(name)
        && column.generated.as_ref().is_some_and(|generated| mentions(&generated.expression, name, dialect))
}

fn is_over(index: &IndexSchema, column: &str) -> bool {
    index
        .parts
        .iter()
        .any(|part| matches!(part.over(), KeyPart::Named { name, .. } if name.eq_ignore_ascii_case(column)))
}
