//! Selects.

use super::{ColumnRef, Compound, IndexHint, Lock, Node, OrderBy, Origin, Sight, Source, fresh_base};
use crate::schema::{Link, Table};

/// A select: its tables, clauses and what it gives back.
#[derive(Debug)]
pub struct Select {
    /// The number of the first table; the joined ones follow.
    pub base: u64,
    /// The tables, from the first on.
    pub from: Vec<FromItem>,
    /// Selects put together; then only order, limit and offset are this one's own.
    pub compound: Option<Box<Compound>>,
    /// Selected behind the projection: what a cursor is made of.
    pub marks: Vec<Node>,
    /// What a row has.
    pub projection: Projection,
    /// Whether it gives one row, computed over all rows at once.
    pub aggregated: bool,
    /// Whether equal rows are given once.
    pub distinct: bool,
    /// Conditions on rows, all of which hold.
    pub filter: Vec<Node>,
    /// What rows are grouped by.
    pub group_by: Vec<Node>,
    /// Whether there are rows for the totals, too.
    pub rollup: bool,
    /// Conditions on groups, all of which hold.
    pub having: Vec<Node>,
    /// The order of rows.
    pub order_by: Vec<OrderBy>,
    /// How many rows at most.
    pub limit: Option<u64>,
    /// How many rows are passed over.
    pub offset: Option<u64>,
    /// The lock on the rows, if there is one.
    pub lock: Option<Box<Lock>>,
    /// Whether the filter names one primary key, so that there is at most one row.
    pub by_key: bool,
    /// Which rows of its tables it sees.
    pub sight: Sight,
    /// Why this is no query, if clauses were put together that do not go together.
    pub refused: Option<&'static str>,
}

/// What a row of a select has.
#[derive(Debug, Clone)]
pub enum Projection {
    /// All columns of all tables.
    Rows,
    /// These, in order.
    Items(Vec<Item>),
    /// The literal 1: for existence.
    One,
    /// How many rows there are.
    Count,
}

/// One thing selected.
#[derive(Debug, Clone)]
pub enum Item {
    /// An expression.
    Node(Node),
    /// All columns of one source.
    Row(Source, &'static Table),
    /// So many NULLs.
    Nulls(u16),
}

impl Item {
    /// How many columns it is.
    pub(crate) fn width(&self) -> u16 {
        match self {
            Item::Node(_) => 1,
            Item::Row(_, table) => table.width(),
            Item::Nulls(count) => *count,
        }
    }

    /// Whether it selects a column.
    pub(crate) fn has(&self, column: ColumnRef) -> bool {
        match self {
            Item::Node(Node::Column(selected)) => *selected == column,
            // The values of a derived row stand behind its first part, under the same number.
            Item::Row(source, table) => *source == column.source() && column.index < table.width(),
            Item::Node(_) | Item::Nulls(_) => false,
        }
    }

    /// Adds what it selects to `nodes`: a row as its columns.
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

/// Rows, and how they are joined to the ones before.
#[derive(Debug, Clone)]
pub struct FromItem {
    /// Its rows.
    pub origin: Origin,
    /// How it is joined.
    pub join: JoinKind,
    /// On what.
    pub on: On,
    /// What is said of its indexes.
    pub hints: Vec<IndexHint>,
}

/// How a table is joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JoinKind {
    /// Rows that match.
    Inner,
    /// All rows of the left side, with nothing where none matches.
    Left,
    /// All rows of both sides, with nothing where none matches.
    Full,
    /// Every pair.
    Cross,
}

/// What a join is on.
#[derive(Debug, Clone)]
pub enum On {
    /// Nothing: the first table, or a cross join.
    Nothing,
    /// The new table's rows are linked to a row at hand.
    Link(Source, Link),
    /// The new table's rows are those that a join table's rows lead to, which are linked to a row at hand: by the
    /// first link to the join table's rows, by the second on to the new table's.
    Through(Source, Link, Link),
    /// A condition.
    Condition(Node),
}

impl FromItem {
    /// Rows that are joined to others.
    pub(crate) fn joined(origin: Origin, join: JoinKind, on: On) -> Self {
        FromItem { origin, join, on, hints: Vec::new() }
    }

