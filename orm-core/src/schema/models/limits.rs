//! CHECK constraints that enforce types, for a server that would accept other values.

use crate::dialect::Dialect;
use crate::schema::{CheckSchema, ColumnDef};
use crate::value::Kind;

/// Returns a CHECK that refuses the values that a server without strict column types would accept, with a name that
/// states the rule.
pub(super) fn of(column: &ColumnDef, dialect: &Dialect) -> Option<CheckSchema> {
    if !dialect.ddl.checks_types || column.auto || column.sql_type.is_some() {
        return None;
    }
    let name = dialect.identifier(column.name);
    let (what, condition) = match (column.kind, column.length) {
        (Kind::Text | Kind::Blob, Some(length)) => {
            (format!("length <= {length}"), format!("length({name}) <= {length}"))
        }
        (Kind::Choice(words), _) => {
            let words: Vec<String> = words.iter().map(|word| dialect.string_literal(word)).collect();
            ("one of its values".to_owned(), format!("{name} IN ({})", words.join(", ")))
        }
        (kind, _) => match kind.range()? {
            (0, i64::MAX) => ("range".to_owned(), format!("{name} >= 0")),
            (least, most) => ("range".to_owned(), format!("{name} BETWEEN {least} AND {most}")),
        },
    };
    Some(CheckSchema::new(Some(format!("{}: {what}", column.name)), condition))
}
