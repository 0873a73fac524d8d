//! Conversions of columns to expressions, and of both to nullable expressions: for variables that hold sometimes one,
//! sometimes another.

use crate::expression::{Column, Expr};
use crate::mode::{Far, Nullable, Required};
use crate::window::Windowed;

/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// # use orm_core::expression::{Expr, value};
/// let (by_email, prefix) = (false, Some("Dr. "));
/// let labels = User::query().order_by(|u| u.id.asc()).select(|u| {
///     let mut label: Expr<String> = if by_email { u.email.into() } else { u.name.into() };
///     if let Some(prefix) = prefix {
///         label = value(prefix.to_owned()).concat(label);
///     }
///     label
/// });
/// assert_eq!(labels.all(db).await?, ["Dr. Ann", "Dr. Bob"]);
/// # Ok(()) }) }
/// ```
impl<V, N> From<Column<V, N>> for Expr<V, N> {
    fn from(column: Column<V, N>) -> Self {
        Expr::new(column.into_node())
    }
}

impl<V> From<Column<V, Required>> for Expr<V, Nullable> {
    fn from(column: Column<V, Required>) -> Self {
        Expr::new(column.into_node())
    }
}

/// For columns of a related or joined row, as the next three impls.
impl<V> From<Column<V, Far<Required>>> for Expr<V, Required> {
    fn from(column: Column<V, Far<Required>>) -> Self {
        Expr::new(column.into_node())
    }
}

impl<V, N> From<Column<V, Far<N>>> for Expr<V, Nullable> {
    fn from(column: Column<V, Far<N>>) -> Self {
        Expr::new(column.into_node())
    }
}

impl<V> From<Expr<V, Far<Required>>> for Expr<V, Required> {
    fn from(expression: Expr<V, Far<Required>>) -> Self {
        Expr::new(expression.into_node())
    }
}

impl<V, N> From<Expr<V, Far<N>>> for Expr<V, Nullable> {
    fn from(expression: Expr<V, Far<N>>) -> Self {
        Expr::new(expression.into_node())
    }
}

impl<V> From<Expr<V, Required>> for Expr<V, Nullable> {
    fn from(expression: Expr<V, Required>) -> Self {
        Expr::new(expression.into_node())
    }
}

/// For a value over a window, for example in a branch of a `case`. The whole expression is then over a window: anywhere but
/// in `select` and `order_by`, it is an error before the statement is sent.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::{Expr, window};
/// let steps = Post::query().select(|p| {
///     let before: Expr<u64, Nullable> = window::lag(p.id, 1).over(|w| w.order_by(p.id.asc())).into();
///     case::<String>().when(before.is_null(), "the first").otherwise("a later one")
/// });
/// assert_eq!(steps.all(db).await?, ["the first", "a later one"]);
/// # Ok(()) }) }
/// ```
impl<V, N> From<Windowed<V, N>> for Expr<V, N> {
    fn from(value: Windowed<V, N>) -> Self {
        Expr::new(value.into_node())
    }
}

impl<V> From<Windowed<V, Required>> for Expr<V, Nullable> {
    fn from(value: Windowed<V, Required>) -> Self {
        Expr::new(value.into_node())
    }
}
