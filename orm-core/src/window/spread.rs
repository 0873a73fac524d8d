//! Variances and standard deviations over windows.

use super::functions::{NoWindowYet, aggregate};
use crate::expression::Expression;
use crate::mode::Nullable;
use crate::syntax::AggregateFunction;
use crate::value::{Kind, Numeric};

/// Returns the population standard deviation of the values; NULL if there are none.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::window;
/// let posts = Post::query().order_by(|p| p.id.asc());
/// let values = posts.select(|p| window::stddev_pop(p.id).over(|w| w.order_by(p.id.asc())));
/// assert_eq!(values.all(db).await?, [Some(0.0), Some(0.5)]);
/// # Ok(()) }) }
/// ```
pub fn stddev_pop<E: Expression>(value: E) -> NoWindowYet<f64, Nullable>
where
    E::Value: Numeric,
{
    aggregate(AggregateFunction::StandardDeviation, Some(value.into_node()), Kind::DoublePrecision)
}

/// Returns the sample standard deviation of the values; NULL if there are fewer than two.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::window;
/// let posts = Post::query().order_by(|p| p.id.asc());
/// let values = posts.select(|p| window::stddev_samp(p.id).over(|w| w.order_by(p.id.asc())));
/// assert_eq!(values.all(db).await?, [None, Some(0.5_f64.sqrt())]);
/// # Ok(()) }) }
/// ```
pub fn stddev_samp<E: Expression>(value: E) -> NoWindowYet<f64, Nullable>
where
    E::Value: Numeric,
{
    aggregate(AggregateFunction::SampleStandardDeviation, Some(value.into_node()), Kind::DoublePrecision)
}

/// Returns the population variance of the values; NULL if there are none.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::window;
/// let posts = Post::query().order_by(|p| p.id.asc());
/// let values = posts.select(|p| window::var_pop(p.id).over(|w| w.order_by(p.id.asc())));
/// assert_eq!(values.all(db).await?, [Some(0.0), Some(0.25)]);
/// # Ok(()) }) }
/// ```
pub fn var_pop<E: Expression>(value: E) -> NoWindowYet<f64, Nullable>
where
    E::Value: Numeric,
{
    aggregate(AggregateFunction::Variance, Some(value.into_node()), Kind::DoublePrecision)
}

/// Returns the sample variance of the values; NULL if there are fewer than two.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::window;
/// let posts = Post::query().order_by(|p| p.id.asc());
/// let values = posts.select(|p| window::var_samp(p.id).over(|w| w.order_by(p.id.asc())));
/// assert_eq!(values.all(db).await?, [None, Some(0.5)]);
/// # Ok(()) }) }
/// ```
pub fn var_samp<E: Expression>(value: E) -> NoWindowYet<f64, Nullable>
where
    E::Value: Numeric,
{
    aggregate(AggregateFunction::SampleVariance, Some(value.into_node()), Kind::DoublePrecision)
}
