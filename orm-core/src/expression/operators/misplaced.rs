//! Methods that values do not have, so that the compiler can say what to write instead.

use crate::expression::Condition;
use crate::window::Window;

/// Never implemented: a value may be NULL, so the test has to be explicit.
#[diagnostic::on_unimplemented(
    message = "a column or expression is not a condition by itself",
    label = "called on a column or expression, not on a condition",
    note = "write a condition: `p.published.is_true().and(..)`; to negate it, `.is_false()` or `.eq(..).not()`"
)]
pub trait Conditional {
    #[doc(hidden)]
    fn condition<C>(self, other: C) -> Condition;
}

/// Never implemented: SQL has NULL, not `None`.
#[diagnostic::on_unimplemented(
    message = "a column is not an `Option` in a query: a missing value is NULL",
    label = "a method of `Option`, for rows that have been read",
    note = "to test for NULL, use `.is_null()` or `.is_not_null()`; to replace it, `.coalesce(..)`"
)]
pub trait Optional {
    #[doc(hidden)]
    fn test(self) -> Condition;
}

/// Never implemented: a window is for functions over rows.
#[diagnostic::on_unimplemented(
    message = "only a window function can be used with `over`",
    label = "called on an expression of a single row",
    note = "use a function of `orm::window`: `window::row_number().over(..)`, `window::sum(p.price).over(..)`"
)]
pub trait OfManyRows {}

on_values! {
    impl<V, N> __Ty<V, N> {
        /// Not available here: [`window`](crate::window) has the functions that take a window.
        #[doc(hidden)]
        pub fn over(self, window: impl FnOnce(Window) -> Window) -> Self
        where
            Self: OfManyRows,
        {
            let _ = window;
            self
        }

        /// Not available here: combine conditions, as in `p.published.is_true().and(..)`.
        #[doc(hidden)]
        pub fn and<C>(self, other: C) -> Condition
        where
            Self: Conditional,
        {
            self.condition(other)
        }

        /// Not available here: combine conditions, as in `p.published.is_true().or(..)`.
        #[doc(hidden)]
        pub fn or<C>(self, other: C) -> Condition
        where
            Self: Conditional,
        {
            self.condition(other)
        }

        /// Not available here: negate a condition, or use `p.published.is_false()`.
        #[doc(hidden)]
        #[allow(clippy::should_implement_trait, reason = "it is none")]
        pub fn not(self) -> Condition
        where
            Self: Conditional,
        {
            self.condition(())
        }

        /// Not available here: use `is_null`.
        #[doc(hidden)]
        pub fn is_none(self) -> Condition
        where
            Self: Optional,
        {
            self.test()
        }

        /// Not available here: use `is_not_null`.
        #[doc(hidden)]
        pub fn is_some(self) -> Condition
        where
            Self: Optional,
        {
            self.test()
        }

        /// Not available here: use `coalesce`.
        #[doc(hidden)]
        pub fn unwrap_or<T>(self, value: T) -> Self
        where
            Self: Optional,
        {
            let _ = value;
            self
        }
    }
}
