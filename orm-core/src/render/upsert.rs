//! Upserts: what an insert does with existing rows.

use super::Renderer;
use super::assignment::{Sides, complete, in_order};
use super::change::refused_assignment;
use super::names::write_table;
use super::text::Text;
use crate::dialect::Dialect;
use crate::error::{Error, ErrorKind, Result};
use crate::schema::{ColumnDef, Table, collation};
use crate::syntax::{Conflict, Source, Update};

impl Renderer<'_> {
    pub(super) fn conflict(&mut self, table: &'static Table, conflict: Conflict) -> Result<()> {
        let Conflict { target, update } = conflict;
        match (update, self.dialect.conflict_target) {
            (Some(update), true) => {
                self.target(table, &target);
                self.push(" DO UPDATE SET ");
                self.update_of_conflict(update)
            }
            (Some(update), false) => {
                self.push(" ON DUPLICATE KEY UPDATE ");
                self.update_of_conflict(update)
            }
            (None, true) => {
                self.target(table, &target);
                self.push(" DO NOTHING");
                Ok(())
            }
            (None, false) => {
                self.change_nothing(table, &target);
                Ok(())
            }
        }
    }

    /// Sets a key to itself, so that the row stays as it is; INSERT IGNORE would ignore other errors as well.
    fn change_nothing(&mut self, table: &Table, target: &[u16]) {
        let Some(&key) = target.first() else { return };
        self.push(" ON DUPLICATE KEY UPDATE ");
        self.column_name(table.column(key));
        self.push(" = ");
        write_table(&mut self.sql, table, self.dialect.quote);
        self.push(".");
        self.column_name(table.column(key));
    }

    fn target(&mut self, table: &Table, target: &[u16]) {
        self.push(" ON CONFLICT (");
        for (position, &column) in target.iter().enumerate() {
            if position > 0 {
                self.push(", ");
            }
            self.column_name(table.column(column));
        }
        self.push(")");
    }

    fn update_of_conflict(&mut self, update: Update) -> Result<()> {
        let Update { mut target, set, refused, .. } = update;
        let table = target.table;
        if let Some(refused) = refused {
            return Err(refused_assignment(table, refused));
        }
        self.names.enter(false, target.sight);
        self.names.add(target.source(), table, false);
        // With a second source, columns are qualified.
        self.names.add(Source::excluded(), table, false);
        self.upserted = Some(table);
        let sides = Sides { left: Text::default(), right: self.prefix(target.base)? };
        let set = complete(table, set);
        if self.dialect.conflict_target {
            self.assignments(table, set, &sides, &[])?;
            if !target.filter.is_empty() {
                self.push(" WHERE ");
                self.with_own_ctes(false, |this| this.conditions("", target.filter))?;
            }
        } else {
            let row = target.source();
            let set = in_order(set, row, &mut target.filter).map_err(|_| circle(table, self.dialect))?;
            self.assignments(table, set, &sides, &target.filter)?;
        }
        self.upserted = None;
        self.names.leave();
        Ok(())
    }

    /// Writes a column of the row that could not be inserted.
    #[cold]
    pub(super) fn excluded_column(&mut self, table: &Table, column: &ColumnDef) -> Result<()> {
        let (before, after) = self.dialect.excluded.split_once("{0}").unwrap_or(("", ""));
        match before.split_once("{table}") {
            Some((function, dot)) => {
                self.push(function);
                write_table(&mut self.sql, table, self.dialect.quote);
                self.push(dot);
            }
            None => self.push(before),
        }
        self.column_name(column);
        self.push(after);
        if !self.dialect.excluded_collations
            && let Some(collation) = collation(table, column, self.dialect)?
        {
            self.push(" COLLATE ");
            self.push(&collation);
        }
        Ok(())
    }
}

/// Returns the error for an upsert whose assignments, made one after the other, cannot all read the row as it was.
#[cold]
fn circle(table: &Table, dialect: &Dialect) -> Error {
    let message = format!(
        "{} assigns one column after the other, so the assignments of this upsert of `{}` cannot read one another's columns in \
         a cycle; remove one of them, or insert and update in a transaction",
        dialect.name, table.model
    );
    Error::new(ErrorKind::Unsupported, message)
}
