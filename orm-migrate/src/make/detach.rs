//! What is in the way where tables are changed in place: it goes first, and comes back when the rest is as it is to be.
//!
//! Servers do not write expressions anew when a column that they name has a new name, and do not change what is computed.

use orm::Schema;
use orm::dialect::Dialect;
use orm::schema::expression::{mentions, same};
use orm::schema::{ColumnSchema, IndexSchema, KeyPart, Pair, TablePart, TableSchema};

use super::rename::Rename;

/// A schema without what names columns in expressions that are to have another name.
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

/// A schema without what is computed in another way in the one that is wanted, and without conditions and indexes that are
/// not in it, which rows need not meet any more.
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

/// Whether a column is computed before or after a change of anything in it.
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

/// Drops conditions and indexes that a table is not to have.
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

/// Drops columns with all that is about them or computed of them.
fn drop_columns(table: &mut TableSchema, mut columns: Vec<String>, dialect: &Dialect) {
    while let Some(name) = columns.pop() {
        let computed = table.columns.iter().filter(|column| is_of(column, &name, dialect));
        columns.extend(computed.map(|column| column.name.clone()));
        table.columns.retain(|column| !column.name.eq_ignore_ascii_case(&name));
        table.indexes.retain(|index| !is_over(index, &name));
        drop_mentions(table, &name, dialect);
    }
}

/// Drops conditions and indexes that name a column in an expression.
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
