//! Clauses where they do not belong: they are there for the compiler to say where they do.

use super::{Grouped, Rows};
use crate::session::{Executor, Pending};

/// Never true: a finished selection has values, and no columns.
#[diagnostic::on_unimplemented(
    message = "a finished selection has no columns to filter or order by",
    label = "too late: what comes before is a finished selection",
    note = "write it before `.select(..)`, or make a table of the selected rows: `.select(..).into_query()`"
)]
pub trait Unfinished {
    /// The columns of a row.
    type Columns;
}

/// Clauses that a finished selection does not have.
impl<O> Rows<O> {
    /// Not here: filter before `.select(..)`, or after `.into_query()`.
    pub fn filter<C>(self, condition: impl FnOnce(<Self as Unfinished>::Columns) -> C) -> Self
    where
        Self: Unfinished,
    {
        let _ = condition;
        self
    }

    /// Not here: order before `.select(..)`, or after `.into_query()`.
    pub fn order_by<C>(self, order: impl FnOnce(<Self as Unfinished>::Columns) -> C) -> Self
    where
        Self: Unfinished,
    {
        let _ = order;
        self
    }
}

/// Never true: groups are not rows of a table.
#[diagnostic::on_unimplemented(
    message = "groups are not filtered by the columns of their rows",
    label = "too late: what comes before are groups",
    note = "filter the rows before `.group_by(..)`, or the groups with `.having(|g| g.count().gt(3))`"
)]
pub trait Ungrouped {
    /// The columns of a row.
    type Columns;
}

/// Never true: nothing is said about what a group gives.
#[diagnostic::on_unimplemented(
    message = "nothing is selected of the groups",
    label = "no `.select(..)` before it runs",
    note = "say what each group gives: `.select(|g| (g.key, g.count()))`"
)]
pub trait Selected {
    /// What a group gives.
    type Row;
    #[doc(hidden)]
    fn run<'a>(self) -> Pending<'a, Vec<Self::Row>>;
}

/// Clauses and terminals that groups do not have.
impl<K, S> Grouped<K, S> {
    /// Not here: filter before `.group_by(..)`, or groups with `.having(..)`.
    pub fn filter<C>(self, condition: impl FnOnce(<Self as Ungrouped>::Columns) -> C) -> Self
    where
        Self: Ungrouped,
    {
        let _ = condition;
        self
    }

    /// Not here: `.select(..)` says what each group gives.
    pub fn all<'a>(self, on: impl Executor<'a>) -> Pending<'a, Vec<<Self as Selected>::Row>>
    where
        Self: Selected,
    {
        let _ = on;
        self.run()
    }
}
