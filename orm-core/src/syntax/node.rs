//! Expressions.

use super::{Call, Case, Fragment, Function, NamedCall, Path, Quantified, Select, Source, WindowCall};
use crate::value::{Datum, Kind};

/// A column of a source, by its position in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnRef {
    // The parts of the source, side by side with the position: 16 bytes, of which a struct of columns has many.
    table: u64,
    path: Path,
    /// Its position in the table.
    pub index: u16,
}

impl ColumnRef {
    /// The column at `index` of `source`.
    #[inline]
    #[must_use]
    pub const fn new(source: Source, index: u16) -> Self {
        ColumnRef { table: source.table, path: source.path, index }
    }

    /// Where the column comes from.
    #[inline]
    #[must_use]
    pub const fn source(self) -> Source {
        Source { table: self.table, path: self.path }
    }
}

/// An expression, condition or value.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Node {
    /// A column.
    Column(ColumnRef),
    /// A value to bind.
    Value(Datum),
    /// NULL where a value of a kind is expected.
    Null(Kind),
    /// A computed value that rows are grouped by, wherever it is named.
    Key(Box<Node>),
    /// The value that the server or the table gives: only in rows of an insert.
    Default,
    /// A column of the key of a row that a session holds: the session puts the value in its place.
    Held(HeldKey),
    /// A column compared with a value.
    Compare(ColumnRef, Comparison, Datum),
    /// Two expressions under an operator.
    Binary(Box<Binary>),
    /// All of these conditions; true if there are none.
    All(Vec<Node>),
    /// Any of these conditions; false if there are none.
    Any(Vec<Node>),
    /// The opposite of a condition.
    Not(Box<Node>),
    /// Whether an expression is NULL.
    IsNull(Box<Node>),
    /// Whether an expression is not NULL.
    IsNotNull(Box<Node>),
    /// Whether an expression is in a list of values.
    InList(Box<InList>),
    /// Whether an expression is among the rows of a query.
    InQuery(Box<InQuery>),
    /// Whether an expression compares so with the rows of a query.
    Quantified(Box<Quantified>),
    /// Several expressions that are compared as one.
    Row(Vec<Node>),
    /// Whether an expression lies between two others, both included.
    Between(Box<Between>),
    /// Whether a text is like a pattern.
    Like(Box<Like>),
    /// A function of the server.
    Call(Box<Call>),
    /// A function that only the user knows.
    Named(Box<NamedCall>),
    /// What is written by hand.
    Raw(Box<Fragment>),
    /// The first value whose condition holds.
    Case(Box<Case>),
    /// A text with the rules of comparison that it is to have.
    Collate(Box<Node>, &'static str),
    /// A function over the rows of a group.
    Aggregate(Box<AggregateCall>),
    /// A function over a window.
    Window(Box<WindowCall>),
    /// Whether a query has rows.
    Exists(Box<Select>),
    /// The one value of a query.
    Scalar(Box<Select>, Kind),
}

/// A column by which a row that a session holds is pointed at; it may not have a value yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldKey {
    /// The row.
    pub(crate) row: crate::unit::RowRef,
    /// The position of the column.
    pub(crate) column: u16,
}

impl Node {
    /// `left operator right`.
    #[must_use]
    pub fn binary(left: Node, operator: Operator, right: Node) -> Node {
        Node::Binary(Box::new(Binary { left, operator, right }))
    }

    /// A function of the server.
    #[must_use]
    pub fn call(function: Function, kind: Kind, arguments: Vec<Node>) -> Node {
        Node::Call(Box::new(Call { function, kind, arguments }))
    }

    /// A function that only the user knows.
    #[must_use]
    pub fn named(name: &'static str, kind: Kind, arguments: Vec<Node>) -> Node {
        Node::Named(Box::new(NamedCall { name, kind, arguments }))
    }

    /// A comparison, in its flat form where there is one.
    #[must_use]
    pub fn compare(left: Node, comparison: Comparison, right: Node) -> Node {
        match (left, right) {
            (Node::Column(column), Node::Value(value)) => Node::Compare(column, comparison, value),
            (left, right) => Node::binary(left, Operator::Compare(comparison), right),
        }
    }

