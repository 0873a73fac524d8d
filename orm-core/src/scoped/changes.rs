//! Checks on the rows that changes produce on a database with scopes.

use std::sync::Arc;

use super::Scope;
use crate::error::{Error, ErrorKind, Result};
use crate::schema::Table;
use crate::syntax::{Conflict, Insert, Node};

/// Fills in, for rows to insert with all columns of `table`, the values that its scopes require, where they are missing.
pub(crate) fn fill(scopes: &[Arc<Scope>], table: &Table, nodes: &mut [Node]) {
    let width = table.columns.len();
    for (column, values) in scopes.iter().filter(|scope| scope.is_of(table)).flat_map(|scope| scope.listed())
    {
        let [value] = values else { continue };
        for node in nodes.iter_mut().skip(usize::from(column)).step_by(width) {
            if is_missing(node) {
                *node = Node::Value(value.clone());
            }
        }
    }
}

/// Fills in the same values for an INSERT … SELECT.
pub(crate) fn fill_computed(scopes: &[Arc<Scope>], insert: &mut Insert) {
    let scopes = scopes.iter().filter(|scope| scope.is_of(insert.table));
    for (column, values) in scopes.flat_map(|scope| scope.listed()) {
        let [value] = values else { continue };
        if insert.given(column).is_none_or(|nodes| nodes.into_iter().all(is_missing)) {
            insert.add(column, value.clone());
        }
    }
}

fn is_missing(node: &Node) -> bool {
    match node {
        Node::Default => true,
        Node::Value(value) => value.is_null(),
        _ => false,
    }
}

impl Scope {
    /// Checks that the rows of an insert will be in the scope.
    pub(crate) fn admits(&self, insert: &Insert) -> Result<()> {
        for (column, values) in self.listed() {
            let allowed = |node: &Node| matches!(node, Node::Value(value) if values.contains(value));
            if !insert.given(column).is_some_and(|nodes| nodes.into_iter().all(allowed)) {
                return Err(self.outside("insert", column));
            }
        }
        match &insert.conflict {
            Some(conflict) => self.bounds(conflict),
            None => Ok(()),
        }
    }

    /// Checks that rows in the scope remain there when columns are set.
    pub(crate) fn keeps(&self, set: &[(u16, Node)]) -> Result<()> {
        for (column, values) in self.listed() {
            let allowed = |node: &Node| matches!(node, Node::Value(value) if values.contains(value));
            if set.iter().any(|(known, node)| *known == column && !allowed(node)) {
                return Err(self.outside("update", column));
            }
        }
        Ok(())
    }

    /// Checks that the row that an insert conflicts with must be in the scope: it is if the conflict key has all columns of
    /// the scope, since the new row is in the scope.
    fn bounds(&self, conflict: &Conflict) -> Result<()> {
        let Some(update) = &conflict.update else { return Ok(()) };
        let in_key = |condition: &Node| {
            self.listed_by(condition).is_some_and(|(column, _)| conflict.target.contains(&column))
        };
        if !self.conditions.iter().all(in_key) {
            let message = format!(
                "an upsert of `{}` could update a row outside of the scope of this database; use a unique \
                 key that contains the columns of the scope, or look for the row in a transaction and insert \
                 or update it there",
                self.table.model
            );
            return Err(Error::new(ErrorKind::OutsideScope, message));
        }
        self.keeps(&update.set)
    }

    #[cold]
    fn outside(&self, what: &str, column: u16) -> Error {
        let column = self.table.column(column);
        let message = format!(
            "an {what} of `{}` would move rows outside of the scope of this database by setting `{}`; leave \
             the column to the scope, or run the {what} on a database without it",
            self.table.model, column.field
        );
        Error::new(ErrorKind::OutsideScope, message).with_columns([column.name])
    }
}
