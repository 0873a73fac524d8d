//! What takes selected rows, on queries of whole rows: it is there for the compiler to say what is missing.

use super::Query;
use crate::expression::Expr;
use crate::mode::Nullable;
use crate::scope::Scope;

/// Never true: whole rows are no list of columns.
#[diagnostic::on_unimplemented(
    message = "nothing is selected of this query: its rows are whole models",
    label = "takes the rows of a `.select(..)`, and there is none before it",
    note = "say which columns its rows have: `.select(|row| row.id)`, or `.select(|row| (row.id, row.name))`"
)]
pub trait OfColumns {
    #[doc(hidden)]
    fn rows<R>(self) -> R;
}

impl<S: Scope, O> Query<S, O> {
    /// Not here: `.select(..)` comes first.
    #[doc(hidden)]
    pub fn union<R>(self, other: R) -> Self
    where
        Self: OfColumns,
    {
        let _ = other;
        self
    }

    /// Not here: `.select(..)` comes first.
    #[doc(hidden)]
    pub fn union_all<R>(self, other: R) -> Self
    where
        Self: OfColumns,
    {
        let _ = other;
        self
    }

    /// Not here: `.select(..)` comes first.
    #[doc(hidden)]
    pub fn into_query(self) -> Self
    where
        Self: OfColumns,
    {
        self
    }

    /// Not here: `.select(..)` comes first.
    #[doc(hidden)]
    pub fn scalar<V>(self) -> Expr<V, Nullable>
    where
        Self: OfColumns,
    {
        self.rows()
    }
}
