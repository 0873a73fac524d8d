//! The sources of a statement and their names.

use smallvec::SmallVec;

use super::home::Home;
use super::identifier::push_quoted;
use super::implied::Implied;
use super::name::{Base, Name};
use super::text::Text;
use crate::dialect::{Decimals, Dialect, Template};
use crate::schema::{ColumnDef, Table};
use crate::syntax::{ColumnRef, Sight, Source};
use crate::value::Kind;

/// The sources visible at a point of the statement: those of the current select and of the selects around it.
pub(super) struct Names {
    quote: char,
    named: SmallVec<[Named; 4]>,
    frames: SmallVec<[Frame; 2]>,
    /// The index of the first visible source: those before it belong to selects outside a derived table.
    floor: usize,
    /// The floors of the outer selects.
    floors: Vec<usize>,
    /// The table that is being joined.
    joining: Option<u64>,
    /// The databases of all tables so far.
    pub(super) home: Home,
    /// The tables of finished selects that further selects follow.
    read: Vec<&'static Table>,
    /// Whether there are several selects side by side.
    in_arms: bool,
}

struct Named {
    source: Source,
    /// The table; `None` for the rows of a select.
    table: Option<&'static Table>,
    /// The columns, if they have the names of the table.
    columns: &'static [ColumnDef],
    name: Name,
    /// Whether an outer join may leave it empty.
    optional: bool,
    /// How its columns are computed from those of a table function, if it has some that are.
    computed: Option<&'static [Template; 2]>,
    /// The position of its first column in a derived table, whose columns are `c1`, `c2`, ….
    derived: Option<u16>,
    /// The select that it belongs to; for relations of an outer select, that one.
    frame: usize,
}

impl Named {
    /// Writes the quoted name of a column.
    #[inline]
    fn write_column(&self, sql: &mut Text, index: u16, quote: char) {
        match self.columns.get(usize::from(index)) {
            Some(column) => sql.push_name(&column.quoted, quote),
            None => self.write_numbered_column(sql, index, quote),
        }
    }

    /// Writes a column, qualified with the name of its source.
    #[inline(always)] // All columns of queries of several tables go through here.
    fn write_qualified(&self, sql: &mut Text, index: u16, quote: char) {
        let column = self.columns.get(usize::from(index)).and_then(|column| column.quoted.get(quote));
        match (self.name.prefix(), column) {
            (Some((prefix, dot)), Some((column, end))) => {
                sql.push_start(prefix, dot);
                sql.push_start(column, end);
            }
            _ => self.put_together(sql, index, quote),
        }
    }

    #[cold]
    fn put_together(&self, sql: &mut Text, index: u16, quote: char) {
        if let Some(template) = self.computed.and_then(|computed| computed.get(usize::from(index))) {
            for (at, text) in template.split("{0}").enumerate() {
                if at > 0 {
                    self.name.write(sql, quote);
                }
                sql.push_str(text);
            }
            return;
        }
        self.write_plain(sql, index, quote);
    }

    /// Writes a column that is not computed, qualified.
    #[cold]
    fn write_plain(&self, sql: &mut Text, index: u16, quote: char) {
        self.name.write(sql, quote);
        sql.push(b'.');
        self.write_column(sql, index, quote);
    }

    /// Writes a column of a derived table.
    #[cold]
    fn write_numbered_column(&self, sql: &mut Text, index: u16, quote: char) {
        let column = self.derived.unwrap_or(0) + index + 1;
        push_quoted(sql, &format!("c{column}"), quote);
    }
}

/// A select.
struct Frame {
    /// Joins implied by the use of a relation, not yet in the text.
    implied: Vec<Implied>,
    /// Whether relations can be joined at all: not in an update or a delete.
    joins: bool,
    /// Which rows it sees.
    sight: Sight,
}

/// A named source.
#[derive(Clone, Copy)]
pub(super) struct Place(usize);

