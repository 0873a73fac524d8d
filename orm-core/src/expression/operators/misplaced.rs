//! Methods that values do not have, so that the compiler can say what to write instead.

use crate::expression::Condition;
use crate::window::Window;

/// Never implemented: a value may be NULL, so the test has to be explicit.
#[diagnostic::on_unimplemented(
    message = "a column or expression is no condition by itself",
    label = "joins conditions, and what comes before is none",
    note = "say what it is tested for: `p.published.is_true().and(..)`; the opposite of it is `.is_false()`, or `.eq(..).not()`"
)]
pub trait Conditional {
    #[doc(hidden)]
    fn condition<C>(self, other: C) -> Condition;
}

/// Never implemented: SQL has NULL, not `None`.
#[diagnostic::on_unimplemented(
    message = "a column is no `Option` in a query: what is missing is NULL",
    label = "of Rust's `Option`, which is there when the row has been read",
    note = "test for NULL with `.is_null()` and `.is_not_null()`"
)]
pub trait Optional {
    #[doc(hidden)]
    fn test(self) -> Condition;
}

/// Never implemented: a window is for functions over rows.
#[diagnostic::on_unimplemented(
    message = "only a window function is placed over a window",
    label = "what comes before is computed of one row",
    note = "`orm::window` has them: `window::row_number().over(..)`, `window::sum(p.price).over(..)`"
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
    }
}
