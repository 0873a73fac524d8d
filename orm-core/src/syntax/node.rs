//! Expressions.

use super::{Call, Case, Fragment, Function, NamedCall, Path, Quantified, Select, Source, WindowCall};
use crate::value::{Datum, Kind};

/// A column of a source, by its position in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnRef {
    // The parts of the source are stored next to the position, so that this takes 16 bytes: a struct of columns has many.
    table: u64,
    path: Path,
    /// Its position in the table.
    pub index: u16,
}

impl ColumnRef {
    /// Returns the column at `index` of `source`.
    #[inline]
    #[must_use]
    pub const fn new(source: Source, index: u16) -> Self {
        ColumnRef { table: source.table, path: source.path, index }
    }

    /// Returns the source of the column.
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
    /// A bind parameter.
    Value(Datum),
    /// NULL of a kind.
    Null(Kind),
    /// A computed group key, wherever it is used.
    Key(Box<Node>),
    /// The default of the server or the table: only in rows of an insert.
    Default,
    /// A key column of a row that a session tracks: the session replaces it with the value.
    Held(HeldKey),
    /// A column compared with a value.
    Compare(ColumnRef, Comparison, Datum),
    /// A binary operator.
    Binary(Box<Binary>),
    /// AND of all conditions; true if there are none.
    All(Vec<Node>),
    /// OR of all conditions; false if there are none.
    Any(Vec<Node>),
    /// NOT.
    Not(Box<Node>),
    /// IS NULL.
    IsNull(Box<Node>),
    /// IS NOT NULL.
    IsNotNull(Box<Node>),
    /// IN with a list of values.
    InList(Box<InList>),
    /// IN with the rows of a query.
    InQuery(Box<InQuery>),
    /// A comparison with ANY or ALL rows of a query.
    Quantified(Box<Quantified>),
    /// A row value: several expressions compared as one.
    Row(Vec<Node>),
    /// BETWEEN, inclusive.
    Between(Box<Between>),
    /// LIKE.
    Like(Box<Like>),
    /// A call of a server function.
    Call(Box<Call>),
    /// A call of a server function by name.
    Named(Box<NamedCall>),
    /// Raw SQL.
    Raw(Box<Fragment>),
    /// A CASE expression.
    Case(Box<Case>),
    /// COLLATE: a text with another collation.
    Collate(Box<Node>, &'static str),
    /// An aggregate function over the rows of a group.
    Aggregate(Box<AggregateCall>),
    /// A window function.
    Window(Box<WindowCall>),
    /// EXISTS.
    Exists(Box<Select>),
    /// A scalar subquery.
    Scalar(Box<Select>, Kind),
}

/// A key column of a tracked row, as a foreign key to it; it may not have a value yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldKey {
    /// The row.
    pub(crate) row: crate::unit::RowRef,
    /// The position of the column.
    pub(crate) column: u16,
}

impl Node {
    /// Returns `left operator right`.
    #[must_use]
    pub fn binary(left: Node, operator: Operator, right: Node) -> Node {
        Node::Binary(Box::new(Binary { left, operator, right }))
    }

    /// Returns a call of a server function.
    #[must_use]
    pub fn call(function: Function, kind: Kind, arguments: Vec<Node>) -> Node {
        Node::Call(Box::new(Call { function, kind, arguments }))
    }

    /// Returns a call of a server function by name.
    #[must_use]
    pub fn named(name: &'static str, kind: Kind, arguments: Vec<Node>) -> Node {
        Node::Named(Box::new(NamedCall { name, kind, arguments }))
    }

    /// Returns a comparison, in its flat form if possible.
    #[must_use]
    pub fn compare(left: Node, comparison: Comparison, right: Node) -> Node {
        match (left, right) {
            (Node::Column(column), Node::Value(value)) => Node::Compare(column, comparison, value),
            (left, right) => Node::binary(left, Operator::Compare(comparison), right),
        }
    }

    /// Negates a condition; unknown stays unknown.
    #[must_use]
    #[allow(clippy::should_implement_trait, reason = "only conditions have one")]
    pub fn not(self) -> Node {
        match self {
            Node::IsNull(node) => Node::IsNotNull(node),
            Node::IsNotNull(node) => Node::IsNull(node),
            condition => Node::Not(Box::new(condition)),
        }
    }

    /// Joins the conditions with AND, in one list.
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

    /// Adds the condition to a list of conditions that are joined with AND.
    pub fn push_onto(self, conditions: &mut Vec<Node>) {
        match self {
            // Most queries have one filter, whose list is reused.
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

    /// Joins the conditions with OR, in one list.
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

/// Returns a list of two conditions, with room for two more: most lists are short.
fn pair(first: Node, second: Node) -> Vec<Node> {
    let mut nodes = Vec::with_capacity(6);
    nodes.push(first);
    nodes.push(second);
    nodes
}

/// A comparison operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    /// Equal, or both NULL (NULL-safe).
    Same,
}

/// A binary operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Operator {
    Compare(Comparison),
    Add(Kind),
    Subtract(Kind),
    Multiply(Kind),
    /// Division: integer for integers, exact for decimals.
    Divide(Kind),
}

/// A binary operation.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Binary {
    pub left: Node,
    pub operator: Operator,
    pub right: Node,
}

/// An expression and the values of its list; for a row value, those of each candidate in turn.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub struct InList {
    pub needle: Node,
    pub kind: Kind,
    pub values: Vec<Datum>,
    pub negated: bool,
}

/// An expression and the query that lists its candidates.
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

/// A text and a pattern, with the escape character `!`.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Like {
    pub text: Node,
    pub pattern: Node,
    pub negated: bool,
}

/// A call of an aggregate function over the rows of a group.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub struct AggregateCall {
    pub function: AggregateFunction,
    /// Its argument; `COUNT(*)` without one.
    pub argument: Option<Node>,
    pub distinct: bool,
    /// The kind of the argument.
    pub kind: Kind,
    /// A condition on the rows that it aggregates: FILTER.
    pub filter: Option<Node>,
    /// For concatenated texts: the separator and the order.
    pub joined: Option<Joined>,
}

/// The separator and the order of concatenated texts.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Joined {
    pub separator: String,
    pub order_by: Vec<OrderBy>,
}

/// An aggregate function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum AggregateFunction {
    Count,
    Sum,
    Average,
    Min,
    Max,
    /// Concatenates texts.
    Join,
    /// Of the whole population.
    StandardDeviation,
    SampleStandardDeviation,
    /// Of the whole population.
    Variance,
    SampleVariance,
}

/// A sort key.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub struct OrderBy {
    pub node: Node,
    /// The kind of its value.
    pub kind: Kind,
    pub descending: bool,
    /// Whether NULLs come first, if this is set; by default, they are less than everything.
    pub nulls_first: Option<bool>,
}

impl OrderBy {
    /// Returns whether NULLs are to come first, if that differs from where they come by default.
    #[must_use]
    pub fn moves_nulls(&self) -> Option<bool> {
        self.nulls_first.filter(|first| *first == self.descending)
    }
}
