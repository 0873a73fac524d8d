//! Selects.

use super::{
    ColumnRef, Compound, Function, IndexHint, Lock, Node, OrderBy, Origin, Sight, Source, fresh_base,
};
use crate::schema::{Link, Table};
use crate::value::Kind;

/// A select: its tables, clauses and projection.
#[derive(Debug)]
pub struct Select {
    /// The number of the first table; the joined tables follow.
    pub base: u64,
    /// The tables, starting with the first.
    pub from: Vec<FromItem>,
    /// A set operation; then only order, limit and offset belong to this select.
    pub compound: Option<Box<Compound>>,
    /// Columns selected after the projection, from which a cursor is made.
    pub marks: Vec<Node>,
    /// The columns of a row.
    pub projection: Projection,
    /// Whether it returns one row, aggregated over all rows.
    pub aggregated: bool,
    /// Whether duplicate rows are removed: DISTINCT.
    pub distinct: bool,
    /// Conditions on rows, joined with AND: WHERE.
    pub filter: Vec<Node>,
    /// The group keys: GROUP BY.
    pub group_by: Vec<Node>,
    /// Whether there are rows of totals: WITH ROLLUP.
    pub rollup: bool,
    /// Conditions on groups, joined with AND: HAVING.
    pub having: Vec<Node>,
    /// The sort keys: ORDER BY.
    pub order_by: Vec<OrderBy>,
    /// The maximum number of rows: LIMIT.
    pub limit: Option<u64>,
    /// The number of rows to skip: OFFSET.
    pub offset: Option<u64>,
    /// The row lock, if any.
    pub lock: Option<Box<Lock>>,
    /// Whether the filter is on one primary key, so that there is at most one row.
    pub by_key: bool,
    /// Which rows of its tables it sees.
    pub sight: Sight,
    /// Why the query is invalid, if its clauses cannot be combined.
    pub refused: Option<&'static str>,
}

/// The projection of a select.
#[derive(Debug, Clone)]
pub enum Projection {
    /// All columns of all tables.
    Rows,
    /// These items, in order.
    Items(Vec<Item>),
    /// The literal 1, for EXISTS.
    One,
    /// The number of rows.
    Count,
}

/// A selected item.
#[derive(Debug, Clone)]
pub enum Item {
    /// An expression.
    Node(Node),
    /// All columns of one source.
    Row(Source, &'static Table),
    /// This many NULLs.
    Nulls(u16),
}

impl Item {
    /// Returns the number of columns.
    pub(crate) fn width(&self) -> u16 {
        match self {
            Item::Node(_) => 1,
            Item::Row(_, table) => table.width(),
            Item::Nulls(count) => *count,
        }
    }

    /// Returns whether it selects a column.
    pub(crate) fn has(&self, column: ColumnRef) -> bool {
        match self {
            Item::Node(Node::Column(selected)) => *selected == column,
            // For a derived row, this number also covers the columns beyond its first part.
            Item::Row(source, table) => *source == column.source() && column.index < table.width(),
            Item::Node(_) | Item::Nulls(_) => false,
        }
    }

    /// Appends what it selects to `nodes`: for a row, its columns.
    pub(crate) fn push_columns(self, nodes: &mut Vec<Node>) {
        match self {
            Item::Node(node) => nodes.push(node),
            Item::Row(source, table) => {
                let columns = (0u16..).zip(table.columns);
                nodes.extend(columns.map(|(index, _)| Node::Column(ColumnRef::new(source, index))));
            }
            Item::Nulls(_) => {}
        }
    }
}

/// An item of the FROM clause, and how it is joined to those before it.
#[derive(Debug, Clone)]
pub struct FromItem {
    /// The source of its rows.
    pub origin: Origin,
    /// The kind of join.
    pub join: JoinKind,
    /// The join condition.
    pub on: On,
    /// Its index hints.
    pub hints: Vec<IndexHint>,
}

/// A kind of join.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JoinKind {
    /// Inner join: matching rows.
    Inner,
    /// Left join: all rows of the left side, with NULLs if none matches.
    Left,
    /// Full join: all rows of both sides, with NULLs if none matches.
    Full,
    /// Cross join: every pair.
    Cross,
}

/// A join condition.
#[derive(Debug, Clone)]
pub enum On {
    /// None: for the first table, or a cross join.
    Nothing,
    /// The new table's rows are linked to a source of the query.
    Link(Source, Link),
    /// Many-to-many: rows of the join table are linked to a source of the query by the first link, and lead to the new
    /// table's rows by the second.
    Through(Source, Link, Link),
    /// A condition.
    Condition(Node),
}

impl FromItem {
    /// Returns an item that is joined to others.
    pub(crate) fn joined(origin: Origin, join: JoinKind, on: On) -> Self {
        FromItem { origin, join, on, hints: Vec::new() }
    }

    /// Returns the first item, to which others are joined.
    pub(super) fn first(origin: Origin) -> Self {
        FromItem::joined(origin, JoinKind::Inner, On::Nothing)
    }
}

impl Select {
    /// Makes a select of all rows of `table`.
    #[must_use]
    pub fn new(table: &'static Table) -> Self {
        Select::from_origin(Origin::Table(table))
    }

    /// Drops the order, unless it determines which rows are selected.
    pub(crate) fn forget_order(&mut self) {
        if self.limit.is_none() && self.offset.is_none() {
            self.order_by.clear();
        }
    }

    /// Makes a select of all rows of `origin`.
    #[must_use]
    pub fn from_origin(origin: Origin) -> Self {
        let mut from = Vec::with_capacity(4);
        from.push(FromItem::first(origin));
        Select::over(from)
    }

