//! Inserts, updates and deletes.

use super::{
    ColumnRef, FromItem, Item, Node, OrderBy, Origin, Projection, Select, Sight, Source, fresh_base,
};
use crate::schema::Table;
use crate::value::Datum;

/// Rows to insert, one after the other.
#[derive(Debug, Clone)]
pub struct Insert {
    /// The table.
    pub table: &'static Table,
    /// The positions of the columns that are given; all others get what the server has for them.
    pub columns: Vec<u16>,
    /// What goes into them.
    pub rows: NewRows,
    /// The positions of the columns that are given back, as they are stored.
    pub returning: Vec<u16>,
    /// What is done with a row whose key is there already; without it, that is an error.
    pub conflict: Option<Box<Conflict>>,
}

/// The rows that an insert puts in.
#[derive(Debug, Clone)]
pub enum NewRows {
    /// Values: one after the other, row by row.
    Values(Vec<Node>),
    /// What a select gives: an item for each column.
    Select(Box<Select>),
}

/// What an insert does with a row whose key is there already.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// The key: its columns by position.
    pub target: Vec<u16>,
    /// The update of the row that is there; without one, it stays as it is.
    pub update: Option<Update>,
}

/// The rows of a table that a change is about.
#[derive(Debug, Clone)]
pub struct Target {
    /// The table.
    pub table: &'static Table,
    /// The number of the table; the joined ones follow.
    pub base: u64,
    /// What is joined to it.
    pub joins: Vec<FromItem>,
    /// Conditions on rows, all of which hold.
    pub filter: Vec<Node>,
    /// In which order rows are changed, as far as a limit lets them.
    pub order_by: Vec<OrderBy>,
    /// How many rows at most.
    pub limit: Option<u64>,
    /// Which rows it sees.
    pub sight: Sight,
}

/// Columns to set, and where.
#[derive(Debug, Clone)]
pub struct Update {
    /// The rows.
    pub target: Target,
    /// Columns by position, and what they become.
    pub set: Vec<(u16, Node)>,
    /// Whether a column of another table was to be set.
    pub foreign: bool,
    /// Whether the rows, as stored, are given back.
    pub returning: bool,
}

/// Which rows to delete.
#[derive(Debug, Clone)]
pub struct Delete {
    /// The rows.
    pub target: Target,
    /// Whether rows go from the table, even where they would only be marked as deleted.
    pub hard: bool,
    /// Whether the rows, as they were, are given back.
    pub returning: bool,
}

impl Insert {
    /// How many rows these are, if that is no matter of a query.
    pub(crate) fn count(&self) -> Option<usize> {
        match &self.rows {
            NewRows::Values(values) => Some(values.len().checked_div(self.columns.len()).unwrap_or(1)),
            NewRows::Select(_) => None,
        }
    }

    /// Where the values of a column stand in each row, if it is given.
    pub(crate) fn place(&self, column: u16) -> Option<usize> {
        self.columns.iter().position(|given| *given == column)
    }

    /// Where the version stands, if all rows begin with the first. The statement says so itself then: nothing is bound for it.
    pub(crate) fn first_version(&self) -> Option<usize> {
        let NewRows::Values(values) = &self.rows else { return None };
        let place = self.columns.iter().position(|&column| self.table.column(column).version)?;
        let mut versions = values.iter().skip(place).step_by(self.columns.len());
        let is_first = |node: &Node| matches!(node, Node::Value(Datum::Int(1) | Datum::UInt(1)));
        versions.all(is_first).then_some(place)
    }

    /// What goes into a column: of each row, or what a query computes for all of them. Nothing if it is not given.
    pub(crate) fn given(&self, column: u16) -> Option<Vec<&Node>> {
        let at = self.place(column)?;
        match &self.rows {
            NewRows::Values(values) => Some(values.iter().skip(at).step_by(self.columns.len()).collect()),
            NewRows::Select(select) => match &select.projection {
                Projection::Items(items) => match items.get(at)? {
                    Item::Node(node) => Some(vec![node]),
                    _ => None,
                },
                _ => None,
            },
        }
    }

    /// Has a query give a value for a column.
    pub(crate) fn add(&mut self, column: u16, value: Datum) {
        let place = self.place(column);
        let NewRows::Select(select) = &mut self.rows else { return };
        let Projection::Items(items) = &mut select.projection else { return };
        let item = Item::Node(Node::Value(value));
        match place {
            Some(at) => items[at] = item,
            None => {
                self.columns.push(column);
                items.push(item);
            }
        }
    }
}

impl Target {
    /// All rows of `table`.
    #[must_use]
    pub fn new(table: &'static Table) -> Self {
        Target {
            table,
            base: fresh_base(),
            joins: Vec::new(),
            filter: Vec::new(),
            order_by: Vec::new(),
            limit: None,
            sight: Sight::default(),
        }
    }

    /// The row of the table itself.
    #[must_use]
    pub fn source(&self) -> Source {
        Source::table(self.base)
    }

    /// The source that the next joined table will have.
    #[must_use]
    pub fn next_source(&self) -> Source {
        Source::table(self.base + 1 + self.joins.len() as u64)
    }

    /// The same rows as those of a select.
    #[must_use]
    pub fn into_select(self) -> Select {
        let mut from = vec![FromItem::first(Origin::Table(self.table))];
        from.extend(self.joins);
        let select = Select::over(from);
        Select {
            base: self.base,
            filter: self.filter,
            order_by: self.order_by,
            limit: self.limit,
            sight: self.sight,
            ..select
        }
    }
}

impl Update {
    /// Changes nothing yet, in all rows of `table`.
    #[must_use]
    pub fn new(table: &'static Table) -> Self {
        Update { target: Target::new(table), set: Vec::new(), foreign: false, returning: false }
    }

    /// Sets a column; the last value of one that is set twice counts. A column of another table is kept apart, for
    /// the renderer to refuse.
    pub fn assign(&mut self, column: ColumnRef, value: Node) {
        if column.source() != self.target.source() {
            self.foreign = true;
        }
        self.set.retain(|(known, _)| *known != column.index);
        self.set.push((column.index, value));
    }
}

impl Delete {
    /// The update that marks the rows, if that is all that is done to them.
    pub(crate) fn into_marking(self) -> Result<Update, Self> {
        let Some(mark) = self.target.table.soft_delete.as_ref().filter(|_| !self.hard) else {
            return Err(self);
        };
        let set = vec![(mark.column, Node::Value((mark.now)()))];
        Ok(Update { target: self.target, set, foreign: false, returning: self.returning })
    }

    /// All rows of `table`.
    #[must_use]
    pub fn new(table: &'static Table) -> Self {
        Delete { target: Target::new(table), hard: false, returning: false }
    }
}
