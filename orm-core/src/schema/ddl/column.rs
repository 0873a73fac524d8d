//! A column in CREATE TABLE.

use std::fmt::Write as _;

use super::text::literal;
use crate::dialect::Dialect;
use crate::render::quote;
use crate::schema::ColumnSchema;

/// The column with its type and all that is said about it.
pub(in crate::schema) fn column(column: &ColumnSchema, dialect: &Dialect) -> String {
    let mut sql = format!("{} {}", quote(&column.name, dialect.quote), column.ty);
    // Writing into a string cannot fail.
    if let Some(collation) = &column.collation {
        let _ = write!(sql, " COLLATE {collation}");
    }
    if let Some(generated) = &column.generated {
        let kept = if generated.stored { "STORED" } else { "VIRTUAL" };
        let _ = write!(sql, " GENERATED ALWAYS AS ({}) {kept}", generated.expression);
    } else if !column.nullable {
        // MariaDB refuses NOT NULL on a generated column; its expression says whether it can be NULL.
        sql.push_str(" NOT NULL");
    }
    if column.auto {
        let _ = write!(sql, " {}", dialect.ddl.auto);
    }
    if let Some(default) = &column.default {
        let _ = write!(sql, " DEFAULT ({default})");
    }
    if let Some(expression) = &column.on_update {
        let _ = write!(sql, " ON UPDATE {expression}");
    }
    if let Some(comment) = column.comment.as_ref().filter(|_| dialect.ddl.comments) {
        let _ = write!(sql, " COMMENT {}", literal(comment, dialect));
    }
    sql
}
