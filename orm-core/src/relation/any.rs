//! Questions about related rows, answered by subqueries.

use super::Many;
use crate::expression::{Condition, Expr, Expression};
use crate::mode::{Nullable, Required};
use crate::model::Model;
use crate::syntax::{
    AggregateCall, AggregateFunction, ColumnRef, Comparison, Item, Node, Operator, Projection, Select, Source,
};
use crate::value::{Averaged, Kind, Summed, Value};

impl<T: Model, H> Many<T, H> {
    /// The related rows, correlated with the row at hand.
    fn select(&self) -> Select {
        let mut select = self.way.select(T::table());
        let ends = self.way.ends();
        let there = ends.source(&select);
        for (&near, &far) in ends.near.iter().zip(&ends.far) {
            let near = Node::Column(ColumnRef::new(self.source, near));
            let far = Node::Column(ColumnRef::new(there, far));
            select.filter.push(Node::binary(far, Operator::Compare(Comparison::Equal), near));
        }
        select
    }

    fn select_where(&self, condition: impl FnOnce(T::Fields<Required>) -> Condition) -> Box<Select> {
        let mut select = Box::new(self.select());
        select.projection = Projection::One;
        condition(T::fields(Source::table(select.base))).0.push_onto(&mut select.filter);
        select
    }

    /// At least one related row meets a condition.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let with_drafts = User::query().filter(|u| u.posts().any(|p| p.published.is_false()));
    /// assert_eq!(with_drafts.select(|u| u.name).all(db).await?, ["Ann"]);
    /// # Ok(()) }) }
    /// ```
    pub fn any(self, condition: impl FnOnce(T::Fields<Required>) -> Condition) -> Condition {
        Condition(Node::Exists(self.select_where(condition)))
    }

    /// No related row meets a condition.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let quiet = User::query().filter(|u| u.posts().none(|p| p.published.is_true()));
    /// assert_eq!(quiet.select(|u| u.name).all(db).await?, ["Bob"]);
    /// # Ok(()) }) }
    /// ```
    pub fn none(self, condition: impl FnOnce(T::Fields<Required>) -> Condition) -> Condition {
        self.any(condition).not()
    }

    /// Every related row meets a condition: also if there are none. A row for which it is unknown does not meet it.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let without_drafts = User::query().filter(|u| u.posts().every(|p| p.published.is_true()));
    /// assert_eq!(without_drafts.select(|u| u.name).all(db).await?, ["Bob"]); // who has no posts at all
    /// # Ok(()) }) }
    /// ```
    pub fn every(self, condition: impl FnOnce(T::Fields<Required>) -> Condition) -> Condition {
        self.none(|row| condition(row).known().eq(false))
    }

    /// How many related rows there are.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let users = User::query().order_by(|u| u.posts().count().desc()).select(|u| (u.name, u.posts().count()));
    /// assert_eq!(users.all(db).await?, [("Ann".to_owned(), 2), ("Bob".to_owned(), 0)]);
    /// # Ok(()) }) }
    /// ```
    pub fn count(self) -> Expr<i64> {
        let mut select = Box::new(self.select());
        select.projection = Projection::Count;
        Expr::new(Node::Scalar(select, Kind::BigInt))
    }

    /// The sum of a column of the related rows; NULL if there are none.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let ids = User::query().order_by(|u| u.id.asc()).select(|u| u.posts().sum(|p| p.id));
    /// assert_eq!(ids.all(db).await?, [Some(3), None]);
    /// # Ok(()) }) }
    /// ```
    pub fn sum<E>(
        self,
        column: impl FnOnce(T::Fields<Required>) -> E,
    ) -> Expr<<E::Value as Summed>::Sum, Nullable>
    where
        E: Expression<Value: Summed>,
    {
        self.over(AggregateFunction::Sum, column)
    }

    /// The average of a column of the related rows; NULL if there are none.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let ids = User::find(1).select(|u| u.posts().avg(|p| p.id));
    /// assert_eq!(ids.one(db).await?, Some(1.5));
    /// # Ok(()) }) }
    /// ```
    pub fn avg<E>(
        self,
        column: impl FnOnce(T::Fields<Required>) -> E,
    ) -> Expr<<E::Value as Averaged>::Average, Nullable>
    where
        E: Expression<Value: Averaged>,
    {
        self.over(AggregateFunction::Average, column)
    }

    /// The greatest value of a column of the related rows; NULL if there are none.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let users = User::query().order_by(|u| u.posts().max(|p| p.id).desc()).select(|u| u.posts().max(|p| p.title));
    /// assert_eq!(users.all(db).await?, [Some("Hello".to_owned()), None]);
    /// # Ok(()) }) }
    /// ```
    pub fn max<E: Expression>(
        self,
        column: impl FnOnce(T::Fields<Required>) -> E,
    ) -> Expr<E::Value, Nullable> {
        self.over(AggregateFunction::Max, column)
    }

    /// The least value of a column of the related rows; NULL if there are none.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let first = User::find(1).select(|u| u.posts().min(|p| p.title));
    /// assert_eq!(first.one(db).await?.as_deref(), Some("Draft"));
    /// # Ok(()) }) }
    /// ```
    pub fn min<E: Expression>(
        self,
        column: impl FnOnce(T::Fields<Required>) -> E,
    ) -> Expr<E::Value, Nullable> {
        self.over(AggregateFunction::Min, column)
    }

    fn over<E: Expression, V: Value>(
        self,
        function: AggregateFunction,
        column: impl FnOnce(T::Fields<Required>) -> E,
    ) -> Expr<V, Nullable> {
        let mut select = Box::new(self.select());
        let argument = Some(column(T::fields(Source::table(select.base))).into_node());
        let kind = E::Value::KIND;
        let call = AggregateCall { function, argument, distinct: false, kind, filter: None, joined: None };
        select.projection = Projection::Items(vec![Item::Node(Node::Aggregate(Box::new(call)))]);
        Expr::new(Node::Scalar(select, V::KIND))
    }
}
