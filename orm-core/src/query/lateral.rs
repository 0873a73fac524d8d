//! Lateral joins: a subquery that is evaluated for each row.

use super::{Query, Rows};
use crate::scope::{Push, Scope};
use crate::shape::{Derived, MaybeDerived, Shape};
use crate::syntax::{JoinKind, On, Origin};

impl<S: Scope> Query<S> {
    /// Joins each row with the rows of a correlated subquery, such as the newest posts of each user (`JOIN LATERAL`). Rows
    /// for which the subquery returns nothing are left out.
    ///
    /// MySQL supports lateral joins. On SQLite and MariaDB, they are an error: load related rows with [`with`](Query::with),
    /// or number the rows with a [window function](crate::window) and filter a derived table of that.
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
    pub fn join_lateral<O: Shape>(self, rows: impl FnOnce(S::Columns) -> Rows<O>) -> Query<S::Out>
    where
        S: Push<Derived<O>>,
    {
        let rows = rows(self.columns());
        self.with_rows(Origin::Lateral(rows.select), JoinKind::Cross, On::Nothing)
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
    pub fn left_join_lateral<O: Shape>(self, rows: impl FnOnce(S::Columns) -> Rows<O>) -> Query<S::Out>
    where
        S: Push<MaybeDerived<O>>,
    {
        let rows = rows(self.columns());
        self.with_rows(Origin::Lateral(rows.select), JoinKind::Left, On::Nothing)
    }
}
