//! Window functions.

use std::sync::Arc;

use super::{AggregateCall, Node, OrderBy, fresh_base};
use crate::value::Kind;

/// A call of a window function.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub struct WindowCall {
    pub function: WindowFunction,
    /// The kind of its value.
    pub kind: Kind,
    pub window: Window,
}

/// A window function.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub enum WindowFunction {
    Aggregate(AggregateCall),
    RowNumber,
    Rank,
    DenseRank,
    PercentRank,
    CumulativeDistribution,
    /// NTILE: the number of the row's bucket, out of this many.
    Part(u32),
    /// LAG or LEAD: the value of a row at a distance.
    Neighbour(Neighbour),
    First(Node),
    Last(Node),
    /// NTH_VALUE: the value of the row with this number, from 1.
    Nth(Node, u32),
}

/// The value of a row at a distance.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Neighbour {
    pub value: Node,
    /// Whether the row comes before this one.
    pub before: bool,
    pub distance: u32,
    /// The value if there is no such row.
    pub default: Option<Node>,
}

/// The rows that a window function sees.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Window {
    /// Its name, if it is written once for all functions over it.
    pub name: Option<WindowName>,
    pub partition_by: Vec<Node>,
    pub order_by: Vec<OrderBy>,
    pub frame: Option<Frame>,
}

/// The name of a window.
#[derive(Debug, Clone)]
pub struct WindowName {
    /// Distinguishes it from others of the same name.
    pub id: u64,
    /// The name itself.
    pub name: Arc<str>,
}

impl WindowName {
    /// Makes a name distinct from all others.
    #[must_use]
    pub fn new(name: &str) -> Self {
        WindowName { id: fresh_base(), name: name.into() }
    }
}

/// A frame: the part of a window around the current row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// The unit of its bounds.
    pub unit: FrameUnit,
    /// The start, relative to the current row; the first row if `None`.
    pub start: Option<i64>,
    /// The end, relative to the current row; the last row if `None`.
    pub end: Option<i64>,
}

/// The unit of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameUnit {
    /// Rows.
    Rows,
    /// The difference of the sort keys.
    Range,
    /// Groups of ties.
    Groups,
}
