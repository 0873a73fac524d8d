//! Full outer joins: both sides are optional.

use super::Query;
use super::derived::RowSource;
use crate::expression::{Condition, IntoCondition};
use crate::mode::Nullable;
use crate::model::Model;
use crate::relation::Relation;
use crate::scope::{Maybe, PushFull, Scope};
use crate::shape::{MaybeDerived, Shape};
use crate::syntax::{JoinKind, On};

impl<S: Scope> Query<S> {
    /// Full outer join with the rows that a relation leads to: also keeps the rows of either side without a match on the
    /// other, so that every side is an `Option` from here on.
    ///
    /// For a right join, write a left join from the other table: `Post::query().left_join(|p| p.author())`.
    ///
    /// SQLite supports full joins. For MySQL and MariaDB, a left join is combined with the unmatched rows of the right side;
    /// there, locks on such rows, lateral joins in the same query, and a right side with an ENUM are errors.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let query = User::query().filter(|u| u.name.ne("Ann")).full_join(|u| u.posts());
    /// let rows: Vec<(Option<User>, Option<Post>)> = query.all(db).await?;
    /// assert_eq!(rows.len(), 1); // Bob, who has no posts: the filter applies to the joined rows
    /// assert!(rows[0].0.is_some() && rows[0].1.is_none());
    /// # Ok(()) }) }
    /// ```
    pub fn full_join<R: Relation>(self, relation: impl FnOnce(S::Columns) -> R) -> Query<S::Out>
    where
        S: PushFull<Maybe<R::Target>>,
    {
        let on = relation(self.columns()).on();
        self.with_table(R::Target::table(), JoinKind::Full, on)
    }

    /// Full outer join with the rows of `T` that meet a condition: also keeps the rows of either side without a match on the
    /// other. See [`full_join`](Self::full_join).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let rows = User::query()
    ///     .full_join_on::<Post>(|u, p| p.author_id.eq(u.id).and(p.published.is_true()))
    ///     .order_by(|(u, p)| (u.name.asc().nulls_last(), p.title.asc()))
    ///     .select(|(u, p)| (u.name, p.title));
    /// let [ann, bob, draft] = ["Ann", "Bob", "Draft"].map(|text| Some(text.to_owned()));
    /// assert_eq!(rows.all(db).await?, [(ann, Some("Hello".to_owned())), (bob, None), (None, draft)]);
    /// # Ok(()) }) }
    /// ```
    pub fn full_join_on<T: Model>(
        self,
        condition: impl FnOnce(S::Columns, T::Fields<Nullable>) -> Condition,
    ) -> Query<S::Out>
    where
        S: PushFull<Maybe<T>>,
    {
        let condition = condition(self.columns(), T::fields(self.select.next_source()));
        self.with_table(T::table(), JoinKind::Full, On::Condition(condition.0))
    }

    /// Full outer join with the rows of another query that meet a condition: also keeps the rows of either side without a
    /// match on the other, for example to compare two periods. See [`full_join`](Self::full_join). On MySQL and MariaDB,
    /// selects become CTEs that are read twice, and MariaDB computes them twice: give a `limit` an order without ties, and
    /// select nothing random.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let titles = |published: bool| Post::query().filter(move |p| p.published.eq(published)).select(|p| (p.id, p.title));
    /// let both = titles(true).into_query().full_join_rows(titles(false), |(id, _), (other, _)| id.eq(other));
    /// let rows: Vec<(Option<String>, Option<String>)> = both
    ///     .order_by(|((id, _), (other, _))| id.coalesce(other).asc())
    ///     .select(|((_, published), (_, draft))| (published, draft))
    ///     .all(db)
    ///     .await?;
    /// assert_eq!(rows, [(Some("Hello".to_owned()), None), (None, Some("Draft".to_owned()))]);
    /// # Ok(()) }) }
    /// ```
    pub fn full_join_rows<O: Shape, R: RowSource<O>, C: IntoCondition>(
        self,
        rows: R,
        condition: impl FnOnce(S::Columns, O::Columns<Nullable>) -> C,
    ) -> Query<S::Out>
    where
        S: PushFull<MaybeDerived<O>>,
    {
        let joined = O::columns(self.select.next_source(), &mut 0);
        let on = On::Condition(condition(self.columns(), joined).into_condition().0);
        self.with_rows(rows.origin(), JoinKind::Full, on)
    }
}
