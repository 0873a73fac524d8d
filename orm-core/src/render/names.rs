//! The names that sources have in a statement.

use std::ops::Range;

use super::home::Home;
use super::identifier::push_quoted;
use super::text::Text;
use crate::dialect::Dialect;
use crate::error::{Error, ErrorKind, Result};
use crate::schema::{ColumnDef, Link, Table};
use crate::syntax::{Source, path_steps};

/// The sources that can be named at a point of the statement: those of the select at hand and of the ones around it.
pub(super) struct Names {
    named: Vec<Named>,
    frames: Vec<Frame>,
    /// The first source that can be seen: those before it belong to selects around a derived table.
    floor: usize,
    /// The floors of the selects around.
    floors: Vec<usize>,
    /// The table that is being joined.
    joining: Option<u64>,
    /// The quoted names of all sources, one after the other.
    text: Text,
    /// The databases of all tables so far.
    pub(super) home: Home,
}

struct Named {
    source: Source,
    /// The table; nothing for rows of a select.
    table: Option<&'static Table>,
    /// Where the quoted name stands in the text.
    name: Range<usize>,
    /// Whether the name is another than the table's own.
    alias: bool,
    /// Whether an outer join may leave it empty.
    optional: bool,
    /// Where its columns begin among those of a derived table, which are `c1`, `c2`, ….
    derived: Option<u16>,
}

/// One select.
struct Frame {
    first: usize,
    /// Joins that follow from the use of a relation, not yet in the text, and the number of the table each begins at.
    implied: Vec<(u64, Text)>,
    /// Whether relations can be joined here at all: not in an update or a delete.
    joins: bool,
}

/// A source that has a name.
#[derive(Clone, Copy)]
pub(super) struct Place(usize);

impl Names {
    /// Room for a query of a few tables.
    pub(super) fn new() -> Self {
        Names {
            named: Vec::with_capacity(4),
            frames: Vec::with_capacity(2),
            floor: 0,
            floors: Vec::new(),
            joining: None,
            text: Text::with_capacity(64),
            home: Home::default(),
        }
    }

    /// Enters a select, an update or a delete.
    pub(super) fn enter(&mut self, joins: bool) {
        self.frames.push(Frame { first: self.named.len(), implied: Vec::new(), joins });
    }

    /// Leaves it again, with the joins that are still to be written.
    pub(super) fn leave(&mut self) -> Text {
        let Some(frame) = self.frames.pop() else { return Text::default() };
        self.named.truncate(frame.first);
        together(frame.implied)
    }

    /// The joins that begin at tables before the one with a number, and so can stand before that.
    pub(super) fn take_implied(&mut self, before: u64) -> Text {
        let Some(frame) = self.frames.last_mut().filter(|frame| !frame.implied.is_empty()) else {
            return Text::default();
        };
        let (taken, left) =
            std::mem::take(&mut frame.implied).into_iter().partition(|(table, _)| *table < before);
        frame.implied = left;
        together(taken)
    }

    /// Says that the condition of a join is written, and of which table, or that it is not any more. A relation of that
    /// table could only be joined behind it.
    pub(super) fn joining(&mut self, table: Option<u64>) {
        self.joining = table;
    }

    /// Hides the sources at hand from a select that must not see them.
    pub(super) fn isolate(&mut self) {
        self.floors.push(self.floor);
        self.floor = self.named.len();
    }

    /// Whether the select at hand is in a derived table or a common table expression.
    pub(super) fn is_isolated(&self) -> bool {
        !self.floors.is_empty()
    }

    /// Shows them again.
    pub(super) fn join_again(&mut self) {
        self.floor = self.floors.pop().unwrap_or_default();
    }

    /// Names a table: by its own name, or by a numbered one if that is taken.
    pub(super) fn add(
        &mut self,
        source: Source,
        table: &'static Table,
        optional: bool,
        dialect: &Dialect,
    ) -> Place {
        self.home.meet(table);
        let (name, numbered) = self.name(table.name, dialect);
        self.named.push(Named { source, table: Some(table), name, alias: numbered, optional, derived: None });
        Place(self.named.len() - 1)
    }

    /// Names the rows of a select.
    pub(super) fn add_rows(
        &mut self,
        source: Source,
        name: &str,
        optional: bool,
        dialect: &Dialect,
    ) -> Place {
        let (name, alias) = self.name(name, dialect);
        self.named.push(Named { source, table: None, name, alias, optional, derived: Some(0) });
        Place(self.named.len() - 1)
    }

    /// Names a table whose columns are those of a derived table, from one on; the first such table gives that its name.
    pub(super) fn add_merged(
        &mut self,
        source: Source,
        table: &'static Table,
        name: &str,
        column: u16,
        dialect: &Dialect,
    ) {
        let (name, alias) = match self.named.last() {
            Some(before) if column > 0 => (before.name.clone(), before.alias),
            _ => self.name(name, dialect),
        };
        self.named.push(Named {
            source,
            table: Some(table),
            name,
            alias,
            optional: true,
            derived: Some(column),
        });
    }