    /// Makes a select of one row, from no table.
    pub(crate) fn from_nothing(items: Vec<Item>) -> Self {
        Select { projection: Projection::Items(items), ..Select::over(Vec::new()) }
    }

    /// Makes a select of all rows that `from` joins.
    pub(super) fn over(from: Vec<FromItem>) -> Self {
        Select {
            base: fresh_base(),
            from,
            compound: None,
            marks: Vec::new(),
            projection: Projection::Rows,
            aggregated: false,
            distinct: false,
            filter: Vec::new(),
            group_by: Vec::new(),
            rollup: false,
            having: Vec::new(),
            order_by: Vec::new(),
            limit: None,
            offset: None,
            lock: None,
            by_key: false,
            sight: Sight::default(),
            refused: None,
        }
    }

    /// Makes the texts that it converts columns to long enough for further rows: it is the start of a recursion, and servers
    /// derive the types of the columns from it alone.
    pub(crate) fn let_texts_grow(&mut self) {
        if let Some(compound) = &mut self.compound {
            compound.first.let_texts_grow();
            compound.rest.iter_mut().for_each(|(_, select)| select.let_texts_grow());
        }
        let Projection::Items(items) = &mut self.projection else { return };
        for item in items {
            if let Item::Node(Node::Call(call)) = item
                && (call.function, call.kind) == (Function::Cast, Kind::Text)
            {
                call.function = Function::CastToGrow;
            }
        }
    }

    /// Returns the source that the next joined table will have.
    #[must_use]
    pub fn next_source(&self) -> Source {
        Source::table(self.base + self.from.len() as u64)
    }

    /// Returns the same select, over the same tables.
    #[must_use]
    pub fn duplicate(&self) -> Self {
        Select {
            base: self.base,
            from: self.from.clone(),
            compound: self.compound.clone(),
            marks: self.marks.clone(),
            projection: self.projection.clone(),
            aggregated: self.aggregated,
            distinct: self.distinct,
            filter: self.filter.clone(),
            group_by: self.group_by.clone(),
            rollup: self.rollup,
            having: self.having.clone(),
            order_by: self.order_by.clone(),
            limit: self.limit,
            offset: self.offset,
            lock: self.lock.clone(),
            by_key: self.by_key,
            sight: self.sight,
            refused: self.refused,
        }
    }

    /// Returns whether its rows are anything other than the matching rows of its tables, one by one.
    #[must_use]
    pub fn is_shaped(&self) -> bool {
        self.distinct
            || self.aggregated
            || self.compound.is_some()
            || self.limit.is_some()
            || self.offset.is_some()
            || !self.group_by.is_empty()
    }

    /// Removes what does not affect the number of rows: the order, and the projection unless rows are distinguished by it.
    pub(crate) fn strip(&mut self) {
        self.order_by.clear();
        if !self.distinct && !self.aggregated && self.compound.is_none() {
            self.projection = Projection::One;
        }
    }

    /// Prepares for grouping: clauses that were set for rows do not apply to groups.
    pub(crate) fn become_grouped(&mut self) {
        if self.limit.is_some() || self.offset.is_some() || self.distinct {
            self.refused = Some(
                "`group_by` comes after `distinct`, `limit` or `offset`, which would then count groups; call \
                 these after `select`, or group a derived table: `.into_rows().into_query()`",
            );
        }
        self.order_by.clear();
    }

    /// Returns whether it is only a set operation, with no clauses of its own.
    pub(super) fn is_bare_compound(&self) -> bool {
        self.compound.is_some()
            && self.lock.is_none()
            && self.order_by.is_empty()
            && self.limit.is_none()
            && self.offset.is_none()
            && !self.distinct
    }

    /// Returns the number of columns of its rows.
    #[must_use]
    pub fn width(&self) -> u16 {
        if let Some(compound) = &self.compound {
            return compound.first.width();
        }
        match &self.projection {
            Projection::Rows => self.from.iter().map(|item| item.origin.width()).sum(),
            Projection::Items(items) => items.iter().map(Item::width).sum(),
            Projection::One | Projection::Count => 1,
        }
    }

    /// Returns the first table, if the first source is a table.
    #[must_use]
    pub fn table(&self) -> Option<&'static Table> {
        self.from.first().and_then(|item| item.origin.table())
    }

    /// Returns the first table, looking into derived tables and CTEs. Lists of rows from the program, and the elements of
    /// documents, are skipped, since they are in no database.
    pub(crate) fn first_table(&self) -> Option<&'static Table> {
        if let Some(compound) = &self.compound {
            return compound.first.first_table();
        }
        let of_list = |item: &&FromItem| match &item.origin {
            Origin::List(_) | Origin::Elements(_) => true,
            Origin::Derived(select) => select.as_list().is_some() || select.as_elements().is_some(),
            Origin::Cte(cte) => cte.body.as_ref().is_some_and(|body| body.rows.as_list().is_some()),
            Origin::Table(_) | Origin::Lateral(_) => false,
        };
        match &self.from.iter().find(|item| !of_list(item))?.origin {
            Origin::Table(table) => Some(table),
            Origin::Derived(select) | Origin::Lateral(select) => select.first_table(),
            Origin::Cte(cte) => cte.body.as_ref()?.rows.first_table(),
            Origin::List(_) | Origin::Elements(_) => None,
        }
    }

    /// Returns the database of its first table, if that is not the default one.
    pub(crate) fn bind(&self) -> Option<&'static str> {
        self.first_table()?.bind
    }

    /// Returns the name of its rows, for errors.
    #[must_use]
    pub fn subject(&self) -> &'static str {
        self.table().map_or("the result", |table| table.model)
    }
}
