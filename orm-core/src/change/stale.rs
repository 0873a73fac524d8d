//! Changes of a single row, by key: optimistic locking, which checks its version.

use crate::error::{Error, ErrorKind, Result};
use crate::expression::KeyValue;
use crate::model::{Model, Versioned};
use crate::schema::Table;
use crate::session::Lease;
use crate::syntax::{ColumnRef, Comparison, Node, Target};
use crate::unit::stale_row;
use crate::value::{Datum, Value as _};

impl Target {
    /// Adds the condition that the row has a key.
    pub(super) fn restrict<K>(&mut self, key: impl KeyValue<K>) {
        let mut values = Vec::with_capacity(self.table.primary_key.len());
        key.push_key(&mut values);
        let source = self.source();
        for (&column, value) in self.table.primary_key.iter().zip(values) {
            let column = Node::Column(ColumnRef::new(source, column));
            self.filter.push(Node::compare(column, Comparison::Equal, value));
        }
    }
}

/// The row of a change by key that returns it.
pub(super) fn the_row<T: Model>(rows: Vec<T>) -> Result<T> {
    rows.into_iter()
        .next()
        .ok_or_else(|| Error::new(ErrorKind::NotFound, format!("no row of `{}` matches", T::table().model)))
}

/// The row that a change expects to find.
#[derive(Debug, Clone)]
pub(super) struct Expected {
    key: Vec<Datum>,
}

impl Expected {
    /// Adds the condition that the row, so far identified by its key only, has a version.
    pub(super) fn version<T: Versioned>(target: &mut Target, version: T::Version) -> Box<Self> {
        let key = target.filter.iter().filter_map(|condition| match condition {
            Node::Compare(_, _, value) => Some(value.clone()),
            _ => None,
        });
        let expected = Expected { key: key.collect() };
        if let Some((column, _)) = target.table.version_column() {
            let column = ColumnRef::new(target.source(), column);
            target.filter.push(Node::Compare(column, Comparison::Equal, version.into_datum()));
        }
        Box::new(expected)
    }

    /// Returns an error if no row was changed.
    pub(super) fn check(
        expected: Option<Box<Self>>,
        table: &'static Table,
        rows: u64,
        lease: &mut Lease<'_>,
    ) -> Result<()> {
        match expected {
            Some(expected) if rows == 0 => {
                lease.met_stale();
                Err(stale_row(table, &expected.key))
            }
            _ => Ok(()),
        }
    }
}
