//! The elements of JSON arrays.

use super::Template;

/// How the elements of a JSON array become rows; anything but an array has none.
#[derive(Debug, Clone, Copy)]
pub struct Elements {
    /// The source of the rows, where `{0}` is the document, which can use columns of the tables before it.
    pub rows: Template,
    /// The position (from 0) and the element, computed from the columns `c1` and `c2` or others, where `{0}` is the name of
    /// the source.
    pub columns: &'static [Template; 2],
    /// The same where a left join may leave out the row.
    pub left_joined: &'static [Template; 2],
    /// How they are read in subqueries.
    pub in_subqueries: InSubqueries,
    /// Whether a derived table with such rows must not be merged into the query around it.
    pub lost_by_merging: bool,
}

/// How a subquery reads the elements of an array.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InSubqueries {
    /// Like any other rows.
    Plain,
    /// The subquery stands as a value: the server may evaluate it only once otherwise.
    AsValues,
    /// Not at all: the server may evaluate it only once.
    Refused,
}
