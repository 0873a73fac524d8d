//! The SET clause of updates.

use super::Renderer;
use super::node::held;
use super::text::Text;
use crate::dialect::Decimals;
use crate::error::Result;
use crate::schema::{ColumnDef, Table};
use crate::syntax::{ColumnRef, Node, Source};
use crate::value::{Datum, Kind};

/// A column by position, and its new value; `None` increments the row's version.
pub(super) type Assigned = (u16, Option<Node>);

/// The prefixes of the row's columns on both sides of an assignment.
#[derive(Default)]
pub(super) struct Sides {
    pub(super) left: Text,
    pub(super) right: Text,
}

/// Adds the columns that every update sets.
pub(super) fn complete(table: &'static Table, set: Vec<(u16, Node)>) -> Vec<Assigned> {
    let mut all: Vec<Assigned> = set.into_iter().map(|(column, node)| (column, Some(node))).collect();
    for (position, column) in (0u16..).zip(table.columns) {
        if !column.version && column.on_update.is_none() || all.iter().any(|(given, _)| *given == position) {
            continue;
        }
        all.push((position, column.on_update.map(|value| Node::Value(value()))));
    }
    all
}

/// Sorts assignments that the server makes one after the other, so that each reads the row as it was: those that read a
/// column come before the one that sets it. Each also reads the columns of `conditions`. Returns the assignments unchanged
/// as an error if they read each other's columns in a cycle.
pub(super) fn in_order(
    mut set: Vec<Assigned>,
    row: Source,
    conditions: &mut [Node],
) -> Result<Vec<Assigned>, Vec<Assigned>> {
    let mut reads: Vec<Vec<u16>> = Vec::with_capacity(set.len());
    for (own, node) in &mut set {
        let mut read = Vec::new();
        let mut visit = |column: ColumnRef| {
            if column.source() == row && column.index != *own {
                read.push(column.index);
            }
        };
        for node in node.iter_mut().chain(conditions.iter_mut()) {
            node.columns(&mut visit);
        }
        reads.push(read);
    }
    if reads.iter().all(Vec::is_empty) {
        return Ok(set);
    }
    let is_read = |left: &[usize], at: usize| {
        let column = set[at].0;
        left.iter().any(|&other| other != at && reads[other].contains(&column))
    };
    let mut left: Vec<usize> = (0..set.len()).collect();
    let mut order = Vec::with_capacity(set.len());
    while !left.is_empty() {
        let Some(next) = left.iter().position(|&at| !is_read(&left, at)) else { return Err(set) };
        order.push(left.remove(next));
    }
    if order.is_sorted() {
        return Ok(set);
    }
    let mut set: Vec<Option<Assigned>> = set.into_iter().map(Some).collect();
    Ok(order.into_iter().filter_map(|at| set[at].take()).collect())
}

impl Renderer<'_> {
    /// ` SET a = 1, b = 2`
    pub(super) fn set(&mut self, table: &'static Table, set: Vec<Assigned>, sides: &Sides) -> Result<()> {
        self.push(" SET ");
        self.assignments(table, set, sides, &[])
    }

    /// Writes assignments that take effect if the conditions hold.
    pub(super) fn assignments(
        &mut self,
        table: &'static Table,
        set: Vec<Assigned>,
        sides: &Sides,
        conditions: &[Node],
    ) -> Result<()> {
        for (position, (index, node)) in set.into_iter().enumerate() {
            let column = table.column(index);
            if position > 0 {
                self.push(", ");
            }
            self.sql.extend(&sides.left);
            self.column_name(column);
            self.push(" = ");
            if !conditions.is_empty() {
                self.push("IF(");
                self.with_own_ctes(false, |this| this.conditions("", conditions.to_vec()))?;
                self.push(", ");
            }
            match node {
                Some(node) if self.upserted.is_some() => {
                    self.with_own_ctes(false, |this| this.stored(node, table, column))?;
                }
                Some(node) => self.stored(node, table, column)?,
                None => {
                    self.sql.extend(&sides.right);
                    self.column_name(column);
                    self.push(" + 1");
                }
            }
            if !conditions.is_empty() {
                self.push(", ");
                self.sql.extend(&sides.right);
                self.column_name(column);
                self.push(")");
            }
        }
        Ok(())
    }

    /// Writes a value or expression to be stored in a column.
    pub(super) fn stored(
        &mut self,
        node: Node,
        table: &'static Table,
        column: &'static ColumnDef,
    ) -> Result<()> {
        match node {
            Node::Value(value) => self.store(value, table, column),
            Node::Default => {
                self.push("DEFAULT");
                Ok(())
            }
            Node::Held(_) => Err(held(Some((table, column)))),
            node => {
                let node = self.fitted(node, column);
                self.node(node)
            }
        }
    }

    /// Rounds an expression for a decimal column to the scale of the column: with a function, if the database has no decimal
    /// type.
    pub(super) fn fitted(&self, node: Node, column: &ColumnDef) -> Node {
        if column.kind != Kind::Numeric || self.dialect.decimals != Decimals::Functions {
            return node;
        }
        let (digits, scale) = column.digits();
        let place = [Datum::Text(column.name.into()), Datum::Int(digits.into()), Datum::Int(scale.into())];
        let arguments = std::iter::once(node).chain(place.map(Node::Value)).collect();
        Node::named("decimal_fit", column.kind, arguments)
    }
}
