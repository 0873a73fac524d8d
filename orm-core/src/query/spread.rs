//! Variances and standard deviations of groups.

use super::aggregates::on_both;
use super::{Filtered, Group};
use crate::expression::{Aggregate, Expr, Expression};
use crate::mode::Nullable;
use crate::scope::Scope;
use crate::syntax::AggregateFunction;
use crate::value::Numeric;

on_both! {
    /// Returns the population standard deviation: `STDDEV_POP(column)`. NULL if there are no values.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let deviation = Post::query().aggregate(|g| g.stddev_pop(|p| p.id)).one(db).await?; // of 1 and 2
    /// assert_eq!(deviation, Some(0.5));
    /// # Ok(()) }) }
    /// ```
    pub fn stddev_pop<E: Expression>(&self, column: impl FnOnce(S::Columns) -> E) -> Aggregate<f64, Nullable>
    where
        E::Value: Numeric,
    {
        self.spread(AggregateFunction::StandardDeviation, column(S::bind(self.base)))
    }

    /// Returns the sample standard deviation: `STDDEV_SAMP(column)`. NULL if there are fewer than two values.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let rows = Post::query().aggregate(|g| (g.stddev_samp(|p| p.id), g.stddev_samp(|p| p.author_id))).one(db).await?;
    /// assert_eq!(rows, (Some(0.5_f64.sqrt()), Some(0.0)));
    /// # Ok(()) }) }
    /// ```
    pub fn stddev_samp<E: Expression>(&self, column: impl FnOnce(S::Columns) -> E) -> Aggregate<f64, Nullable>
    where
        E::Value: Numeric,
    {
        self.spread(AggregateFunction::SampleStandardDeviation, column(S::bind(self.base)))
    }

    /// Returns the population variance: `VAR_POP(column)`. NULL if there are no values.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let variance = Post::query().aggregate(|g| g.var_pop(|p| p.id)).one(db).await?; // of 1 and 2
    /// assert_eq!(variance, Some(0.25));
    /// # Ok(()) }) }
    /// ```
    pub fn var_pop<E: Expression>(&self, column: impl FnOnce(S::Columns) -> E) -> Aggregate<f64, Nullable>
    where
        E::Value: Numeric,
    {
        self.spread(AggregateFunction::Variance, column(S::bind(self.base)))
    }

    /// Returns the sample variance: `VAR_SAMP(column)`. NULL if there are fewer than two values.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let ages = User::query().aggregate(|g| (g.var_samp(|u| u.id), g.var_samp(|u| u.age))).one(db).await?;
    /// assert_eq!(ages, (Some(0.5), None)); // only Ann has an age
    /// # Ok(()) }) }
    /// ```
    pub fn var_samp<E: Expression>(&self, column: impl FnOnce(S::Columns) -> E) -> Aggregate<f64, Nullable>
    where
        E::Value: Numeric,
    {
        self.spread(AggregateFunction::SampleVariance, column(S::bind(self.base)))
    }

    fn spread<E: Expression>(&self, function: AggregateFunction, column: E) -> Aggregate<f64, Nullable> {
        // The kind is that of the result, since it is no decimal even if the column is.
        self.call(function, false, Expr::<f64>::new(column.into_node()), None)
    }
}
