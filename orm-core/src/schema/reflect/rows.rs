//! The rows that reflection queries return.

use crate::schema::{CheckSchema, ColumnSchema, Generated, KeyPart, ReferentialAction, TableName};
use crate::value::{Cells, Fault};

/// A table or a view.
pub(super) struct TableRow {
    pub(super) name: String,
    pub(super) is_view: bool,
    pub(super) engine: Option<String>,
    pub(super) charset: Option<String>,
    pub(super) collation: Option<String>,
    pub(super) comment: Option<String>,
    pub(super) definition: Option<String>,
    /// Whether its definition has to be asked for.
    pub(super) is_read_whole: bool,
}

/// A column of a table or a view.
pub(super) struct ColumnRow {
    pub(super) table: String,
    /// Its position in the primary key, from 1; 0 if it is not part of it.
    pub(super) key: u32,
    pub(super) column: ColumnSchema,
}

/// One part of an index.
pub(super) struct IndexRow {
    pub(super) table: String,
    pub(super) name: String,
    pub(super) unique: bool,
    pub(super) full_text: bool,
    pub(super) part: KeyPart,
    pub(super) definition: Option<String>,
}

/// One column of a foreign key.
pub(super) struct ForeignKeyRow {
    pub(super) table: String,
    pub(super) name: String,
    pub(super) column: String,
    pub(super) parent: TableName,
    /// `None` stands for a column of the primary key.
    pub(super) parent_column: Option<String>,
    pub(super) on_delete: ReferentialAction,
    pub(super) on_update: ReferentialAction,
}

pub(super) fn table(cells: &mut Cells<'_, '_>) -> Result<TableRow, Fault> {
    Ok(TableRow {
        name: cells.value()?,
        is_view: cells.value()?,
        engine: cells.nullable()?,
        charset: cells.nullable()?,
        collation: cells.nullable()?,
        comment: cells.nullable()?,
        definition: cells.nullable()?,
        is_read_whole: cells.value()?,
    })
}

pub(super) fn column(cells: &mut Cells<'_, '_>) -> Result<ColumnRow, Fault> {
    let table = cells.value()?;
    let (name, ty) = (cells.value()?, cells.value()?);
    let (nullable, auto, key) = (cells.value()?, cells.value()?, cells.value()?);
    let (default, on_update) = (cells.nullable()?, cells.nullable()?);
    let (expression, stored) = (cells.nullable::<String>()?, cells.value()?);
    let generated = expression.map(|expression| Generated { expression, stored });
    let (collation, comment, check) = (cells.nullable()?, cells.nullable()?, cells.nullable()?);
    Ok(ColumnRow {
        table,
        key,
        column: ColumnSchema {
            name,
            ty,
            nullable,
            auto,
            default,
            on_update,
            generated,
            collation,
            comment,
            check,
        },
    })
}

pub(super) fn index(cells: &mut Cells<'_, '_>) -> Result<IndexRow, Fault> {
    let (table, name) = (cells.value()?, cells.value()?);
    let (unique, full_text) = (cells.value()?, cells.value()?);
    let (column, prefix) = (cells.nullable::<String>()?, cells.nullable()?);
    let expression = cells.nullable::<String>()?.unwrap_or_default();
    let over = match column {
        Some(name) => KeyPart::Named { name, prefix },
        None => KeyPart::Expression(expression),
    };
    let part = if cells.value()? { KeyPart::Descending(Box::new(over)) } else { over };
    Ok(IndexRow { table, name, unique, full_text, part, definition: cells.nullable()? })
}

pub(super) fn foreign_key(cells: &mut Cells<'_, '_>) -> Result<ForeignKeyRow, Fault> {
    Ok(ForeignKeyRow {
        table: cells.value()?,
        name: cells.value()?,
        column: cells.value()?,
        parent: TableName { schema: cells.nullable()?, name: cells.value()? },
        parent_column: cells.nullable()?,
        on_delete: action(&cells.value::<String>()?),
        on_update: action(&cells.value::<String>()?),
    })
}

pub(super) fn check(cells: &mut Cells<'_, '_>) -> Result<(String, CheckSchema), Fault> {
    Ok((cells.value()?, CheckSchema::new(cells.nullable()?, cells.value::<String>()?)))
}

pub(super) fn beside(cells: &mut Cells<'_, '_>) -> Result<(String, String), Fault> {
    Ok((cells.value()?, cells.value()?))
}

fn action(words: &str) -> ReferentialAction {
    match words {
        "CASCADE" => ReferentialAction::Cascade,
        "SET NULL" => ReferentialAction::SetNull,
        "SET DEFAULT" => ReferentialAction::SetDefault,
        "RESTRICT" => ReferentialAction::Restrict,
        _ => ReferentialAction::NoAction,
    }
}
