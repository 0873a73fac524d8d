//! Lateral joins: rows that a select makes for each row at hand.

use super::{Query, Rows};
use crate::scope::{Push, Scope};
use crate::shape::{Derived, MaybeDerived, Shape};
use crate::syntax::{JoinKind, On, Origin};

impl<S: Scope> Query<S> {
    /// Joins each row with the rows of a select that names its columns: the newest posts of each user, say. Rows for which
    /// the select has none are left out.
    ///
    /// MySQL has lateral joins. SQLite and MariaDB have none, and refuse them: load related rows `with` the row, or number
    /// the rows over a [window](crate::window) and filter a derived table of that.
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

    /// As [`join_lateral`](Self::join_lateral), but rows for which the select has none are kept: the new side is an
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