    /// The opposite of a condition; unknown stays unknown.
    #[must_use]
    #[allow(clippy::should_implement_trait, reason = "only conditions have one")]
    pub fn not(self) -> Node {
        match self {
            Node::IsNull(node) => Node::IsNotNull(node),
            Node::IsNotNull(node) => Node::IsNull(node),
            condition => Node::Not(Box::new(condition)),
        }
    }

    /// Both conditions, as one list.
    #[must_use]
    pub fn and(self, other: Node) -> Node {
        match self {
            Node::All(mut all) => {
                all.push(other);
                Node::All(all)
            }
            first => Node::All(pair(first, other)),
        }
    }

    /// Adds a condition to those that must hold: one AND for all.
    pub fn push_onto(self, conditions: &mut Vec<Node>) {
        match self {
            // Most queries have one filter: its list becomes theirs.
            Node::All(all) if !all.is_empty() && conditions.is_empty() => *conditions = all,
            Node::All(all) if !all.is_empty() => conditions.extend(all),
            condition => {
                if conditions.capacity() == 0 {
                    *conditions = Vec::with_capacity(8);
                }
                conditions.push(condition);
            }
        }
    }

    /// Either condition, as one list.
    #[must_use]
    pub fn or(self, other: Node) -> Node {
        match self {
            Node::Any(mut any) => {
                any.push(other);
                Node::Any(any)
            }
            first => Node::Any(pair(first, other)),
        }
    }
}

/// Two conditions, with room for two more: most lists are short.
fn pair(first: Node, second: Node) -> Vec<Node> {
    let mut nodes = Vec::with_capacity(6);
    nodes.push(first);
    nodes.push(second);
    nodes
}

/// How two values compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    /// Equal, or both NULL.
    Same,
}

/// An operator between two expressions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Operator {
    Compare(Comparison),
    Add(Kind),
    Subtract(Kind),
    Multiply(Kind),
    /// Division: whole for integers, exact for decimals.
    Divide(Kind),
}

/// Two expressions under an operator.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Binary {
    pub left: Node,
    pub operator: Operator,
    pub right: Node,
}

/// An expression and the values it may have: of a row, those of each candidate one after the other.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub struct InList {
    pub needle: Node,
    pub kind: Kind,
    pub values: Vec<Datum>,
    pub negated: bool,
}

/// An expression and the query that lists the values it may have.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub struct InQuery {
    pub needle: Node,
    pub query: Select,
    pub negated: bool,
}

/// An expression and its bounds.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Between {
    pub value: Node,
    pub low: Node,
    pub high: Node,
}

/// A text and the pattern it may be like; `!` escapes in the pattern.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Like {
    pub text: Node,
    pub pattern: Node,
    pub negated: bool,
}

/// A function over the rows of a group.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub struct AggregateCall {
    pub function: AggregateFunction,
    /// What it is taken over; without one, `COUNT(*)`.
    pub argument: Option<Node>,
    pub distinct: bool,
    /// The kind of the argument.
    pub kind: Kind,
    /// A condition on the rows that it is taken over.
    pub filter: Option<Node>,
    /// For texts that are joined: what stands between them, and their order.
    pub joined: Option<Joined>,
}

/// How texts are joined.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Joined {
    pub separator: String,
    pub order_by: Vec<OrderBy>,
}

/// The aggregates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum AggregateFunction {
    Count,
    Sum,
    Average,
    Min,
    Max,
    /// Texts one after the other.
    Join,
}

/// An expression to order by.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub struct OrderBy {
    pub node: Node,
    /// What its value is.
    pub kind: Kind,
    pub descending: bool,
    /// Whether NULLs come first, where that is said; else they are less than everything.
    pub nulls_first: Option<bool>,
}

impl OrderBy {
    /// Whether NULL is to come first, if it would come at the other end by itself.
    #[must_use]
    pub fn moves_nulls(&self) -> Option<bool> {
        self.nulls_first.filter(|first| *first == self.descending)
    }
}
