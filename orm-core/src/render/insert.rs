//! Inserts.

use super::Renderer;
use super::names::write_table;
use crate::dialect::Decimals;
use crate::error::{Error, ErrorKind, Result};
use crate::schema::{ColumnDef, Table};
use crate::syntax::{Fragment, Insert, Item, NewRows, Node, Piece, Projection, Select};
use crate::value::{Datum, Kind};

/// The separator between rows, and between the values of a row.
const SEPARATOR: &str = ", ";

/// The version of a new row.
const FIRST_VERSION: &str = "1";

impl Renderer<'_> {
    pub(super) fn insert(&mut self, insert: Insert) -> Result<()> {
        for scope in self.scopes.iter().filter(|scope| scope.is_of(insert.table)) {
            scope.admits(&insert)?;
        }
        let version = insert.first_version();
        let Insert { table, columns, rows, returning, conflict } = insert;
        self.names.home.meet(table);
        self.push("INSERT INTO ");
        write_table(&mut self.sql, table, self.dialect.quote);
        let start = match rows {
            NewRows::Values(_) if columns.is_empty() => {
                self.defaults(table, conflict.is_some())?;
                self.mark()
            }
            NewRows::Values(values) => {
                self.columns(table, &columns);
                self.push(" VALUES ");
                self.insert_rows(table, &columns, version, values)?;
                if conflict.as_ref().is_some_and(|conflict| conflict.update.is_some()) {
                    self.push(self.dialect.excluded_alias);
                }
                self.mark()
            }
            NewRows::Select(select) => {
                self.columns(table, &columns);
                self.push(" ");
                let start = self.mark();
                self.insert_select(table, &columns, *select, conflict.is_some())?;
                start
            }
        };
        if let Some(conflict) = conflict {
            self.conflict(table, *conflict)?;
        }
        if !returning.is_empty() {
            self.push(" RETURNING ");
            self.names_of(returning.iter().map(|&column| table.column(column)));
        }
        self.put_ctes(start);
        Ok(())
    }

    /// Writes ` RETURNING` with all columns.
    pub(super) fn returning(&mut self, table: &Table) {
        self.push(" RETURNING ");
        self.names_of(table.columns.iter());
    }

    /// ` (a, b)`
    fn columns(&mut self, table: &Table, columns: &[u16]) {
        self.push(" (");
        self.names_of(columns.iter().map(|&column| table.column(column)));
        self.push(")");
    }

    fn names_of<'c>(&mut self, columns: impl Iterator<Item = &'c ColumnDef>) {
        for (position, column) in columns.enumerate() {
            if position > 0 {
                self.push(", ");
            }
            self.column_name(column);
        }
    }

    /// Writes a row that consists of defaults only.
    fn defaults(&mut self, table: &Table, conflict: bool) -> Result<()> {
        if !self.dialect.default_keyword && conflict {
            let message = format!(
                "an upsert of a row of `{}` without any values; set at least one column",
                table.model
            );
            return Err(self.lacking(&message));
        }
        self.push(if self.dialect.default_keyword { " () VALUES ()" } else { " DEFAULT VALUES" });
        Ok(())
    }

    fn insert_rows(
        &mut self,
        table: &'static Table,
        columns: &[u16],
        version: Option<usize>,
        values: Vec<Node>,
    ) -> Result<()> {
        let width = columns.len();
        let rows = values.len() / width;
        if values.iter().all(is_bound_as_it_is) {
            // All rows have the same text, which is copied instead of rendered.
            let plain = row_of_placeholders(width, version);
            self.push(&plain.repeat(rows));
            for (place, &column) in columns.iter().enumerate() {
                let column = table.column(column);
                for value in values.iter().skip(place).step_by(width).filter_map(value) {
                    self.check_stored(value, table, column)?;
                }
            }
            // Checked first, so that each value can be moved once.
            self.params.reserve(values.len());
            let mut place = 0;
            for node in values {
                match node {
                    Node::Value(value) if version != Some(place) => self.params.push(value),
                    _ => {}
                }
                place = if place + 1 == width { 0 } else { place + 1 };
            }
        } else {
            self.params.reserve(values.len());
            let mut values = values.into_iter();
            for _ in 0..rows {
                self.insert_row(table, columns, version, values.by_ref().take(width))?;
            }
        }
        self.sql.truncate(self.sql.len() - SEPARATOR.len());
        Ok(())
    }

    /// `(?, NOW()), `
    fn insert_row(
        &mut self,
        table: &'static Table,
        columns: &[u16],
        version: Option<usize>,
        row: impl Iterator<Item = Node>,
    ) -> Result<()> {
        for (at, (mut node, &column)) in row.zip(columns).enumerate() {
            self.push(if at == 0 { "(" } else { SEPARATOR });
            let column = table.column(column);
            match node {
                _ if version == Some(at) => self.push(FIRST_VERSION),
                Node::Value(value) => self.store(value, table, column)?,
                _ => {
                    let derived = !self.dialect.changes.subqueries && node.has_query();
                    self.with_own_ctes(derived, |this| this.stored(node, table, column))?;
                }
            }
        }
        self.push(")");
        self.push(SEPARATOR);
        Ok(())
    }

    /// Rounds an expression for a decimal column, if the update of an upsert reads it before it is stored.
    fn fitted_beforehand(&self, node: Node, column: &ColumnDef) -> Node {
        let named = !self.dialect.excluded_alias.is_empty() && self.dialect.decimals != Decimals::Functions;
        if column.kind != Kind::Numeric || !named {
            return node;
        }
        let (digits, scale) = column.digits();
        let after = format!(" AS DECIMAL({digits}, {scale}))");
        let pieces = vec![Piece::Text("CAST(".into()), Piece::Node(node), Piece::Text(after.into())];
        Node::Raw(Box::new(Fragment { kind: column.kind, pieces }))
    }

    /// Writes the rows of a select. For an upsert, they become a derived table: the update can then refer to its columns
    /// where the server needs that, and its WHERE keeps SQLite from parsing ON as that of a join.
    fn insert_select(
        &mut self,
        table: &'static Table,
        columns: &[u16],
        mut select: Select,
        conflict: bool,
    ) -> Result<()> {
        if let Projection::Items(items) = &mut select.projection {
            for (item, &column) in items.iter_mut().zip(columns) {
                let column = table.column(column);
                match item {
                    Item::Node(Node::Value(value)) => self.check_stored(value, table, column)?,
                    Item::Node(node) => {
                        let given = self.fitted(std::mem::replace(node, Node::Default), column);
                        *node = if conflict { self.fitted_beforehand(given, column) } else { given };
                    }
                    _ => {}
                }
            }
        }
        if columns.is_empty() {
            let message = format!("an insert from a query sets no column of `{}`", table.model);
            return Err(Error::new(ErrorKind::InvalidQuery, message));
        }
        self.names.isolate();
        if conflict {
            self.push("SELECT * FROM (");
            self.next_alias = Some(1);
        }
        self.select(&mut select)?;
        if conflict {
            self.push(")");
            if self.dialect.excluded_alias.is_empty() {
                self.push(" AS ");
                self.identifier("new");
            } else {
                self.push(self.dialect.excluded_alias);
                self.columns(table, columns);
            }
            self.push(" WHERE 1 = 1");
        }
        self.names.join_again();
        Ok(())
    }
}

/// `(?, 1, ?), `
fn row_of_placeholders(width: usize, version: Option<usize>) -> String {
    let mut row = String::with_capacity(3 * width + 3);
    for at in 0..width {
        row.push_str(if at == 0 { "(" } else { SEPARATOR });
        row.push_str(if version == Some(at) { FIRST_VERSION } else { "?" });
    }
    row.push(')');
    row.push_str(SEPARATOR);
    row
}

fn value(node: &Node) -> Option<&Datum> {
    match node {
        Node::Value(value) => Some(value),
        _ => None,
    }
}

/// Returns whether it is written as a mere placeholder: JSON needs more on some servers.
fn is_bound_as_it_is(node: &Node) -> bool {
    matches!(node, Node::Value(value) if !matches!(value, Datum::JsonText(_)))
}
