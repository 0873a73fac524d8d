//! Queries inside queries.

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
    /// There is such a row: a condition of the query around. A column of that query, captured by a closure of this
    /// one, correlates the two.
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

    /// There is no such row; see [`is_present`](Self::is_present).
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
    /// There is such a row: a condition of the query around.
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

    /// There is no such row.
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
    /// The selected value of the only row, NULL if there is none: an expression of the query around.
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
    /// The selected value of the only row, NULL if there is none: an expression of the query around.
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
