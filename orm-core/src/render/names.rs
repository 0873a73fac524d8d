//! The names that sources have in a statement.

use std::ops::Range;

use super::identifier::push_quoted;
use super::text::Text;
use crate::dialect::Dialect;
use crate::error::{Error, ErrorKind, Result};
use crate::schema::{Link, Table};
use crate::syntax::{FromItem, JoinKind, Source, path_steps};

/// The sources that can be named at a point of the statement: those of the select at hand and of the ones around it.
pub(super) struct Names {
    named: Vec<Named>,
    frames: Vec<Frame>,
    /// The quoted names of all sources, one after the other.
    text: Text,
}

struct Named {
    source: Source,
    table: &'static Table,
    /// Where the quoted name stands in the text.
    name: Range<usize>,
    /// Whether the name is another than the table's own.
    alias: bool,
    /// Whether an outer join may leave it empty.
    optional: bool,
}

/// One select.
struct Frame {
    first: usize,
    /// Joins that follow from the use of a relation, not yet in the text.
    implied: Text,
    /// Whether relations can be joined here at all: not in an update or a delete.
    joins: bool,
}

/// A source that has a name.
#[derive(Clone, Copy)]
pub(super) struct Place(usize);

impl Names {
    /// Room for a query of a few tables.
    pub(super) fn new() -> Self {
        Names { named: Vec::with_capacity(4), frames: Vec::with_capacity(2), text: Text::with_capacity(64) }
    }

    /// Enters a select, an update or a delete.
    pub(super) fn enter(&mut self, joins: bool) {
        self.frames.push(Frame { first: self.named.len(), implied: Text::default(), joins });
    }

    /// Leaves it again, with the joins that are still to be written.
    pub(super) fn leave(&mut self) -> Text {
        let Some(frame) = self.frames.pop() else { return Text::default() };
        self.named.truncate(frame.first);
        frame.implied
    }

    /// The joins that were implied since the last call.
    pub(super) fn take_implied(&mut self) -> Text {
        self.frames.last_mut().map(|frame| std::mem::take(&mut frame.implied)).unwrap_or_default()
    }

    /// Names a table: by its own name, or by a numbered one if that is taken.
    pub(super) fn add(&mut self, source: Source, item: &FromItem, dialect: &Dialect) {
        self.add_named(source, item.table, item.join == JoinKind::Left, dialect);
    }

    fn add_named(
        &mut self,
        source: Source,
        table: &'static Table,
        optional: bool,
        dialect: &Dialect,
    ) -> Place {
        let others = self.named.iter().filter(|named| named.table.name == table.name).count();
        let start = self.text.len();
        push_quoted(&mut self.text, table.name, dialect.quote);
        if others > 0 {
            self.text.number_last_quoted(others + 1);
        }
        let name = start..self.text.len();
        self.named.push(Named { source, table, name, alias: others > 0, optional });
        Place(self.named.len() - 1)
    }

    /// Whether no other source can be meant by a bare column name.
    pub(super) fn is_single(&self) -> bool {
        self.named.len() == 1 && !self.frames.last().is_some_and(|frame| frame.joins)
    }

    fn find(&self, source: Source) -> Option<Place> {
        self.named.iter().rposition(|named| named.source == source).map(Place)
    }

    /// The place of a source; joins the rows that its relations lead to, if this is the first time.
    pub(super) fn place(&mut self, source: Source, dialect: &Dialect) -> Result<Place> {
        match self.find(source) {
            Some(place) => Ok(place),
            None => self.imply(source, dialect),
        }
    }

    pub(super) fn table(&self, place: Place) -> &'static Table {
        self.named[place.0].table
    }

    /// Writes the quoted name of a source.
    #[inline]
    pub(super) fn write(&self, sql: &mut Text, place: Place) {
        sql.push_part(&self.text, self.named[place.0].name.clone());
    }

    /// Joins the rows that a chain of relations leads to.
    #[cold]
    fn imply(&mut self, source: Source, dialect: &Dialect) -> Result<Place> {
        let Some(mut from) = self.find(Source::table(source.table)) else {
            return Err(Error::new(
                ErrorKind::InvalidQuery,
                "a column of another query stands in this one; only a query inside that other query may name it",
            ));
        };
        if source.path.is_too_long() {
            let message = "the program uses more than 65,534 chains of relations";
            return Err(Error::new(ErrorKind::InvalidQuery, message));
        }
        // The frame that the table belongs to: relations of an outer query are joined there.
        let Some(frame) = self.frames.iter().rposition(|frame| frame.first <= from.0) else {
            return Ok(from);
        };
        let mut optional = self.named[from.0].optional;
        for (path, link) in path_steps(source.path) {
            optional |= link.optional();
            let step = Source { table: source.table, path };
            from = match self.find(step) {
                Some(place) => place,
                None if self.frames[frame].joins => self.join(frame, from, step, link, optional, dialect),
                None => return Err(no_joins(self.table(from), link)),
            };
        }
        Ok(from)
    }

    /// Joins one further table.
    fn join(
        &mut self,
        frame: usize,
        from: Place,
        step: Source,
        link: Link,
        optional: bool,
        dialect: &Dialect,
    ) -> Place {
        let to = self.add_named(step, link.target(), optional, dialect);
        let mut join = Text::default();
        join.push_str(if optional { " LEFT JOIN " } else { " JOIN " });
        self.write_declaration(&mut join, to, dialect);
        join.push_str(" ON ");
        for (position, (near, far)) in link.columns().enumerate() {
            if position > 0 {
                join.push_str(" AND ");
            }
            self.write(&mut join, to);
            join.push(b'.');
            join.push_column(link.target().column(far), dialect.quote);
            join.push_str(" = ");
            self.write(&mut join, from);
            join.push(b'.');
            join.push_column(self.table(from).column(near), dialect.quote);
        }
        self.frames[frame].implied.extend(&join);
        to
    }

    /// Writes the table of a source as FROM and JOIN need it: with its alias if it has one.
    pub(super) fn write_declaration(&self, sql: &mut Text, place: Place, dialect: &Dialect) {
        let named = &self.named[place.0];
        if named.table.schema.is_none() && !named.alias {
            return self.write(sql, place);
        }
        write_table(sql, named.table, dialect);
        sql.push_str(" AS ");
        self.write(sql, place);
    }
}

fn no_joins(table: &Table, link: Link) -> Error {
    let message = format!(
        "an update or delete of `{}` cannot look at its relation `{}`; filter with a query: \
         `{}::query().filter(..).is_present()` or `is_in`",
        table.model,
        link.key.name,
        link.target().model,
    );
    Error::new(ErrorKind::Unsupported, message)
}

/// Writes the name of a table, with its schema if it has one.
pub(super) fn write_table(sql: &mut Text, table: &Table, dialect: &Dialect) {
    if let Some(schema) = table.schema {
        push_quoted(sql, schema, dialect.quote);
        sql.push(b'.');
    }
    push_quoted(sql, table.name, dialect.quote);
}
