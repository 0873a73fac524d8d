//! Inserts, updates and deletes.

use super::Renderer;
use super::names::{Place, write_table};
use super::node::held;
use crate::error::{Error, ErrorKind, Result};
use crate::schema::{ColumnDef, Table};
use crate::syntax::{Delete, Insert, Node, Sight, Source, Update};

impl Renderer<'_> {
    pub(super) fn insert(&mut self, insert: Insert) -> Result<()> {
        let table = insert.table;
        self.names.home.meet(table);
        for scope in self.scopes.iter().filter(|scope| scope.is_of(table)) {
            scope.admits(&insert)?;
        }
        self.push("INSERT INTO ");
        write_table(&mut self.sql, table, self.dialect);
        if insert.columns.is_empty() {
            self.push(if self.dialect.default_keyword { " () VALUES ()" } else { " DEFAULT VALUES" });
        } else {
            self.push(" (");
            for (position, &column) in insert.columns.iter().enumerate() {
                if position > 0 {
                    self.push(", ");
                }
                self.column_name(table.column(column));
            }
            self.push(") VALUES ");
            self.insert_rows(table, &insert.columns, insert.values)?;
        }
        if let Some(conflict) = insert.conflict {
            self.conflict(table, *conflict)?;
        }
        if insert.returning {
            self.push(" RETURNING ");
            for (position, column) in table.columns.iter().enumerate() {
                if position > 0 {
                    self.push(", ");
                }
                self.column_name(column);
            }
        }
        Ok(())
    }

    fn insert_rows(&mut self, table: &'static Table, columns: &[u16], values: Vec<Node>) -> Result<()> {
        self.params.reserve(values.len());
        self.sql.reserve(values.len() * 3);
        let mut at = 0;
        for (position, node) in values.into_iter().enumerate() {
            self.push(match (at, position) {
                (0, 0) => "(",
                (0, _) => ", (",
                _ => ", ",
            });
            self.stored(node, table, table.column(columns[at]))?;
            at += 1;
            if at == columns.len() {
                self.push(")");
                at = 0;
            }
        }
        Ok(())
    }

    /// A value or expression that a column is to store.
    fn stored(&mut self, node: Node, table: &'static Table, column: &'static ColumnDef) -> Result<()> {
        match node {
            Node::Value(value) => self.store(value, table, column),
            Node::Default => {
                self.push("DEFAULT");
                Ok(())
            }
            Node::Held(_) => Err(held(Some((table, column)))),
            node => self.node(node),
        }
    }

    pub(super) fn update(&mut self, update: Update) -> Result<()> {
        let Update { table, base, set, filter, foreign, sight } = update;
        if foreign {
            return Err(foreign_assignment(table));
        }
        for scope in self.scopes.iter().filter(|scope| scope.is_of(table) && !sight.unscoped) {
            scope.keeps(&set)?;
        }
        let place = self.enter_change(table, base, sight);
        self.push("UPDATE ");
        write_table(&mut self.sql, table, self.dialect);
        self.push(" SET ");
        self.assignments(table, set)?;
        self.conditions_on_changes(filter, place, table, sight)?;
        self.names.leave();
        Ok(())
    }

    /// What columns become: those that are set, and those that every update sets.
    pub(super) fn assignments(&mut self, table: &'static Table, set: Vec<(u16, Node)>) -> Result<()> {
        let given: Vec<u16> = set.iter().map(|(column, _)| *column).collect();
        let mut first = true;
        for (column, node) in set {
            self.set_column(&mut first, table.column(column));
            self.stored(node, table, table.column(column))?;
        }
        for (position, column) in (0u16..).zip(table.columns) {
            if given.contains(&position) {
                continue;
            }
            if let Some(value) = column.on_update {
                self.set_column(&mut first, column);
                self.store(value(), table, column)?;
            } else if column.version {
                self.set_column(&mut first, column);
                if self.upserted.is_some() {
                    write_table(&mut self.sql, table, self.dialect);
                    self.push(".");
                }
                self.identifier(column.name);
                self.push(" + 1");
            }
        }
        Ok(())
    }

    fn set_column(&mut self, first: &mut bool, column: &ColumnDef) {
        if !std::mem::take(first) {
            self.push(", ");
        }
        self.identifier(column.name);
        self.push(" = ");
    }

    pub(super) fn delete(&mut self, delete: Delete) -> Result<()> {
        let Delete { table, base, filter, sight, hard } = delete;
        if let Some(mark) = table.soft_delete.as_ref().filter(|_| !hard) {
            let set = vec![(mark.column, Node::Value((mark.now)()))];
            return self.update(Update { table, base, set, filter, foreign: false, sight });
        }
        let place = self.enter_change(table, base, sight);
        self.push("DELETE FROM ");
        write_table(&mut self.sql, table, self.dialect);
        self.conditions_on_changes(filter, place, table, sight)?;
        self.names.leave();
        Ok(())
    }

    fn enter_change(&mut self, table: &'static Table, base: u64, sight: Sight) -> Place {
        self.names.enter(false, sight);
        self.names.add(Source::table(base), table, false, self.dialect)
    }

    /// Which rows are changed.
    fn conditions_on_changes(
        &mut self,
        filter: Vec<Node>,
        place: Place,
        table: &'static Table,
        sight: Sight,
    ) -> Result<()> {
        let mut joint = if filter.is_empty() { " WHERE " } else { " AND " };
        self.conditions(" WHERE ", filter)?;
        self.hide(&mut joint, place, table, sight)
    }
}

/// The error for an update that sets a column of another table.
#[cold]
pub(super) fn foreign_assignment(table: &Table) -> Error {
    let message = format!("an update of `{}` sets a column of another table", table.model);
    Error::new(ErrorKind::InvalidQuery, message)
}
