//! Common table expressions: each is written once, in front of the statement, wherever in it they are named.

use super::Renderer;
use super::implied::Mark;
use super::names::Place;
use super::text::Text;
use crate::error::{Error, ErrorKind, Result};
use crate::schema::Table;
use crate::syntax::{Cte, CteBody};
use crate::value::Datum;

/// What stands in front of a statement.
#[derive(Default)]
pub(super) struct Ctes {
    /// Those that are written or being written.
    known: Vec<Known>,
    /// ` name AS (…)` for each, with commas.
    text: Text,
    params: Vec<Datum>,
    recursive: bool,
}

/// A common table expression that is written or being written.
struct Known {
    id: u64,
    /// The models whose scopes it is written in: elsewhere, it has other rows.
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
    /// The name of a common table expression, which is written first if this is the first time.
    pub(super) fn cte(&mut self, cte: Cte) -> Result<String> {
        if let Some(known) = self.ctes.known.iter().find(|known| known.is(cte.id, &self.within)) {
            return Ok(known.name.clone());
        }
        let Some(mut body) = cte.body.map(|body| CteBody::clone(&body)) else {
            let message = format!("`{}` is named outside of the recursion that makes it", cte.name);
            return Err(Error::new(ErrorKind::InvalidQuery, message));
        };
        // A table of the same name would be hidden, also in the rows themselves.
        let names = &self.names;
        let mut taken = |name: &str| {
            self.ctes.known.iter().any(|known| known.name == name)
                || names.has_table(name)
                || body.reads(name)
        };
        let mut name = cte.name.to_string();
        let mut number = 2;
        while taken(&name) {
            name = format!("{}_{number}", cte.name);
            number += 1;
        }
        self.ctes.known.push(Known { id: cte.id, within: self.within.clone(), name: name.clone() });
        self.body(&name, body)?;
        Ok(name)
    }

    /// Writes the table at a place as FROM and JOIN need it; an error if rows of the statement are called like it.
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

    /// Writes a body on a sheet of its own, and puts it behind those that are written.
    fn body(&mut self, name: &str, body: CteBody) -> Result<()> {
        let (text, params) = self.aside(|this| {
            this.identifier(name);
            this.push(" AS (");
            let CteBody { mut rows, step } = body;
            // A recursion gets its names from its first rows.
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

    /// Writes on a sheet of its own, where nothing around is seen.
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

    /// Writes an expression of a statement that has no place for them in front: they go into a query around it. As rows of
    /// a table (`derived`), it may read what the statement changes.
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

    /// Puts them in front of what is written from a place on.
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
        "the rows that are named `{}` hide the table of `{}`, which the statement reads further on; give them another name",
        table.name, table.model
    );
    Error::new(ErrorKind::InvalidQuery, message)
}
