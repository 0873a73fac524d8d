//! Aggregates over related rows, as correlated subqueries.

use super::{Many, Part};
use crate::expression::{Expr, Expression};
use crate::mode::{Nullable, Required};
use crate::model::Model;
use crate::syntax::{AggregateCall, AggregateFunction, Item, Node, Projection, Source};
use crate::value::{Averaged, Kind, Summed, Value};

impl<T: Model, H> Many<T, H> {
    /// The number of related rows (COUNT).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let users = User::query().order_by(|u| u.posts().count().desc()).select(|u| (u.name, u.posts().count()));
    /// assert_eq!(users.all(db).await?, [("Ann".to_owned(), 2), ("Bob".to_owned(), 0)]);
    /// # Ok(()) }) }
    /// ```
    pub fn count(self) -> Expr<i64> {
        self.part().count()
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
        self.part().sum(column)
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
        self.part().avg(column)
    }

    /// The maximum of a column of the related rows; NULL if there are none.
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
        self.part().max(column)
    }

    /// The minimum of a column of the related rows; NULL if there are none.
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
        self.part().min(column)
    }
}

impl<T: Model> Part<T> {
    /// The number of related rows that pass the filter (COUNT).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let drafts = |u: UserFields| u.posts().filter(|p| p.published.is_false());
    /// assert_eq!(User::query().order_by(|u| u.id.asc()).select(|u| drafts(u).count()).all(db).await?, [1, 0]);
    /// # Ok(()) }) }
    /// ```
    pub fn count(self) -> Expr<i64> {
        let mut select = self.correlated();
        select.projection = Projection::Count;
        Expr::new(Node::Scalar(select, Kind::BigInt))
    }

    /// The sum of a column of the related rows that pass the filter; NULL if there are none.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let drafts = |u: UserFields| u.posts().filter(|p| p.published.is_false());
    /// assert_eq!(User::query().order_by(|u| u.id.asc()).select(|u| drafts(u).sum(|p| p.id)).all(db).await?, [Some(2), None]);
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

    /// The average of a column of the related rows that pass the filter; NULL if there are none.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let drafts = |u: UserFields| u.posts().filter(|p| p.published.is_false());
    /// assert_eq!(User::query().order_by(|u| u.id.asc()).select(|u| drafts(u).avg(|p| p.id)).all(db).await?, [Some(2.0), None]);
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

    /// The maximum of a column of the related rows that pass the filter; NULL if there are none.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let drafts = |u: UserFields| u.posts().filter(|p| p.published.is_false());
    /// assert_eq!(User::query().order_by(|u| u.id.asc()).select(|u| drafts(u).max(|p| p.id)).all(db).await?, [Some(2), None]);
    /// # Ok(()) }) }
    /// ```
    pub fn max<E: Expression>(
        self,
        column: impl FnOnce(T::Fields<Required>) -> E,
    ) -> Expr<E::Value, Nullable> {
        self.over(AggregateFunction::Max, column)
    }

    /// The minimum of a column of the related rows that pass the filter; NULL if there are none.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let drafts = |u: UserFields| u.posts().filter(|p| p.published.is_false());
    /// assert_eq!(User::query().order_by(|u| u.id.asc()).select(|u| drafts(u).min(|p| p.id)).all(db).await?, [Some(2), None]);
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
        let mut select = self.correlated();
        let argument = Some(column(T::fields(Source::table(select.base))).into_node());
        let kind = E::Value::KIND;
        let call = AggregateCall { function, argument, distinct: false, kind, filter: None, joined: None };
        select.projection = Projection::Items(vec![Item::Node(Node::Aggregate(Box::new(call)))]);
        Expr::new(Node::Scalar(select, V::KIND))
    }
}