    /// Rows that others are joined to.
    pub(super) fn first(origin: Origin) -> Self {
        FromItem::joined(origin, JoinKind::Inner, On::Nothing)
    }
}

impl Select {
    /// All rows of `table`.
    #[must_use]
    pub fn new(table: &'static Table) -> Self {
        Select::from_origin(Origin::Table(table))
    }

    /// Drops an order that chooses no rows.
    pub(crate) fn forget_order(&mut self) {
        if self.limit.is_none() && self.offset.is_none() {
            self.order_by.clear();
        }
    }

    /// All rows of `origin`.
    #[must_use]
    pub fn from_origin(origin: Origin) -> Self {
        let mut from = Vec::with_capacity(4);
        from.push(FromItem::first(origin));
        Select::over(from)
    }

    /// All rows of what `from` joins.
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

    /// The source that the next joined table will have.
    #[must_use]
    pub fn next_source(&self) -> Source {
        Source::table(self.base + self.from.len() as u64)
    }

    /// The same select over the same tables.
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

    /// Whether rows are more than those of the tables that match the filter, one by one.
    #[must_use]
    pub fn is_shaped(&self) -> bool {
        self.distinct
            || self.aggregated
            || self.compound.is_some()
            || self.limit.is_some()
            || self.offset.is_some()
            || !self.group_by.is_empty()
    }

    /// Leaves out what does not change how many rows there are: their order, and what is selected if they are not told
    /// apart by it.
    pub(crate) fn strip(&mut self) {
        self.order_by.clear();
        if !self.distinct && !self.aggregated && self.compound.is_none() {
            self.projection = Projection::One;
        }
    }

    /// Groups rows. What was said of them before does not hold for groups.
    pub(crate) fn become_grouped(&mut self) {
        if self.limit.is_some() || self.offset.is_some() || self.distinct {
            self.refused = Some(
                "rows are grouped after `distinct`, `limit` or `offset`, which would count groups; say them after \
                 `select`, or group a derived table: `.into_rows().into_query()`",
            );
        }
        self.order_by.clear();
    }

    /// Whether it is a set operation without anything around it.
    pub(super) fn is_bare_compound(&self) -> bool {
        self.compound.is_some()
            && self.lock.is_none()
            && self.order_by.is_empty()
            && self.limit.is_none()
            && self.offset.is_none()
            && !self.distinct
    }

    /// How many columns its rows have.
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

    /// The first table, if the first rows are those of one.
    #[must_use]
    pub fn table(&self) -> Option<&'static Table> {
        self.from.first().and_then(|item| item.origin.table())
    }

    /// The first table, of the rows that its first rows are made of if need be. Rows of the program are in no database: they are
    /// passed over.
    pub(crate) fn first_table(&self) -> Option<&'static Table> {
        if let Some(compound) = &self.compound {
            return compound.first.first_table();
        }
        let of_list = |item: &&FromItem| match &item.origin {
            Origin::List(_) => true,
            Origin::Derived(select) => select.as_list().is_some(),
            Origin::Cte(cte) => cte.body.as_ref().is_some_and(|body| body.rows.as_list().is_some()),
            Origin::Table(_) | Origin::Lateral(_) => false,
        };
        match &self.from.iter().find(|item| !of_list(item))?.origin {
            Origin::Table(table) => Some(table),
            Origin::Derived(select) | Origin::Lateral(select) => select.first_table(),
            Origin::Cte(cte) => cte.body.as_ref()?.rows.first_table(),
            Origin::List(_) => None,
        }
    }

    /// The database that its first table is in, if that is not the default one.
    pub(crate) fn bind(&self) -> Option<&'static str> {
        self.first_table()?.bind
    }

    /// What errors call its rows.
    #[must_use]
    pub fn subject(&self) -> &'static str {
        self.table().map_or("the result", |table| table.model)
    }
}
