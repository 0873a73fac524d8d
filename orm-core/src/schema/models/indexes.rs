//! Unique constraints and indexes.

use super::{fits, unsupported};
use crate::dialect::Dialect;
use crate::error::Result;
use crate::schema::{FullText, Index, IndexPart, IndexSchema, KeyPart, Table};

/// Returns the unique constraints and indexes of a model, and an index for each foreign key if the server creates none.
pub(super) fn describe(table: &Table, dialect: &Dialect) -> Result<Vec<IndexSchema>> {
    let mut indexes = Vec::new();
    for (position, column) in (0u16..).zip(table.columns) {
        if column.unique || column.index {
            indexes.push(of_columns(table, &[position], column.unique, dialect)?);
        }
    }
    let listed = table.uniques.iter().map(|index| (index, true));
    for (index, unique) in listed.chain(table.indexes.iter().map(|index| (index, false))) {
        indexes.push(listed_index(table, index, unique, dialect)?);
    }
    if dialect.ddl.full_text {
        for index in table.full_texts {
            indexes.push(full_text(table, index, dialect)?);
        }
    }
    if !dialect.ddl.indexes_foreign_keys {
        for key in super::kept_keys(table) {
            let names = super::names(table, key.columns);
            // An index that begins with the key's columns serves as well.
            let begins = |index: &IndexSchema| {
                let columns = index.columns().unwrap_or_default();
                columns.len() >= names.len()
                    && columns.iter().zip(&names).all(|(column, name)| column == name)
            };
            if !table.primary_key.starts_with(key.columns) && !indexes.iter().any(begins) {
                indexes.push(of_columns(table, key.columns, false, dialect)?);
            }
        }
    }
    Ok(indexes)
}

fn of_columns(table: &Table, columns: &[u16], unique: bool, dialect: &Dialect) -> Result<IndexSchema> {
    let parts: Vec<IndexPart> = columns.iter().map(|&column| IndexPart::Whole(column)).collect();
    let name = table.made_name(&parts, unique);
    fits(&name, dialect)?;
    let parts = parts.iter().map(|part| self::part(table, *part, unique, dialect)).collect::<Result<_>>()?;
    Ok(IndexSchema { name, unique, parts, ..IndexSchema::default() })
}

fn full_text(table: &Table, index: &FullText, dialect: &Dialect) -> Result<IndexSchema> {
    let name = index.index_name(table);
    fits(&name, dialect)?;
    let columns = super::names(table, index.columns).into_iter();
    Ok(IndexSchema {
        name,
        full_text: true,
        parts: columns.map(|name| KeyPart::Named { name, prefix: None }).collect(),
        parser: index.parser.map(str::to_owned),
        ..IndexSchema::default()
    })
}

fn listed_index(table: &Table, index: &Index, unique: bool, dialect: &Dialect) -> Result<IndexSchema> {
    let name = table.index_name(index, unique);
    fits(&name, dialect)?;
    if index.condition.is_some() && !dialect.ddl.partial_indexes {
        return Err(unsupported(table, "an index with a condition", dialect, "leave out `where`"));
    }
    let parts = index.parts.iter().map(|part| self::part(table, *part, unique, dialect));
    Ok(IndexSchema {
        name,
        unique,
        parts: parts.collect::<Result<_>>()?,
        condition: index.condition.map(str::to_owned),
        ..IndexSchema::default()
    })
}

/// Returns a part of an index. Where prefix indexes do not exist, it covers the whole text or, for a unique index to
/// refuse the same rows, an expression.
fn part(table: &Table, part: IndexPart, unique: bool, dialect: &Dialect) -> Result<KeyPart> {
    let column = |column: u16| table.column(column).name;
    Ok(match part {
        IndexPart::Prefix(position, length) if dialect.ddl.prefix_indexes => {
            KeyPart::Named { name: column(position).to_owned(), prefix: Some(length) }
        }
        IndexPart::Prefix(position, length) if unique => {
            KeyPart::Expression(format!("substr({}, 1, {length})", dialect.identifier(column(position))))
        }
        IndexPart::Whole(position) | IndexPart::Prefix(position, _) => {
            KeyPart::Named { name: column(position).to_owned(), prefix: None }
        }
        IndexPart::Expression(_) if dialect.ddl.indexed_expression.is_empty() => {
            let instead = "make it a column with `generated` and index that";
            return Err(unsupported(table, "an index over an expression", dialect, instead));
        }
        IndexPart::Expression(expression) => KeyPart::Expression(expression.to_owned()),
        IndexPart::Descending(over) => {
            KeyPart::Descending(Box::new(self::part(table, *over, unique, dialect)?))
        }
    })
}
