//! Columns that still have the name in the database that their model gives as the former one.

use super::compare::{self, Pair};
use super::models::name_of;
use super::{Difference, KeyPart, Schema, Table, TableName, TablePart};
use crate::dialect::Dialect;

/// Renames such columns in the schema that was found, so that everything else is compared as it will be after the
/// statements that rename them. The returned differences have these statements.
pub(super) fn rename(
    tables: &[&'static Table],
    wanted: &Schema,
    found: &mut Schema,
    dialect: &Dialect,
) -> Vec<Difference> {
    let mut differences = Vec::new();
    for table in tables {
        let name = name_of(table);
        let Some(new) = wanted.tables.iter().find(|table| table.name == name) else { continue };
        for column in table.columns {
            let Some(before) = column.renamed_from.filter(|before| new.column(before).is_none()) else {
                continue;
            };
            let old = found.tables.iter().find(|table| compare::same_table(&table.name, &name, dialect));
            let Some(old) = old.filter(|old| old.column(column.name).is_none()) else { continue };
            let (Some(wanted), Some(is)) = (new.column(column.name), old.column(before)) else { continue };
            let pair = Pair::Differs { wanted: wanted.clone(), found: is.clone() };
            let [on, from, to] =
                [dialect.table_name(&name), dialect.identifier(&is.name), dialect.identifier(column.name)];
            let rename = format!("ALTER TABLE {on} RENAME COLUMN {from} TO {to}");
            let before = is.name.clone();
            let computed = old.columns.iter().filter_map(|column| column.generated.as_ref());
            let mut parts = old.indexes.iter().flat_map(|index| &index.parts);
            let follows = dialect.ddl.expressions_follow;
            // A generated column that uses it would have to be dropped first, with the indexes on it: that takes a
            // migration.
            let is_easy = follows
                || !computed.map(|generated| &generated.expression).any(|text| text.contains(&from))
                    && !parts
                        .any(|part| matches!(part.over(), KeyPart::Expression(text) if text.contains(&from)));
            let mut fix = Vec::new();
            if is_easy {
                fix = if follows { Vec::new() } else { drop_checks(found, &name, &from, dialect) };
                fix.push(rename);
            }
            rename_one(found, &name, (&before, column.name), dialect);
            differences.push(compare::renamed(name.clone(), pair, fix));
        }
    }
    differences
}

/// Drops the checks that name a column, where they do not follow a rename. They then count as missing, and are added
/// again.
fn drop_checks(found: &mut Schema, of: &TableName, column: &str, dialect: &Dialect) -> Vec<String> {
    let Some(table) = found.tables.iter_mut().find(|table| compare::same_table(&table.name, of, dialect))
    else {
        return Vec::new();
    };
    let dropped = table.checks.extract_if(.., |check| check.condition.contains(column));
    dropped.flat_map(|check| compare::fixes(of, &TablePart::Check(Pair::Extra(check)), dialect)).collect()
}

/// Renames a column wherever it is named.
fn rename_one(found: &mut Schema, of: &TableName, (from, to): (&str, &str), dialect: &Dialect) {
    let follow = |name: &mut String| {
        if name == from {
            to.clone_into(name);
        }
    };
    let in_text = |text: &mut String| {
        *text = text.replace(&dialect.identifier(from), &dialect.identifier(to));
    };
    for table in &mut found.tables {
        let keys = table.foreign_keys.iter_mut().filter(|key| compare::same_table(&key.parent, of, dialect));
        keys.flat_map(|key| &mut key.parent_columns).for_each(follow);
        if !compare::same_table(&table.name, of, dialect) {
            continue;
        }
        table.foreign_keys.iter_mut().flat_map(|key| &mut key.columns).for_each(follow);
        table.primary_key.iter_mut().for_each(follow);
        for column in &mut table.columns {
            follow(&mut column.name);
            column.generated.iter_mut().for_each(|generated| in_text(&mut generated.expression));
            column.check.iter_mut().for_each(in_text);
        }
        table.checks.iter_mut().for_each(|check| in_text(&mut check.condition));
        for index in table.indexes.iter_mut().chain(&mut table.key_indexes) {
            index.condition.iter_mut().for_each(in_text);
            for part in &mut index.parts {
                match part.over_mut() {
                    KeyPart::Named { name, .. } => follow(name),
                    KeyPart::Expression(text) => in_text(text),
                    KeyPart::Descending(_) => {}
                }
            }
        }
    }
}
