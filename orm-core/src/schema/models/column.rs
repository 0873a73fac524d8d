//! A column.

use super::{fits, unsupported};
use crate::dialect::Dialect;
use crate::error::Result;
use crate::schema::{ColumnDef, ColumnSchema, Generated, Table};
use crate::value::Kind;

pub(super) fn describe(table: &Table, column: &ColumnDef, dialect: &Dialect) -> Result<ColumnSchema> {
    fits(column.name, dialect)?;
    let made = || (dialect.ddl.column_type)(column);
    // An auto-increment key of SQLite has a fixed type.
    let ty = match column.sql_type.filter(|_| !(column.auto && dialect.ddl.auto_is_key)) {
        Some(given) => given.to_owned(),
        None => made(),
    };
    let generated = column.generated.map(|expression| Generated {
        expression: expression.to_owned(),
        stored: !column.computed_when_read,
    });
    Ok(ColumnSchema {
        name: column.name.to_owned(),
        ty,
        nullable: column.nullable || generated.is_some(),
        auto: column.auto,
        default: column.server_default.map(str::to_owned),
        on_update: None,
        generated,
        collation: collation(table, column, dialect)?,
        check: None,
        comment: column.comment.filter(|_| dialect.ddl.comments).map(str::to_owned),
    })
}

/// Returns the collation given for the column; where tables have none, that of its table.
pub(crate) fn collation(table: &Table, column: &ColumnDef, dialect: &Dialect) -> Result<Option<String>> {
    if column.kind == Kind::Numeric && column.sql_type.is_none() {
        let numeric = dialect.ddl.numeric_collation;
        return Ok((!numeric.is_empty()).then(|| numeric.to_owned()));
    }
    let of_table = table
        .storage
        .collation
        .filter(|_| dialect.ddl.storage.is_none() && matches!(column.kind, Kind::Text | Kind::Choice(_)));
    let Some(given) = column.collation.or(of_table) else { return Ok(None) };
    let here = (dialect.ddl.collation)(given).ok_or_else(|| {
        let what = format!("the collation `{given}`");
        unsupported(
            table,
            &what,
            dialect,
            "take one that ends in `_bin`, or `NOCASE`, or leave `collation` out",
        )
    })?;
    Ok(Some(here.to_owned()))
}
