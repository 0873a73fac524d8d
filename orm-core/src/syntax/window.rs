//! Functions over windows.

use std::sync::Arc;

use super::{AggregateCall, Node, OrderBy, fresh_base};
use crate::value::Kind;

/// A function over a window.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub struct WindowCall {
    pub function: WindowFunction,
    /// The kind of its value.
    pub kind: Kind,
    pub window: Window,
}

/// What can be computed over a window.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub enum WindowFunction {
    Aggregate(AggregateCall),
    RowNumber,
    Rank,
    DenseRank,
    PercentRank,
    CumulativeDistribution,
    /// The number of the row's part, of so many.
    Part(u32),
    /// The value of a row nearby.
    Neighbour(Neighbour),
    First(Node),
    Last(Node),
    /// The value of the row with this number, from 1.
    Nth(Node, u32),
}

/// The value of a row nearby.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Neighbour {
    pub value: Node,
    /// Whether the row lies before this one.
    pub before: bool,
    pub distance: u32,
    /// The value where there is no such row.
    pub default: Option<Node>,
}

/// The rows that a function looks at.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Window {
    /// Its name, if it is to be written once for all functions over it.
    pub name: Option<WindowName>,
    pub partition_by: Vec<Node>,
    pub order_by: Vec<OrderBy>,
    pub frame: Option<Frame>,
}

/// The name of a window.
#[derive(Debug, Clone)]
pub struct WindowName {
    /// What tells it from others of the same name.
    pub id: u64,
    /// What it is called.
    pub name: Arc<str>,
}

impl WindowName {
    /// A name that is no other's.
    #[must_use]
    pub fn new(name: &str) -> Self {
        WindowName { id: fresh_base(), name: name.into() }
    }
}

/// The part of a window around the current row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// What is counted.
    pub unit: FrameUnit,
    /// Where it begins, from the current row on; without one, at the first row.
    pub start: Option<i64>,
    /// Where it ends; without one, at the last row.
    pub end: Option<i64>,
}

/// What frames count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameUnit {
    /// Rows.
    Rows,
    /// The difference of what the rows are ordered by.
    Range,
    /// Groups of rows that are equal in order.
    Groups,
}
