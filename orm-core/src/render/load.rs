//! Inserts of values as files of rows (bulk loading).

use super::Renderer;
use super::names::write_table;
use crate::dialect::Load;
use crate::error::{Error, ErrorKind, Result};
use crate::schema::Table;
use crate::syntax::{Insert, NewRows, Node, RowFile};

impl Renderer<'_> {
    pub(super) fn load(&mut self, insert: Insert) -> Result<()> {
        let Some(load) = self.dialect.load else { return Err(self.lacking("bulk loads from a file")) };
        for scope in self.scopes.iter().filter(|scope| scope.is_of(insert.table)) {
            scope.admits(&insert)?;
        }
        let Insert { table, columns, rows, .. } = insert;
        self.names.home.meet(table);
        self.push(load.head);
        write_table(&mut self.sql, table, self.dialect.quote);
        self.push(load.form);
        self.loaded(&load, table, &columns);
        let NewRows::Values(values) = rows else { return Err(computed()) };
        let file = self.file_of(&load, table, &columns, values)?;
        self.file = Some(Box::new(file));
        Ok(())
    }

    /// ` (a, @2) SET b = f(@2)`
    fn loaded(&mut self, load: &Load, table: &Table, columns: &[u16]) {
        let mut stored = Vec::new();
        self.push(" (");
        for (position, &column) in columns.iter().enumerate() {
            if position > 0 {
                self.push(", ");
            }
            let column = table.column(column);
            match (load.stored)(column) {
                "" => self.column_name(column),
                template => {
                    let variable = format!("@orm_{position}");
                    self.push(&variable);
                    stored.push((column, template.replace("{0}", &variable)));
                }
            }
        }
        self.push(")");
        for (position, (column, value)) in stored.into_iter().enumerate() {
            self.push(if position == 0 { " SET " } else { ", " });
            self.column_name(column);
            self.push(" = ");
            self.push(&value);
        }
    }

    fn file_of(
        &self,
        load: &Load,
        table: &'static Table,
        columns: &[u16],
        values: Vec<Node>,
    ) -> Result<RowFile> {
        let mut file = RowFile { bytes: Vec::new(), rows: 0 };
        let mut at = 0;
        for node in values {
            let Node::Value(value) = node else { return Err(computed()) };
            self.check_stored(&value, table, table.column(columns[at]))?;
            (load.value)(&value, &mut file.bytes)?;
            at += 1;
            if at == columns.len() {
                file.bytes.push(load.end);
                file.rows += 1;
                at = 0;
            } else {
                file.bytes.push(load.separator);
            }
        }
        Ok(file)
    }
}

#[cold]
fn computed() -> Error {
    Error::new(ErrorKind::InvalidQuery, "a bulk load can only contain values, not expressions")
}
