//! A column in CREATE TABLE.

use std::fmt::Write as _;

use crate::dialect::Dialect;
use crate::schema::ColumnSchema;

/// Returns the definition of a column: its type and all of its attributes.
pub(in crate::schema) fn column(column: &ColumnSchema, dialect: &Dialect) -> String {
    let mut sql = format!("{} {}", dialect.identifier(&column.name), column.ty);
    // Writing into a string cannot fail.
    if let Some(collation) = &column.collation {
        let _ = write!(sql, " COLLATE {collation}");
    }
    if let Some(generated) = &column.generated {
        let kept = if generated.stored { "STORED" } else { "VIRTUAL" };
        let _ = write!(sql, " GENERATED ALWAYS AS ({}) {kept}", generated.expression);
    } else if !column.nullable {
        // MariaDB refuses NOT NULL on a generated column, whose expression determines whether it can be NULL.
        sql.push_str(" NOT NULL");
    }
    if column.auto {
        let _ = write!(sql, " {}", dialect.ddl.auto);
    }
    if let Some(default) = &column.default {
        let _ = match is_plain(default, &column.ty) && dialect.ddl.storage.is_some() {
            true => write!(sql, " DEFAULT {default}"),
            false => write!(sql, " DEFAULT ({default})"),
        };
    }
    if let Some(expression) = &column.on_update {
        let _ = write!(sql, " ON UPDATE {expression}");
    }
    if let Some(comment) = column.comment.as_ref().filter(|_| dialect.ddl.comments) {
        let _ = write!(sql, " COMMENT {}", dialect.string_literal(comment));
    }
    if let Some(condition) = &column.check {
        let _ = write!(sql, " CHECK ({condition})");
    }
    sql
}

/// Returns whether the default is an integer of an integer column, or a plain text of a short text column. MySQL treats
/// a default in parentheses as an expression, and cannot add a column with one without copying the table.
fn is_plain(default: &str, ty: &str) -> bool {
    let ty = ty.to_lowercase();
    let name = ty.split(['(', ' ']).next().unwrap_or_default();
    match name {
        "tinyint" | "smallint" | "mediumint" | "int" | "bigint" | "boolean" | "bool" => {
            default.parse::<i64>().is_ok()
        }
        "char" | "varchar" | "enum" => {
            let text = default.strip_prefix('\'').and_then(|text| text.strip_suffix('\''));
            text.is_some_and(|text| !text.contains(['\'', '\\']))
        }
        // An expression would have another notation afterwards.
        "bit" => {
            default.strip_prefix("b'").is_some_and(|bits| bits.trim_end_matches(['0', '1', '\'']).is_empty())
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn defaults_that_are_not_computed() {
        for (default, ty) in [
            ("0", "TINYINT(1)"),
            ("-1", "int unsigned"),
            ("'draft'", "ENUM('draft', 'done')"),
            ("''", "VARCHAR(9)"),
            ("b'101'", "bit(5)"),
        ] {
            assert!(is_plain(default, ty), "{default} {ty}");
        }
        for (default, ty) in [
            ("1 + 1", "INT"),
            ("'0'", "INT"),
            ("'it''s'", "VARCHAR(9)"),
            ("'a', 'b'", "VARCHAR(9)"),
            ("'x'", "TEXT"),
            ("0", "DECIMAL(10, 2)"),
            ("CURRENT_TIMESTAMP", "DATETIME(6)"),
            ("b'1' | b'10'", "BIT(5)"),
        ] {
            assert!(!is_plain(default, ty), "{default} {ty}");
        }
    }
}