    /// Writes a name that no source at hand has, and says whether it had to be numbered.
    fn name(&mut self, name: &str, dialect: &Dialect) -> (Range<usize>, bool) {
        let start = self.text.len();
        push_quoted(&mut self.text, name, dialect.quote);
        let end = self.text.len();
        // `users` and `users_2` have the same beginning up to the closing quote.
        let others =
            self.named.iter().filter(|named| self.text.begins_alike(&named.name, start..end - 1)).count();
        if others > 0 {
            self.text.number_last_quoted(others + 1);
        }
        (start..self.text.len(), others > 0)
    }

    /// Whether a source is called so.
    pub(super) fn is_called(&self, place: Place, name: &str, dialect: &Dialect) -> bool {
        let mut quoted = Text::default();
        push_quoted(&mut quoted, name, dialect.quote);
        self.text.is_part(&self.named[place.0].name, &quoted)
    }

    /// Whether no other source can be meant by a bare column name.
    pub(super) fn is_single(&self) -> bool {
        self.named.len() == 1 && !self.frames.last().is_some_and(|frame| frame.joins)
    }

    fn find(&self, source: Source) -> Option<Place> {
        self.named[self.floor..]
            .iter()
            .rposition(|named| named.source == source)
            .map(|at| Place(self.floor + at))
    }

    /// The place of a source; joins the rows that its relations lead to, if this is the first time.
    pub(super) fn place(&mut self, source: Source, dialect: &Dialect) -> Result<Place> {
        if !source.path.is_empty() && self.joining == Some(source.table) {
            let message = "the condition of a join looks through a relation of the table that it joins; join the related \
                           table first, or `filter` afterwards";
            return Err(Error::new(ErrorKind::InvalidQuery, message));
        }
        match self.find(source) {
            Some(place) => Ok(place),
            None => self.imply(source, dialect),
        }
    }

    /// The column at a position, if the source is a table.
    #[inline]
    pub(super) fn column(&self, place: Place, index: u16) -> Option<(&'static Table, &'static ColumnDef)> {
        self.named[place.0].table.map(|table| (table, table.column(index)))
    }

    pub(super) fn table(&self, place: Place) -> Option<&'static Table> {
        self.named[place.0].table
    }

    /// Writes the quoted name of a column.
    #[inline]
    pub(super) fn write_column(&self, sql: &mut Text, place: Place, index: u16, dialect: &Dialect) {
        match &self.named[place.0] {
            Named { derived: None, table: Some(table), .. } => {
                sql.push_column(table.column(index), dialect.quote);
            }
            named => {
                let column = named.derived.unwrap_or(0) + index + 1;
                push_quoted(sql, &format!("c{column}"), dialect.quote);
            }
        }
    }

    /// Writes a column with the name of its source.
    #[inline]
    pub(super) fn write_qualified(&self, sql: &mut Text, place: Place, index: u16, dialect: &Dialect) {
        self.write(sql, place);
        sql.push(b'.');
        self.write_column(sql, place, index, dialect);
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
                None => return Err(no_joins(self.table(from).map_or("", |table| table.model), link)),
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
        let to = self.add(step, link.target(), optional, dialect);
        let mut join = Text::default();
        join.push_str(if optional { " LEFT JOIN " } else { " JOIN " });
        self.write_declaration(&mut join, to, dialect);
        join.push_str(" ON ");
        for (position, (near, far)) in link.columns().enumerate() {
            if position > 0 {
                join.push_str(" AND ");
            }
            self.write_qualified(&mut join, to, far, dialect);
            join.push_str(" = ");
            self.write_qualified(&mut join, from, near, dialect);
        }
        self.frames[frame].implied.push((step.table, join));
        to
    }

    /// Writes the table of a source as FROM and JOIN need it: with its alias if it has one.
    pub(super) fn write_declaration(&self, sql: &mut Text, place: Place, dialect: &Dialect) {
        let named = &self.named[place.0];
        match named.table {
            Some(table) if table.schema.is_some() || named.alias => {
                write_table(sql, table, dialect);
                sql.push_str(" AS ");
            }
            _ => {}
        }
        self.write(sql, place);
    }
}

fn together(joins: Vec<(u64, Text)>) -> Text {
    let mut all = Text::default();
    for (_, join) in &joins {
        all.extend(join);
    }
    all
}

fn no_joins(model: &str, link: Link) -> Error {
    let message = format!(
        "an update or delete of `{}` cannot look at its relation `{}`; filter with a query: \
         `{}::query().filter(..).is_present()` or `is_in`",
        model,
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
