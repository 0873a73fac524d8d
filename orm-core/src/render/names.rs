//! The names that sources have in a statement.

use smallvec::SmallVec;

use super::home::Home;
use super::identifier::push_quoted;
use super::implied::Implied;
use super::name::{Base, Name};
use super::text::Text;
use crate::dialect::{Decimals, Dialect};
use crate::schema::{ColumnDef, Table};
use crate::syntax::{ColumnRef, Sight, Source};
use crate::value::Kind;

/// The sources that can be named at a point of the statement: those of the select at hand and of the ones around it.
pub(super) struct Names {
    quote: char,
    named: SmallVec<[Named; 4]>,
    frames: SmallVec<[Frame; 2]>,
    /// The first source that can be seen: those before it belong to selects around a derived table.
    floor: usize,
    /// The floors of the selects around.
    floors: Vec<usize>,
    /// The table that is being joined.
    joining: Option<u64>,
    /// The databases of all tables so far.
    pub(super) home: Home,
    /// The tables of selects that are written, behind which others come.
    read: Vec<&'static Table>,
    /// Whether selects stand beside one another.
    in_arms: bool,
}

struct Named {
    source: Source,
    /// The table; nothing for rows of a select.
    table: Option<&'static Table>,
    /// The columns, where they are called as in the table.
    columns: &'static [ColumnDef],
    name: Name,
    /// Whether an outer join may leave it empty.
    optional: bool,
    /// Where its columns begin among those of a derived table, which are `c1`, `c2`, ….
    derived: Option<u16>,
    /// The select that it belongs to: one around the select at hand, if a relation is used there.
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

    /// Writes a column with the name of its source.
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

/// One select.
struct Frame {
    /// Joins that follow from the use of a relation, not yet in the text.
    implied: Vec<Implied>,
    /// Whether relations can be joined here at all: not in an update or a delete.
    joins: bool,
    /// Which rows it sees.
    sight: Sight,
}

/// A source that has a name.
#[derive(Clone, Copy)]
pub(super) struct Place(usize);

impl Names {
    /// Room for a query of a few tables.
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

    /// Selects come beside one another: what one has read, the next one must not hide.
    pub(super) fn in_arms(&mut self) {
        self.in_arms = true;
    }

    /// Leaves it again, with the joins that are still to be written.
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

