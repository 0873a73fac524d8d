//! Selects.

use super::{ColumnRef, Node, OrderBy, Source, fresh_base};
use crate::schema::{Link, Table};

/// A select: its tables, clauses and what it gives back.
#[derive(Debug)]
pub struct Select {
    /// The number of the first table; the joined ones follow.
    pub base: u64,
    /// The tables, from the first on.
    pub from: Vec<FromItem>,
    /// What a row has.
    pub projection: Projection,
    /// Whether equal rows are given once.
    pub distinct: bool,
    /// Conditions on rows, all of which hold.
    pub filter: Vec<Node>,
    /// What rows are grouped by.
    pub group_by: Vec<Node>,
    /// Conditions on groups, all of which hold.
    pub having: Vec<Node>,
    /// The order of rows.
    pub order_by: Vec<OrderBy>,
    /// How many rows at most.
    pub limit: Option<u64>,
    /// How many rows are passed over.
    pub offset: Option<u64>,
    /// Whether the filter names one primary key, so that there is at most one row.
    pub by_key: bool,
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
}

/// A table and how it is joined to the ones before it.
#[derive(Debug, Clone)]
pub struct FromItem {
    /// The table.
    pub table: &'static Table,
    /// How it is joined.
    pub join: JoinKind,
    /// On what.
    pub on: On,
}

/// How a table is joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JoinKind {
    /// Rows that match.
    Inner,
    /// All rows of the left side, with nothing where none matches.
    Left,
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
    /// A condition.
    Condition(Node),
}

impl Select {
    /// All rows of `table`.
    #[must_use]
    pub fn new(table: &'static Table) -> Self {
        let mut from = Vec::with_capacity(4);
        from.push(FromItem { table, join: JoinKind::Inner, on: On::Nothing });
        Select {
            base: fresh_base(),
            from,
            projection: Projection::Rows,
            distinct: false,
            filter: Vec::new(),
            group_by: Vec::new(),
            having: Vec::new(),
            order_by: Vec::new(),
            limit: None,
            offset: None,
            by_key: false,
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
            projection: self.projection.clone(),
            distinct: self.distinct,
            filter: self.filter.clone(),
            group_by: self.group_by.clone(),
            having: self.having.clone(),
            order_by: self.order_by.clone(),
            limit: self.limit,
            offset: self.offset,
            by_key: self.by_key,
        }
    }

    /// Whether rows are more than those of the tables that match the filter, one by one.
    #[must_use]
    pub fn is_shaped(&self) -> bool {
        self.distinct || self.limit.is_some() || self.offset.is_some() || !self.group_by.is_empty()
    }
}

/// A clone has tables of its own: used inside the query that it was cloned from, it is not mistaken for that one.
impl Clone for Select {
    fn clone(&self) -> Self {
        let mut clone = self.duplicate();
        let renumber = Renumber { old: self.base, new: fresh_base() };
        clone.base = renumber.new;
        renumber.select(&mut clone);
        clone
    }
}

/// Gives the tables of one query new numbers, wherever they are named.
struct Renumber {
    old: u64,
    new: u64,
}

impl Renumber {
    fn source(&self, source: &mut Source) {
        if (self.old..self.old + super::source::TABLES).contains(&source.table) {
            source.table = source.table - self.old + self.new;
        }
    }

    fn column(&self, column: &mut ColumnRef) {
        let mut source = column.source();
        self.source(&mut source);
        *column = ColumnRef::new(source, column.index);
    }

    fn select(&self, select: &mut Select) {
        for item in &mut select.from {
            match &mut item.on {
                On::Nothing => {}
                On::Link(source, _) => self.source(source),
                On::Condition(node) => self.node(node),
            }
        }
        if let Projection::Items(items) = &mut select.projection {
            for item in items {
                match item {
                    Item::Node(node) => self.node(node),
                    Item::Row(source, _) => self.source(source),
                }
            }
        }
        self.nodes(&mut select.filter);
        self.nodes(&mut select.group_by);
        self.nodes(&mut select.having);
        for order in &mut select.order_by {
            self.node(&mut order.node);
        }
    }

    fn nodes(&self, nodes: &mut [Node]) {
        for node in nodes {
            self.node(node);
        }
    }

    fn node(&self, node: &mut Node) {
        match node {
            Node::Column(column) | Node::Compare(column, ..) => self.column(column),
            Node::Value(_) | Node::Default => {}
            Node::Binary(binary) => {
                self.node(&mut binary.left);
                self.node(&mut binary.right);
            }
            Node::All(nodes) | Node::Any(nodes) | Node::Call(_, nodes) => self.nodes(nodes),
            Node::Not(node) | Node::IsNull(node) => self.node(node),
            Node::InList(list) => self.node(&mut list.needle),
            Node::InQuery(list) => {
                self.node(&mut list.needle);
                self.select(&mut list.query);
            }
            Node::Between(between) => {
                self.node(&mut between.value);
                self.node(&mut between.low);
                self.node(&mut between.high);
            }
            Node::Like(like) => {
                self.node(&mut like.text);
                self.node(&mut like.pattern);
            }
            Node::Aggregate(call) => {
                if let Some(argument) = &mut call.argument {
                    self.node(argument);
                }
            }
            Node::Exists(select) | Node::Scalar(select) => self.select(select),
        }
    }
}
