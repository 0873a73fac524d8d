//! Methods of finished selections, on queries of whole rows, so that the compiler can say that `.select(..)` is missing.

use super::Query;
use crate::expression::Expr;
use crate::mode::Nullable;
use crate::scope::Scope;

/// Never implemented: whole rows are not a list of columns.
#[diagnostic::on_unimplemented(
    message = "this query returns whole models, but selected columns are needed here",
    label = "no `.select(..)` before this",
    note = "select its columns first: `.select(|row| row.id)`, or `.select(|row| (row.id, row.name))`",
    note = "for whole rows, write `.into_rows()` first"
)]
pub trait OfColumns {
    #[doc(hidden)]
    fn rows<R>(self) -> R;
}

impl<S: Scope, O> Query<S, O> {
    /// Not available here: call `.select(..)` first.
    #[doc(hidden)]
    pub fn union<R>(self, other: R) -> Self
    where
        Self: OfColumns,
    {
        let _ = other;
        self
    }

    /// Not available here: call `.select(..)` first.
    #[doc(hidden)]
    pub fn union_all<R>(self, other: R) -> Self
    where
        Self: OfColumns,
    {
        let _ = other;
        self
    }

    /// Not available here: call `.select(..)` first.
    #[doc(hidden)]
    pub fn intersect<R>(self, other: R) -> Self
    where
        Self: OfColumns,
    {
        let _ = other;
        self
    }

    /// Not available here: call `.select(..)` first.
    #[doc(hidden)]
    pub fn except<R>(self, other: R) -> Self
    where
        Self: OfColumns,
    {
        let _ = other;
        self
    }

    /// Not available here: call `.select(..)` first.
    #[doc(hidden)]
    pub fn named(self, name: &str) -> Self
    where
        Self: OfColumns,
    {
        let _ = name;
        self
    }

    /// Not available here: call `.select(..)` first.
    #[doc(hidden)]
    pub fn recursive<F>(self, name: &str, step: F) -> Self
    where
        Self: OfColumns,
    {
        let _ = (name, step);
        self
    }

    /// Not available here: call `.select(..)` first.
    #[doc(hidden)]
    pub fn into_query(self) -> Self
    where
        Self: OfColumns,
    {
        self
    }

    /// Not available here: call `.select(..)` first.
    #[doc(hidden)]
    pub fn scalar<V>(self) -> Expr<V, Nullable>
    where
        Self: OfColumns,
    {
        self.rows()
    }
}
