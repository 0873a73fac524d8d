//! Subqueries in conditions and expressions.

use super::{Query, Rows};
use crate::expression::{Condition, Expr};
use crate::mode::Nullable;
use crate::scope::Scope;
use crate::syntax::{Node, Select};
use crate::value::Value;

fn exists(mut select: Box<Select>) -> Condition {
    select.strip();
    Condition(Node::Exists(select))
}

impl<S: Scope, O> Query<S, O> {
    /// EXISTS: whether the subquery returns any row, as a condition of the outer query. A closure that captures a column of
    /// the outer query makes it a correlated subquery.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let active = User::query().filter(|u| Post::query().filter(|p| p.author_id.eq(u.id)).is_present());
    /// assert_eq!(active.select(|u| u.name).all(db).await?, ["Ann"]);
    /// # Ok(()) }) }
    /// ```
    pub fn is_present(self) -> Condition {
        exists(self.select)
    }

    /// NOT EXISTS: whether the subquery returns no row. See [`is_present`](Self::is_present).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let quiet = User::query().filter(|u| Post::query().filter(|p| p.author_id.eq(u.id)).is_absent());
    /// assert_eq!(quiet.select(|u| u.name).all(db).await?, ["Bob"]);
    /// # Ok(()) }) }
    /// ```
    pub fn is_absent(self) -> Condition {
        self.is_present().not()
    }
}

impl<O> Rows<O> {
    /// EXISTS: whether the subquery returns any row, as a condition of the outer query.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let ids = |u: UserFields| Post::query().filter(move |p| p.author_id.eq(u.id)).select(|p| p.id);
    /// assert_eq!(User::query().filter(|u| ids(u).is_present()).count(db).await?, 1);
    /// # Ok(()) }) }
    /// ```
    pub fn is_present(self) -> Condition {
        exists(self.select)
    }

    /// NOT EXISTS: whether the subquery returns no row.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let ids = |u: UserFields| Post::query().filter(move |p| p.author_id.eq(u.id)).select(|p| p.id);
    /// assert_eq!(User::query().filter(|u| ids(u).is_absent()).count(db).await?, 1);
    /// # Ok(()) }) }
    /// ```
    pub fn is_absent(self) -> Condition {
        self.is_present().not()
    }
}

impl<V: Value> Rows<V> {
    /// A scalar subquery: the selected value of the only row, NULL if there is none, as an expression of the outer query.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let posts = |u: UserFields| Post::query().filter(move |p| p.author_id.eq(u.id));
    /// let counts = User::query().select(|u| (u.name, posts(u).aggregate(|g| g.count()).scalar()));
    /// let rows = counts.all(db).await?;
    /// assert_eq!(rows, [("Ann".to_owned(), Some(2)), ("Bob".to_owned(), Some(0))]);
    /// # Ok(()) }) }
    /// ```
    pub fn scalar(self) -> Expr<V, Nullable> {
        Expr::new(Node::Scalar(self.select, V::KIND))
    }
}

impl<V: Value> Rows<Option<V>> {
    /// A scalar subquery: the selected value of the only row, NULL if there is none, as an expression of the outer query.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let oldest = User::query().aggregate(|g| g.max(|u| u.age)).scalar();
    /// assert_eq!(User::query().filter(|u| u.age.eq(oldest)).one(db).await?.name, "Ann");
    /// # Ok(()) }) }
    /// ```
    pub fn scalar(self) -> Expr<V, Nullable> {
        Expr::new(Node::Scalar(self.select, V::KIND))
    }
}
