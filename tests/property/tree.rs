//! Expressions as data: `build` makes queries of them, `evaluate` computes them.

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
    /// Whether a column is part of it, so that it differs from row to row.
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

/// The position of the key, and of the column that links a part to its thing.
pub const ID: usize = 0;
pub const LINK: usize = 1;

#[derive(Debug, Clone)]
pub enum Op {
    /// A column of the table at this place in the scope.
    Column(usize, usize),
    Literal(Answer),
    // Of every type.
    Coalesce,
    NullIf,
    Greatest,
    Least,
    /// Conditions and values in turn, and the value otherwise if there is one.
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
    // Booleans of conditions, and conditions of booleans.
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
    // The same with a text that is computed.
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
    // Queries inside: the row of their table is the last of the scope of their arguments.
    /// Whether there is a row for which the argument holds.
    Exists(Table),
    /// Whether the first argument is the third one of a row for which the second holds.
    InRows {
        table: Table,
        negated: bool,
    },
    /// The second argument over the rows for which the first holds.
    Scalar(Table, Total),
    /// Which parts of the thing at this place meet the argument.
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
    /// How many of the first arguments are in the scope of the expression itself.
    pub fn own_arguments(&self, all: usize) -> usize {
        match self {
            Op::Exists(_) | Op::Scalar(..) | Op::Related(..) => 0,
            Op::InRows { .. } => 1,
            _ => all,
        }
    }
}
