//! Inserts, updates and deletes.

use super::{
    ColumnRef, FromItem, Item, Node, OrderBy, Origin, Projection, Select, Sight, Source, fresh_base,
};
use crate::schema::Table;
use crate::value::Datum;

/// Rows to insert, in order.
#[derive(Debug, Clone)]
pub struct Insert {
    /// The table.
    pub table: &'static Table,
    /// The positions of the given columns; all others get their server-side default.
    pub columns: Vec<u16>,
    /// The new rows.
    pub rows: NewRows,
    /// The positions of the columns to return, as stored (RETURNING).
    pub returning: Vec<u16>,
    /// What to do with a row whose key exists already (upsert); without it, that is an error.
    pub conflict: Option<Box<Conflict>>,
}

/// The new rows of an insert.
#[derive(Debug, Clone)]
pub enum NewRows {
    /// Values, row by row.
    Values(Vec<Node>),
    /// The rows of a select, with one item per column.
    Select(Box<Select>),
}

/// What an insert does with a row whose key exists already.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// The conflict key: its columns by position.
    pub target: Vec<u16>,
    /// The update of the existing row; without one, the row stays as it is.
    pub update: Option<Update>,
}

/// The rows of a table that a change affects.
#[derive(Debug, Clone)]
pub struct Target {
    /// The table.
    pub table: &'static Table,
    /// The number of the table; the joined tables follow.
    pub base: u64,
    /// The tables that are joined to it.
    pub joins: Vec<FromItem>,
    /// Conditions on rows, joined with AND.
    pub filter: Vec<Node>,
    /// The order in which rows are changed, which matters with a limit.
    pub order_by: Vec<OrderBy>,
    /// The maximum number of rows.
    pub limit: Option<u64>,
    /// Which rows it sees.
    pub sight: Sight,
}

/// An update: the columns to set, and in which rows.
#[derive(Debug, Clone)]
pub struct Update {
    /// The rows.
    pub target: Target,
    /// The columns by position, and their new values.
    pub set: Vec<(u16, Node)>,
    /// Why the renderer refuses it, if it does.
    pub refused: Option<Refused>,
    /// Whether the rows are returned, as stored.
    pub returning: bool,
}

/// An assignment that the renderer refuses.
#[derive(Debug, Clone, Copy)]
pub enum Refused {
    /// To a column of another table.
    AnotherTable,
    /// The second one to this column in one `.set(..)`.
    Twice(u16),
}

/// A delete.
#[derive(Debug, Clone)]
pub struct Delete {
    /// The rows.
    pub target: Target,
    /// Whether rows are really deleted, even if the model has soft delete.
    pub hard: bool,
    /// Whether the rows are returned, as they were.
    pub returning: bool,
}

impl Insert {
    /// Returns the number of rows, unless they come from a query.
    pub(crate) fn count(&self) -> Option<usize> {
        match &self.rows {
            NewRows::Values(values) => Some(values.len().checked_div(self.columns.len()).unwrap_or(1)),
            NewRows::Select(_) => None,
        }
    }

    /// Returns the position of a column's value within each row, if the column is given.
    pub(crate) fn place(&self, column: u16) -> Option<usize> {
        self.columns.iter().position(|given| *given == column)
    }

    /// Returns the position of the version, if all rows start with the first version. The statement then contains it as a
    /// literal instead of a bind parameter.
    pub(crate) fn first_version(&self) -> Option<usize> {
        let NewRows::Values(values) = &self.rows else { return None };
        let place = self.columns.iter().position(|&column| self.table.column(column).version)?;
        let mut versions = values.iter().skip(place).step_by(self.columns.len());
        let is_first = |node: &Node| matches!(node, Node::Value(Datum::Int(1) | Datum::UInt(1)));
        versions.all(is_first).then_some(place)
    }

    /// Returns the values of a column: one for each row, or the expression of a query for all rows. `None` if the column is
    /// not given.
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

    /// Adds a constant for a column to the query of the insert.
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

    /// Returns the source of the table itself.
    #[must_use]
    pub fn source(&self) -> Source {
        Source::table(self.base)
    }

    /// Returns the source that the next joined table will have.
    #[must_use]
    pub fn next_source(&self) -> Source {
        Source::table(self.base + 1 + self.joins.len() as u64)
    }

    /// Converts it to a select of the same rows.
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
    /// Makes an update that sets nothing yet, in all rows of `table`.
    #[must_use]
    pub fn new(table: &'static Table) -> Self {
        Update { target: Target::new(table), set: Vec::new(), refused: None, returning: false }
    }

    /// Whether it sets nothing, as that of an empty patch.
    pub(crate) fn is_empty(&self) -> bool {
        self.set.is_empty() && self.refused.is_none()
    }

    /// Sets a column, replacing an earlier value for it. Remembers if it is a column of another table, which the renderer
    /// refuses.
    pub fn assign(&mut self, column: ColumnRef, value: Node) {
        if column.source() != self.target.source() {
            self.refused = Some(Refused::AnotherTable);
        }
        self.set.retain(|(known, _)| *known != column.index);
        self.set.push((column.index, value));
    }
}

impl Delete {
    /// Converts it to the update that marks the rows, if they are only soft-deleted.
    pub(crate) fn into_marking(self) -> Result<Update, Self> {
        let Some(mark) = self.target.table.soft_delete.as_ref().filter(|_| !self.hard) else {
            return Err(self);
        };
        let set = vec![(mark.column, Node::Value((mark.now)()))];
        Ok(Update { target: self.target, set, refused: None, returning: self.returning })
    }

    /// Makes a delete of all rows of `table`.
    #[must_use]
    pub fn new(table: &'static Table) -> Self {
        Delete { target: Target::new(table), hard: false, returning: false }
    }
}
