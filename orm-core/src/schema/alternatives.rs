//! Foreign keys of which a row has one.

use std::fmt::Write as _;

use super::{ForeignKey, Table};
use crate::dialect::Dialect;
use crate::render::quote;

/// Foreign keys of a table of which each row has exactly one, as `#[orm(one_of(..))]` says. The database checks it.
#[derive(Debug)]
pub struct Alternatives {
    /// The name of the relation that leads to one of their parents.
    pub name: &'static str,
    /// The keys.
    pub keys: &'static [&'static ForeignKey],
}

impl Alternatives {
    /// The name of the check.
    pub(super) fn check_name(&self, table: &Table) -> String {
        format!("{}_{}_check", table.name, self.name)
    }

    /// The condition that a row has exactly one of the keys: truth counts as 1 in every dialect.
    pub(super) fn condition(&self, table: &Table, dialect: &Dialect) -> String {
        let mut condition = String::new();
        for (at, key) in self.keys.iter().enumerate() {
            condition.push_str(if at == 0 { "(" } else { " + (" });
            let nullable =
                key.columns.iter().map(|&column| table.column(column)).filter(|column| column.nullable);
            for (part, column) in nullable.enumerate() {
                let and = if part == 0 { "" } else { " AND " };
                // Writing into a string cannot fail.
                let _ = write!(condition, "{and}{} IS NOT NULL", quote(column.name, dialect.quote));
            }
            condition.push(')');
        }
        condition.push_str(" = 1");
        condition
    }
}