impl Names {
    /// Has capacity for a query over a few tables.
    pub(super) fn new(quote: char) -> Self {
        Names {
            quote,
            named: SmallVec::new(),
            frames: SmallVec::new(),
            floor: 0,
            floors: Vec::new(),
            joining: None,
            home: Home::default(),
            read: Vec::new(),
            in_arms: false,
        }
    }

    /// Enters a select, an update or a delete.
    pub(super) fn enter(&mut self, joins: bool, sight: Sight) {
        self.frames.push(Frame { implied: Vec::new(), joins, sight });
    }

    /// Announces several selects side by side: later ones must not hide what an earlier one has read.
    pub(super) fn in_arms(&mut self) {
        self.in_arms = true;
    }

    /// Leaves it, returning the joins still to be written.
    pub(super) fn leave(&mut self) -> Vec<Implied> {
        let Some(frame) = self.frames.pop() else { return Vec::new() };
        let left = self.frames.len();
        if left > 0 || self.in_arms {
            let gone = self.named.iter().filter(|named| named.frame >= left);
            self.read.extend(gone.filter_map(|named| named.table));
        }
        self.named.retain(|named| named.frame < left);
        frame.implied
    }

    /// Takes the joins that start at tables before the given one, and so can be written before it.
    pub(super) fn take_implied(&mut self, before: u64) -> Vec<Implied> {
        match self.frames.last_mut() {
            Some(frame) if !frame.implied.is_empty() => {
                frame.implied.extract_if(.., |join| join.table < before).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Marks the join condition of a table as being written, or as finished. A relation of that table could only be joined
    /// after it.
    pub(super) fn joining(&mut self, table: Option<u64>) {
        self.joining = table;
    }

    /// Returns whether the join condition of this table is being written.
    pub(super) fn is_joining(&self, table: u64) -> bool {
        self.joining == Some(table)
    }

    /// Adds a join to be written.
    pub(super) fn imply(&mut self, frame: usize, join: Implied) {
        self.frames[frame].implied.push(join);
    }

    /// Returns the select that a source belongs to.
    pub(super) fn frame(&self, place: Place) -> usize {
        self.named[place.0].frame
    }

    /// Returns whether relations can be joined in a select.
    pub(super) fn joins(&self, frame: usize) -> bool {
        self.frames[frame].joins
    }

    /// Returns which rows a select sees.
    pub(super) fn sight(&self, frame: usize) -> Sight {
        self.frames[frame].sight
    }

    /// Returns which rows the current select sees.
    pub(super) fn here(&self) -> Sight {
        self.frames.last().map(|frame| frame.sight).unwrap_or_default()
    }

    /// Returns whether an outer join may leave a source empty.
    pub(super) fn is_optional(&self, place: Place) -> bool {
        self.named[place.0].optional
    }

    /// Hides the current sources, for a select that must not see them.
    pub(super) fn isolate(&mut self) {
        self.floors.push(self.floor);
        self.floor = self.named.len();
    }

    /// Makes them visible again.
    pub(super) fn join_again(&mut self) {
        self.floor = self.floors.pop().unwrap_or_default();
    }

    /// Names a table: by its own name, or a numbered one if that is taken.
    pub(super) fn add(&mut self, source: Source, table: &'static Table, optional: bool) -> Place {
        self.add_to(self.frames.len().saturating_sub(1), source, table, optional)
    }

    /// Names a table of an outer select.
    #[inline]
    pub(super) fn add_to(
        &mut self,
        frame: usize,
        source: Source,
        table: &'static Table,
        optional: bool,
    ) -> Place {
        self.home.meet(table);
        let name = Name::of_table(self.names(), table, self.quote);
        let (table, columns) = (Some(table), table.columns);
        self.push(Named { source, table, columns, name, optional, computed: None, derived: None, frame })
    }

    /// Registers a table under a second number, for a condition that refers to it by that number.
    pub(super) fn add_again(&mut self, source: Source, place: Place) -> Place {
        let Named { table, columns, derived, ref name, .. } = self.named[place.0];
        let (name, frame) = (name.clone(), self.frames.len().saturating_sub(1));
        self.push(Named { source, table, columns, name, optional: false, computed: None, derived, frame })
    }

    /// Registers a part of a derived row, whose columns start at `first`.
    pub(super) fn add_part(&mut self, source: Source, row: Place, first: u16) -> Place {
        let Named { ref name, optional, frame, derived, .. } = self.named[row.0];
        let (name, derived) = (name.clone(), Some(derived.unwrap_or(0) + first));
        self.push(Named { source, table: None, columns: &[], name, optional, computed: None, derived, frame })
    }

    #[inline]
    fn push(&mut self, named: Named) -> Place {
        self.named.push(named);
        Place(self.named.len() - 1)
    }

    /// Names the rows of a select.
    pub(super) fn add_rows(&mut self, source: Source, base: Base, optional: bool) -> Place {
        let name = Name::beside(self.names(), base);
        let frame = self.frames.len().saturating_sub(1);
        self.push(Named {
            source,
            table: None,
            columns: &[],
            name,
            optional,
            computed: None,
            derived: Some(0),
            frame,
        })
    }

    /// States how the columns of a table function are computed.
    pub(super) fn compute(&mut self, place: Place, columns: &'static [Template; 2]) {
        self.named[place.0].computed = Some(columns);
    }

    /// Returns whether the columns of a source are computed.
    pub(super) fn is_computed(&self, place: Place) -> bool {
        self.named[place.0].computed.is_some()
    }

    /// Writes a column of a table function, qualified, of which the one at this position is computed.
    pub(super) fn write_uncomputed(&self, sql: &mut Text, place: Place, index: u16) {
        self.named[place.0].write_plain(sql, index, self.quote);
    }

    /// Registers a table, or the rows of a select, whose columns are part of a derived table, starting at `column`. The
    /// first one names the derived table.
    pub(super) fn add_merged(
        &mut self,
        source: Source,
        table: Option<&'static Table>,
        word: &'static str,
        column: u16,
    ) {
        let name = match self.named.last() {
            Some(before) if column > 0 => before.name.clone(),
            _ => Name::beside(self.names(), Base::Word(word)),
        };
        let frame = self.frames.len().saturating_sub(1);
        let derived = Some(column);
        self.push(Named {
            source,
            table,
            columns: &[],
            name,
            optional: true,
            computed: None,
            derived,
            frame,
        });
    }

    fn names(&self) -> impl Iterator<Item = &Name> + Clone {
        self.named.iter().map(|named| &named.name)
    }

    /// Returns whether any source so far, including those of outer selects, is the table of this name.
    pub(super) fn has_table(&self, name: &str) -> bool {
        let tables = self.named.iter().filter_map(|named| named.table).chain(self.read.iter().copied());
        tables.filter(|table| table.schema.is_none()).any(|table| table.name.eq_ignore_ascii_case(name))
    }

    /// Returns whether a source has this name.
    pub(super) fn is_called(&self, place: Place, name: &str) -> bool {
        self.named[place.0].name.is(name)
    }

    /// Returns whether a bare column name is unambiguous.
    fn is_single(&self) -> bool {
        self.named.len() == 1 && !self.frames.last().is_some_and(|frame| frame.joins)
    }

    /// Returns the place of a source, if it is registered.
    #[inline]
    pub(super) fn find(&self, source: Source) -> Option<Place> {
        let seen = self.named.get(self.floor..)?;
        seen.iter().rposition(|named| named.source == source).map(|at| Place(self.floor + at))
    }

    /// Returns the column at a position, if the source is a table.
    #[inline]
    pub(super) fn column(&self, place: Place, index: u16) -> Option<(&'static Table, &'static ColumnDef)> {
        self.named[place.0].table.map(|table| (table, table.column(index)))
    }

    pub(super) fn table(&self, place: Place) -> Option<&'static Table> {
        self.named[place.0].table
    }

    /// Returns the table at a place, if it has its own name in the statement.
    #[inline]
    pub(super) fn under_its_own_name(&self, place: Place) -> Option<&'static Table> {
        let named = &self.named[place.0];
        named.table.filter(|_| named.derived.is_none() && !named.name.is_alias())
    }

    /// Returns all columns of a table, qualified with its name.
    #[cold]
    pub(super) fn select_list(&self, place: Place) -> String {
        let mut list = Text::default();
        for column in 0..self.table(place).map_or(0, Table::width) {
            list.push_str(if column > 0 { ", " } else { "" });
            self.write_qualified(&mut list, place, column);
        }
        list.into_string()
    }

    /// Writes a column, qualified if necessary. Returns false if its source must be looked up: it may not be registered yet,
    /// or be hidden.
    #[inline]
    pub(super) fn write_at_hand(&self, sql: &mut Text, column: ColumnRef) -> bool {
        let named = self.named.iter().rfind(|named| named.source == column.source());
        let Some(named) = named.filter(|_| self.floor == 0) else { return false };
        self.write_of(named, sql, column.index);
        true
    }

    /// Writes a column, qualified if necessary.
    pub(super) fn write_as_needed(&self, sql: &mut Text, place: Place, index: u16) {
        self.write_of(&self.named[place.0], sql, index);
    }

    #[inline(always)] // Like `write_qualified`.
    fn write_of(&self, named: &Named, sql: &mut Text, index: u16) {
        if self.is_single() {
            named.write_column(sql, index, self.quote);
        } else {
            named.write_qualified(sql, index, self.quote);
        }
    }

    /// Writes the quoted name of a column.
    pub(super) fn write_column(&self, sql: &mut Text, place: Place, index: u16) {
        self.named[place.0].write_column(sql, index, self.quote);
    }

    /// Writes a column, qualified with the name of its source.
    pub(super) fn write_qualified(&self, sql: &mut Text, place: Place, index: u16) {
        self.named[place.0].write_qualified(sql, index, self.quote);
    }

    /// Writes the quoted name of a source.
    #[inline]
    pub(super) fn write(&self, sql: &mut Text, place: Place) {
        self.named[place.0].name.write(sql, self.quote);
    }

    /// Writes the table of a source in FROM or JOIN, with its alias if it has one.
    pub(super) fn write_declaration(&self, sql: &mut Text, place: Place, dialect: &Dialect) {
        let named = &self.named[place.0];
        match named.table {
            Some(table) if table.view && dialect.decimals == Decimals::Functions => {
                write_view(sql, table, self.quote);
                sql.push_str(" AS ");
            }
            Some(table) if table.schema.is_some() || named.name.is_alias() => {
                write_table(sql, table, self.quote);
                sql.push_str(" AS ");
            }
            _ => {}
        }
        named.name.write(sql, self.quote);
    }
}

/// Writes a view where decimals are text: those that it computes do not compare as numbers by themselves.
fn write_view(sql: &mut Text, view: &Table, quote: char) {
    let is_exact = |column: &&ColumnDef| column.kind == Kind::Numeric;
    if !view.columns.iter().any(|column| is_exact(&column)) {
        return write_table(sql, view, quote);
    }
    sql.push_str("(SELECT ");
    for (position, column) in view.columns.iter().enumerate() {
        sql.push_str(if position > 0 { ", " } else { "" });
        sql.push_name(&column.quoted, quote);
        if is_exact(&column) {
            sql.push_str(" COLLATE DECIMAL AS ");
            sql.push_name(&column.quoted, quote);
        }
    }
    sql.push_str(" FROM ");
    write_table(sql, view, quote);
    sql.push(b')');
}

/// Writes the name of a table, with its schema if it has one.
pub(super) fn write_table(sql: &mut Text, table: &Table, quote: char) {
    if let Some(schema) = table.schema {
        push_quoted(sql, schema, quote);
        sql.push(b'.');
    }
    sql.push_name(&table.quoted, quote);
}
