//! Joins.

use std::marker::PhantomData;

use super::Query;
use crate::expression::Condition;
use crate::mode::{Nullable, Required};
use crate::model::Model;
use crate::relation::{Reader, Relation};
use crate::schema::Table;
use crate::scope::{Maybe, Push, Scope};
use crate::syntax::{FromItem, JoinKind, On, Origin};

impl<S: Scope> Query<S> {
    pub(super) fn with_table<P: Scope>(self, table: &'static Table, join: JoinKind, on: On) -> Query<P> {
        self.with_rows(Origin::Table(table), join, on)
    }

    pub(super) fn with_rows<P: Scope>(mut self, origin: Origin, join: JoinKind, on: On) -> Query<P> {
        self.select.from.push(FromItem::joined(origin, join, on));
        self.select.by_key = false;
        Query { select: self.select, reader: Reader::Rows(P::read), _scope: PhantomData }
    }

    /// Inner join with the rows that a relation leads to: `.join(|p| p.author())` gives pairs.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let by_adults = Post::query().join(|p| p.author()).filter(|(_, a)| a.age.ge(18));
    /// let pairs: Vec<(Post, User)> = by_adults.all(db).await?;
    /// assert_eq!(pairs[0].1.name, "Ann");
    /// # Ok(()) }) }
    /// ```
    #[doc(alias("inner_join"))]
    pub fn join<R: Relation>(self, relation: impl FnOnce(S::Columns) -> R) -> Query<S::Out>
    where
        S: Push<R::Target>,
    {
        let on = relation(self.columns()).on();
        self.with_table(R::Target::table(), JoinKind::Inner, on)
    }

    /// Left join with the rows that a relation leads to: also keeps rows without a match, so the new side is an `Option`.
    ///
    /// For a right join, start the left join at the other table.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let rows: Vec<(User, Option<Post>)> = User::query().left_join(|u| u.posts()).all(db).await?;
    /// assert_eq!(rows.len(), 3); // Ann twice, and Bob with `None`
    /// let without = User::query().left_join(|u| u.posts()).filter(|(_, p)| p.id.is_null()).select(|(u, _)| u.name);
    /// assert_eq!(without.all(db).await?, ["Bob"]);
    /// # Ok(()) }) }
    /// ```
    pub fn left_join<R: Relation>(self, relation: impl FnOnce(S::Columns) -> R) -> Query<S::Out>
    where
        S: Push<Maybe<R::Target>>,
    {
        let on = relation(self.columns()).on();
        self.with_table(R::Target::table(), JoinKind::Left, on)
    }

    /// Inner join with the rows of `T` that meet a condition: `.join_on::<Post>(|u, p| p.author_id.eq(u.id))`.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let namesakes = User::query().join_on::<User>(|u, other| other.name.eq(u.name).and(other.id.ne(u.id)));
    /// assert_eq!(namesakes.count(db).await?, 0);
    /// # Ok(()) }) }
    /// ```
    pub fn join_on<T: Model>(
        self,
        condition: impl FnOnce(S::Columns, T::Fields<Required>) -> Condition,
    ) -> Query<S::Out>
    where
        S: Push<T>,
    {
        let condition = condition(self.columns(), T::fields(self.select.next_source()));
        self.with_table(T::table(), JoinKind::Inner, On::Condition(condition.0))
    }

    /// Left join with the rows of `T` that meet a condition: also keeps rows without a match, so the new side is an
    /// `Option`.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let drafts: Vec<(String, Option<String>)> = User::query()
    ///     .left_join_on::<Post>(|u, p| p.author_id.eq(u.id).and(p.published.is_false()))
    ///     .order_by(|(u, _)| u.id.asc())
    ///     .select(|(u, p)| (u.name, p.title))
    ///     .all(db)
    ///     .await?;
    /// assert_eq!(drafts, [("Ann".to_owned(), Some("Draft".to_owned())), ("Bob".to_owned(), None)]);
    /// # Ok(()) }) }
    /// ```
    pub fn left_join_on<T: Model>(
        self,
        condition: impl FnOnce(S::Columns, T::Fields<Nullable>) -> Condition,
    ) -> Query<S::Out>
    where
        S: Push<Maybe<T>>,
    {
        let condition = condition(self.columns(), T::fields(self.select.next_source()));
        self.with_table(T::table(), JoinKind::Left, On::Condition(condition.0))
    }

    /// Cross join: pairs every row with every row of `T`.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let pairs: Vec<(User, Post)> = User::query().cross_join::<Post>().all(db).await?;
    /// assert_eq!(pairs.len(), 2 * 2);
    /// # Ok(()) }) }
    /// ```
    pub fn cross_join<T: Model>(self) -> Query<S::Out>
    where
        S: Push<T>,
    {
        self.with_table(T::table(), JoinKind::Cross, On::Nothing)
    }
}
