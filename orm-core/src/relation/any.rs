//! Conditions on related rows (EXISTS subqueries).

use super::{Many, Part};
use crate::expression::{Condition, IntoCondition};
use crate::mode::Required;
use crate::model::Model;
use crate::syntax::{Node, Projection, Source};

impl<T: Model, H> Many<T, H> {
    /// Whether at least one related row meets a condition.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let with_drafts = User::query().filter(|u| u.posts().any(|p| p.published.is_false()));
    /// assert_eq!(with_drafts.select(|u| u.name).all(db).await?, ["Ann"]);
    /// # Ok(()) }) }
    /// ```
    pub fn any<C: IntoCondition>(self, condition: impl FnOnce(T::Fields<Required>) -> C) -> Condition {
        let mut select = self.part().correlated();
        select.projection = Projection::One;
        condition(T::fields(Source::table(select.base))).into_condition().0.push_onto(&mut select.filter);
        Condition(Node::Exists(select))
    }

    /// Whether no related row meets a condition.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let quiet = User::query().filter(|u| u.posts().none(|p| p.published.is_true()));
    /// assert_eq!(quiet.select(|u| u.name).all(db).await?, ["Bob"]);
    /// # Ok(()) }) }
    /// ```
    pub fn none<C: IntoCondition>(self, condition: impl FnOnce(T::Fields<Required>) -> C) -> Condition {
        self.any(condition).not()
    }

    /// Whether every related row meets a condition; true if there are none. A row for which the condition is unknown (NULL)
    /// does not meet it.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let without_drafts = User::query().filter(|u| u.posts().every(|p| p.published.is_true()));
    /// assert_eq!(without_drafts.select(|u| u.name).all(db).await?, ["Bob"]); // who has no posts at all
    /// # Ok(()) }) }
    /// ```
    pub fn every<C: IntoCondition>(self, condition: impl FnOnce(T::Fields<Required>) -> C) -> Condition {
        self.none(|row| condition(row).into_condition().known().eq(false))
    }

    /// Whether there is a related row.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let writers = User::query().filter(|u| u.posts().is_present());
    /// assert_eq!(writers.select(|u| u.name).all(db).await?, ["Ann"]);
    /// # Ok(()) }) }
    /// ```
    pub fn is_present(self) -> Condition {
        self.part().is_present()
    }

    /// Whether there is no related row.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let silent = User::query().filter(|u| u.posts().is_absent());
    /// assert_eq!(silent.select(|u| u.name).all(db).await?, ["Bob"]);
    /// # Ok(()) }) }
    /// ```
    pub fn is_absent(self) -> Condition {
        self.part().is_absent()
    }
}

impl<T: Model> Part<T> {
    /// Whether at least one related row passes the filter.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let drafts = |u: UserFields| u.posts().filter(|p| p.published.is_false());
    /// assert_eq!(User::query().filter(|u| drafts(u).is_present()).select(|u| u.name).all(db).await?, ["Ann"]);
    /// # Ok(()) }) }
    /// ```
    pub fn is_present(self) -> Condition {
        let mut select = self.correlated();
        select.projection = Projection::One;
        Condition(Node::Exists(select))
    }

    /// Whether no related row passes the filter.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let drafts = |u: UserFields| u.posts().filter(|p| p.published.is_false());
    /// assert_eq!(User::query().filter(|u| drafts(u).is_absent()).select(|u| u.name).all(db).await?, ["Bob"]);
    /// # Ok(()) }) }
    /// ```
    pub fn is_absent(self) -> Condition {
        self.is_present().not()
    }
}
