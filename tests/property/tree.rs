//! Expressions as data: `build` turns them into queries, `evaluate` computes them.

use std::fmt;

use super::answer::{Answer, Type};
use super::data::Table;

/// An expression of a type.
#[derive(Clone)]
pub struct Tree {
    pub ty: Type,
    pub op: Op,
    pub args: Vec<Tree>,
}

impl Tree {
    /// Returns whether it contains a column, so that its value differs from row to row.
    pub fn has_column(&self) -> bool {
        matches!(self.op, Op::Column(..)) || self.args.iter().any(Tree::has_column)
    }
}

impl fmt::Debug for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.op {
            Op::Column(table, column) => write!(f, "{}.{}", table, COLUMNS[*column].0),
            Op::Literal(answer) => write!(f, "{answer:?}"),
            op => write!(f, "{op:?}{:?}", self.args),
        }
    }
}

/// The columns that both tables have, and their types.
pub const COLUMNS: [(&str, Type); 9] = [
    ("id", Type::Int),
    ("link", Type::Int),
    ("number", Type::Int),
    ("count", Type::Int),
    ("word", Type::Text),
    ("note", Type::Text),
    ("flag", Type::Bool),
    ("price", Type::Exact),
    ("day", Type::Day),
];

/// The positions of the key, and of the foreign key from a part to its thing.
pub const ID: usize = 0;
pub const LINK: usize = 1;

#[derive(Debug, Clone)]
pub enum Op {
    /// A column of the table at this position in the scope.
    Column(usize, usize),
    Literal(Answer),
    // For every type.
    Coalesce,
    NullIf,
    Greatest,
    Least,
    /// Conditions and values alternating, and the ELSE value, if any.
    Case,
    // Numbers.
    Add,
    Sub,
    Mul,
    Div,
    Rem,
    Neg,
    Abs,
    Sign,
    BitAnd,
    BitOr,
    BitXor,
    ShiftLeft(u32),
    ShiftRight(u32),
    Length,
    Position(String),
    FromBool,
    Year,
    Month,
    DayOfMonth,
    Weekday,
    DayOfYear,
    DaysSince,
    FromInt,
    Round(u32),
    Floor,
    Ceil,
    // Text.
    Concat,
    Recase,
    Trim,
    TrimStart,
    TrimEnd,
    Replace(String, String),
    Substring(u32, u32),
    Left(u32),
    Digits,
    // Days.
    AddDays,
    AddMonths,
    AddYears,
    StartOfMonth,
    StartOfYear,
    // Conversions between conditions and booleans.
    Known,
    OrNull,
    IsTrue,
    IsFalse,
    // Conditions.
    Compare(Comparison),
    SameAs,
    Between,
    /// The first argument among the others.
    In {
        negated: bool,
    },
    Like {
        pattern: String,
        negated: bool,
    },
    StartsWith(String),
    EndsWith(String),
    Contains(String),
    EqAnyCase(String),
    // The same with a computed pattern.
    LikeAnother {
        negated: bool,
    },
    StartsWithAnother,
    EndsWithAnother,
    ContainsAnother,
    IsNull,
    IsNotNull,
    And,
    Or,
    Not,
    All,
    Any,
    // Subqueries: the row of their table is the last in the scope of their arguments.
    /// Whether there is a row that matches the argument.
    Exists(Table),
    /// Whether the first argument equals the third one for a row that matches the second.
    InRows {
        table: Table,
        negated: bool,
    },
    /// An aggregate of the second argument over the rows that match the first.
    Scalar(Table, Total),
    /// A quantified condition on the parts of the thing at this position.
    Related(usize, Quantity),
    RelatedCount(usize),
}

#[derive(Debug, Clone, Copy)]
pub enum Comparison {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
}

#[derive(Debug, Clone, Copy)]
pub enum Total {
    Count,
    Sum,
    Min,
    Max,
}

#[derive(Debug, Clone, Copy)]
pub enum Quantity {
    Any,
    None,
    Every,
}

impl Op {
    /// Returns how many of the first arguments are in the scope of the expression itself.
    pub fn own_arguments(&self, all: usize) -> usize {
        match self {
            Op::Exists(_) | Op::Scalar(..) | Op::Related(..) => 0,
            Op::InRows { .. } => 1,
            _ => all,
        }
    }
}
