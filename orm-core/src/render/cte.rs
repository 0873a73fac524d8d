//! Common table expressions: each is written once, before the statement, however often it is read.

use super::Renderer;
use super::implied::Mark;
use super::names::Place;
use super::text::Text;
use crate::error::{Error, ErrorKind, Result};
use crate::schema::Table;
use crate::syntax::{Cte, CteBody};
use crate::value::Datum;

/// The WITH clause of a statement.
#[derive(Default)]
pub(super) struct Ctes {
    /// The CTEs that are written or being written.
    known: Vec<Known>,
    /// ` name AS (…)` for each, separated by commas.
    text: Text,
    params: Vec<Datum>,
    recursive: bool,
}

/// A CTE that is written or being written.
struct Known {
    id: u64,
    /// The models whose scopes it is written in: outside of them, it has other rows.
    within: Vec<&'static Table>,
    name: String,
}

impl Known {
    fn is(&self, id: u64, within: &[&'static Table]) -> bool {
        self.id == id
            && self.within.len() == within.len()
            && self.within.iter().zip(within).all(|(known, here)| std::ptr::eq(*known, *here))
    }
}

impl Renderer<'_> {
    /// Returns the name of a CTE, writing it first if necessary.
    pub(super) fn cte(&mut self, cte: Cte) -> Result<String> {
        if let Some(known) = self.ctes.known.iter().find(|known| known.is(cte.id, &self.within)) {
            return Ok(known.name.clone());
        }
        let Some(body) = &cte.body else {
            let message = format!(
                "the recursive reference to the CTE `{}` is used outside of its definition",
                cte.name
            );
            return Err(Error::new(ErrorKind::InvalidQuery, message));
        };
        // A CTE would hide a table of the same name, also within its own definition.
        let names = &self.names;
        let taken = |name: &str| {
            self.ctes.known.iter().any(|known| known.name.eq_ignore_ascii_case(name))
                || names.has_table(name)
                || cte.reads(name, &mut Vec::new())
        };
        let mut name = cte.name.to_string();
        let mut number = 2;
        while taken(&name) {
            name = format!("{}_{number}", cte.name);
            number += 1;
        }
        self.ctes.known.push(Known { id: cte.id, within: self.within.clone(), name: name.clone() });
        self.body(&name, CteBody::clone(body))?;
        Ok(name)
    }

    /// Writes a table in FROM or JOIN. An error if a CTE has the table's name.
    pub(super) fn declare(&mut self, place: Place) -> Result<()> {
        if !self.ctes.known.is_empty()
            && let Some(table) = self.names.table(place).filter(|table| table.schema.is_none())
            && self.ctes.known.iter().any(|known| known.name.eq_ignore_ascii_case(table.name))
        {
            return Err(hidden(table));
        }
        self.names.write_declaration(&mut self.sql, place, self.dialect);
        Ok(())
    }

    /// Renders a definition separately, and appends it to those already written.
    fn body(&mut self, name: &str, body: CteBody) -> Result<()> {
        let (text, params) = self.aside(|this| {
            this.identifier(name);
            this.push(" AS (");
            let CteBody { mut rows, step } = body;
            match step {
                Some(_) => rows.let_texts_grow(),
                None => this.keep_apart(&mut rows),
            }
            // A recursive CTE takes its column names from its initial rows.
            this.next_alias = Some(1);
            this.operand_select(&mut rows)?;
            if let Some((mut step, distinct)) = step {
                this.ctes.recursive = true;
                this.push(if distinct { " UNION " } else { " UNION ALL " });
                this.next_alias = None;
                this.operand_select(&mut step)?;
            }
            this.push(")");
            Ok(())
        })?;
        if !self.ctes.text.is_empty() {
            self.ctes.text.push_str(", ");
        }
        self.ctes.text.extend(&text);
        self.ctes.params.extend(params);
        Ok(())
    }

    /// Renders separately, with no outer source visible.
    pub(super) fn aside(
        &mut self,
        write: impl FnOnce(&mut Self) -> Result<()>,
    ) -> Result<(Text, Vec<Datum>)> {
        let sql = std::mem::replace(&mut self.sql, Text::with_capacity(256));
        let params = std::mem::take(&mut self.params);
        let alias = self.next_alias.take();
        self.names.isolate();
        write(self)?;
        self.names.join_again();
        self.next_alias = alias;
        Ok((std::mem::replace(&mut self.sql, sql), std::mem::replace(&mut self.params, params)))
    }

    /// Writes an expression in a place where the statement cannot have a WITH clause: the clause goes into a subquery around
    /// the expression. As a derived table (`derived`), it may read the table that the statement changes.
    pub(super) fn with_own_ctes(
        &mut self,
        derived: bool,
        write: impl FnOnce(&mut Self) -> Result<()>,
    ) -> Result<()> {
        let around = std::mem::take(&mut self.ctes);
        self.push(if derived { "(SELECT * FROM " } else { "" });
        let start = self.mark();
        write(self)?;
        if derived || !self.ctes.text.is_empty() {
            self.sql.insert_str(start.text, "SELECT ");
            self.put_ctes(start);
            self.sql.insert_str(start.text, "(");
            self.push(")");
        }
        if derived {
            self.push(" AS ");
            self.identifier("given");
            self.push(")");
        }
        self.ctes = around;
        Ok(())
    }

    /// Inserts the WITH clause at a position.
    pub(super) fn put_ctes(&mut self, at: Mark) {
        if self.ctes.text.is_empty() {
            return;
        }
        let ctes = std::mem::take(&mut self.ctes);
        let mut front = Text::default();
        front.push_str(if ctes.recursive { "WITH RECURSIVE " } else { "WITH " });
        front.extend(&ctes.text);
        front.push_str(" ");
        self.sql.insert(at.text, &front);
        self.params.splice(at.params..at.params, ctes.params);
    }
}

#[cold]
fn hidden(table: &Table) -> Error {
    let message = format!(
        "the CTE `{}` has the name of the table of `{}`, which the statement also reads; choose another name",
        table.name, table.model
    );
    Error::new(ErrorKind::InvalidQuery, message)
}
