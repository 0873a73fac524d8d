//! Lateral joins: a subquery that is evaluated for each row.

use super::{Query, RowSource};
use crate::scope::{Push, Scope};
use crate::shape::{Derived, MaybeDerived, Shape};
use crate::syntax::{JoinKind, Node, On, Origin};

impl<S: Scope> Query<S> {
    /// Joins each row with the rows of a correlated subquery, such as the newest posts of each user (`JOIN LATERAL`). Rows
    /// for which the subquery returns nothing are left out.
    ///
    /// MySQL supports lateral joins. On SQLite and MariaDB, they are an error: load related rows with [`with`](Query::with),
    /// or number the rows with a [window function](crate::window) and filter a derived table of that. Every database can
    /// join each row with the [`elements`](crate::Column::elements) of a JSON array in it, and filter these.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let newest = User::query()
    ///     .join_lateral(|u| Post::query().filter(|p| p.author_id.eq(u.id)).order_by(|p| p.id.desc()).limit(2).select(|p| p.title))
    ///     .select(|(u, title)| (u.name, title));
    /// # if db.dialect().name == "MySQL" {
    /// let rows: Vec<(String, String)> = newest.all(db).await?;
    /// # } else { assert!(newest.all(db).await.unwrap_err().is_unsupported()); }
    /// # Ok(()) }) }
    /// ```
    pub fn join_lateral<O: Shape, R: RowSource<O>>(self, rows: impl FnOnce(S::Columns) -> R) -> Query<S::Out>
    where
        S: Push<Derived<O>>,
    {
        match self.lateral(rows) {
            (origin, None) => self.with_rows(origin, JoinKind::Cross, On::Nothing),
            (origin, Some(condition)) => self.with_rows(origin, JoinKind::Inner, On::Condition(condition)),
        }
    }

    /// Like [`join_lateral`](Self::join_lateral), but keeps rows for which the subquery returns nothing: the new side is an
    /// `Option`.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// use orm::dialect::MYSQL;
    /// let users = User::query().left_join_lateral(|u| Post::query().filter(|p| p.author_id.eq(u.id)).limit(1).into_rows());
    /// assert!(users.select(|(u, _)| u.id).to_sql(&MYSQL)?.sql.contains(" LEFT JOIN LATERAL (SELECT "));
    /// # let _ = db; Ok(()) }) }
    /// ```
    pub fn left_join_lateral<O: Shape, R: RowSource<O>>(
        self,
        rows: impl FnOnce(S::Columns) -> R,
    ) -> Query<S::Out>
    where
        S: Push<MaybeDerived<O>>,
    {
        let (origin, condition) = self.lateral(rows);
        self.with_rows(origin, JoinKind::Left, condition.map_or(On::Nothing, On::Condition))
    }

    /// Returns the rows, and a condition on them. Elements of an array need no LATERAL, so their filter becomes a condition of
    /// the join, which every database supports.
    fn lateral<O: Shape, R: RowSource<O>>(
        &self,
        rows: impl FnOnce(S::Columns) -> R,
    ) -> (Origin, Option<Node>) {
        match rows(self.columns()).origin() {
            Origin::Derived(select) => match select.filtered_elements(self.select.next_source()) {
                Some((document, condition)) => (Origin::Elements(Box::new(document)), condition),
                None => (Origin::Lateral(select), None),
            },
            origin => (origin, None),
        }
    }
}
