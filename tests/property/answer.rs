//! The results of expressions.

use std::fmt;

use orm::prelude::*;

/// A value, or NULL.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    Null,
    Int(i64),
    Text(String),
    Bool(bool),
    Exact(Decimal),
    Day(NaiveDate),
}

/// The type of an expression. Conditions have a type of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    Int,
    Text,
    Bool,
    Exact,
    Day,
    Truth,
}

/// Every type that has values.
pub const VALUES: [Type; 5] = [Type::Int, Type::Text, Type::Bool, Type::Exact, Type::Day];

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Answer::Null => f.write_str("NULL"),
            Answer::Int(number) => write!(f, "{number}"),
            Answer::Text(text) => write!(f, "{text:?}"),
            Answer::Bool(truth) => write!(f, "{truth}"),
            Answer::Exact(number) => write!(f, "{}", number.normalize()),
            Answer::Day(day) => write!(f, "{day}"),
        }
    }
}

impl Answer {
    pub fn is_null(&self) -> bool {
        *self == Answer::Null
    }
}

macro_rules! answers {
    ($($variant:ident $ty:ty;)*) => { $(
        impl From<Option<$ty>> for Answer {
            fn from(value: Option<$ty>) -> Self {
                value.map_or(Answer::Null, Answer::$variant)
            }
        }
    )* };
}
answers! {
    Int i64;
    Text String;
    Bool bool;
    Exact Decimal;
    Day NaiveDate;
}