    /// The joins that begin at tables before the one with a number, and so can stand before that.
    pub(super) fn take_implied(&mut self, before: u64) -> Vec<Implied> {
        match self.frames.last_mut() {
            Some(frame) if !frame.implied.is_empty() => {
                frame.implied.extract_if(.., |join| join.table < before).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Says that the condition of a join is written, and of which table, or that it is not any more. A relation of that
    /// table could only be joined behind it.
    pub(super) fn joining(&mut self, table: Option<u64>) {
        self.joining = table;
    }

    /// Whether the condition of the join of this table is being written.
    pub(super) fn is_joining(&self, table: u64) -> bool {
        self.joining == Some(table)
    }

    /// Adds a join that is to be written.
    pub(super) fn imply(&mut self, frame: usize, join: Implied) {
        self.frames[frame].implied.push(join);
    }

    /// The select that a source belongs to.
    pub(super) fn frame(&self, place: Place) -> usize {
        self.named[place.0].frame
    }

    /// Whether relations can be joined in a select.
    pub(super) fn joins(&self, frame: usize) -> bool {
        self.frames[frame].joins
    }

    /// Which rows a select sees.
    pub(super) fn sight(&self, frame: usize) -> Sight {
        self.frames[frame].sight
    }

    /// Which rows the select at hand sees.
    pub(super) fn here(&self) -> Sight {
        self.frames.last().map(|frame| frame.sight).unwrap_or_default()
    }

    /// Whether an outer join may leave a source empty.
    pub(super) fn is_optional(&self, place: Place) -> bool {
        self.named[place.0].optional
    }

    /// Hides the sources at hand from a select that must not see them.
    pub(super) fn isolate(&mut self) {
        self.floors.push(self.floor);
        self.floor = self.named.len();
    }

    /// Shows them again.
    pub(super) fn join_again(&mut self) {
        self.floor = self.floors.pop().unwrap_or_default();
    }

    /// Names a table: by its own name, or by a numbered one if that is taken.
    pub(super) fn add(&mut self, source: Source, table: &'static Table, optional: bool) -> Place {
        self.add_to(self.frames.len().saturating_sub(1), source, table, optional)
    }

    /// Names a table of a select around the one at hand.
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
        self.push(Named { source, table, columns, name, optional, derived: None, frame })
    }

    /// Gives a table a second number, for a condition that knows it by that one.
    pub(super) fn add_again(&mut self, source: Source, place: Place) -> Place {
        let Named { table, columns, derived, ref name, .. } = self.named[place.0];
        let (name, frame) = (name.clone(), self.frames.len().saturating_sub(1));
        self.push(Named { source, table, columns, name, optional: false, derived, frame })
    }

    /// Names a part of the rows of a select, whose columns begin at `first` among theirs.
    pub(super) fn add_part(&mut self, source: Source, row: Place, first: u16) -> Place {
        let Named { ref name, optional, frame, derived, .. } = self.named[row.0];
        let (name, derived) = (name.clone(), Some(derived.unwrap_or(0) + first));
        self.push(Named { source, table: None, columns: &[], name, optional, derived, frame })
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
        self.push(Named { source, table: None, columns: &[], name, optional, derived: Some(0), frame })
    }

    /// Names a table, or rows of a select, whose columns are those of a derived table, from one on; the first of them gives
    /// that its name.
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
        self.push(Named { source, table, columns: &[], name, optional: true, derived, frame });
    }

    fn names(&self) -> impl Iterator<Item = &Name> + Clone {
        self.named.iter().map(|named| &named.name)
    }

    /// Whether one of the sources that can be seen, or of the selects around, is the table of this name.
    pub(super) fn has_table(&self, name: &str) -> bool {
        let tables = self.named.iter().filter_map(|named| named.table).chain(self.read.iter().copied());
        tables.filter(|table| table.schema.is_none()).any(|table| table.name.eq_ignore_ascii_case(name))
    }

    /// Whether a source is called so.
    pub(super) fn is_called(&self, place: Place, name: &str) -> bool {
        self.named[place.0].name.is(name)
    }

    /// Whether no other source can be meant by a bare column name.
    fn is_single(&self) -> bool {
        self.named.len() == 1 && !self.frames.last().is_some_and(|frame| frame.joins)
    }

    /// The place of a source, if it has one yet.
    #[inline]
    pub(super) fn find(&self, source: Source) -> Option<Place> {
        let seen = self.named.get(self.floor..)?;
        seen.iter().rposition(|named| named.source == source).map(|at| Place(self.floor + at))
    }

    /// The column at a position, if the source is a table.
    #[inline]
    pub(super) fn column(&self, place: Place, index: u16) -> Option<(&'static Table, &'static ColumnDef)> {
        self.named[place.0].table.map(|table| (table, table.column(index)))
    }

    pub(super) fn table(&self, place: Place) -> Option<&'static Table> {
        self.named[place.0].table
    }

    /// The table at a place, if it is called as it is in the database.
    #[inline]
    pub(super) fn under_its_own_name(&self, place: Place) -> Option<&'static Table> {
        let named = &self.named[place.0];
        named.table.filter(|_| named.derived.is_none() && !named.name.is_alias())
    }

    /// All columns of a table, with the name of the table.
    #[cold]
    pub(super) fn select_list(&self, place: Place) -> String {
        let mut list = Text::default();
        for column in 0..self.table(place).map_or(0, Table::width) {
            list.push_str(if column > 0 { ", " } else { "" });
            self.write_qualified(&mut list, place, column);
        }
        list.into_string()
    }

    /// Writes a column, with the name of its source if it needs one; or says that the source has to be looked for, as it
    /// may have no name yet, or be hidden.
    #[inline]
    pub(super) fn write_at_hand(&self, sql: &mut Text, column: ColumnRef) -> bool {
        let named = self.named.iter().rfind(|named| named.source == column.source());
        let Some(named) = named.filter(|_| self.floor == 0) else { return false };
        self.write_of(named, sql, column.index);
        true
    }

    /// Writes a column, with the name of its source if it needs one.
    pub(super) fn write_as_needed(&self, sql: &mut Text, place: Place, index: u16) {
        self.write_of(&self.named[place.0], sql, index);
    }

    #[inline(always)] // As `write_qualified`.
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

    /// Writes a column with the name of its source.
    pub(super) fn write_qualified(&self, sql: &mut Text, place: Place, index: u16) {
        self.named[place.0].write_qualified(sql, index, self.quote);
    }

    /// Writes the quoted name of a source.
    #[inline]
    pub(super) fn write(&self, sql: &mut Text, place: Place) {
        self.named[place.0].name.write(sql, self.quote);
    }

    /// Writes the table of a source as FROM and JOIN need it: with its alias if it has one.
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

/// Writes a view where exact numbers are texts: those that it computes are not told to compare as numbers.
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
