//! Deletes.

use std::fmt;
use std::marker::PhantomData;
use std::panic::Location;

use super::{Bounded, Filtered, Unfiltered};
use crate::dialect::Dialect;
use crate::error::Result;
use crate::expression::Condition;
use crate::mode::Required;
use crate::model::Model;
use crate::render::{render, sketch};
use crate::session::{Executor, Pending};
use crate::syntax::{self, Command, Source, Statement};

/// A delete, started with [`Model::delete`].
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let deleted = Post::delete().filter(|p| p.published.is_false()).execute(db).await?;
/// assert_eq!(deleted, 1);
/// # Ok(()) }) }
/// ```
#[must_use = "a delete does nothing until `.execute(&db)` runs it"]
pub struct Delete<T: Model, F = Unfiltered> {
    pub(crate) delete: syntax::Delete,
    _state: PhantomData<fn() -> (T, F)>,
}

impl<T: Model, F> Clone for Delete<T, F> {
    fn clone(&self) -> Self {
        Delete { delete: self.delete.clone(), _state: PhantomData }
    }
}

impl<T: Model, F> fmt::Debug for Delete<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        sketch(f, "Delete", Command::Delete(self.delete.clone()))
    }
}

impl<T: Model> Delete<T> {
    pub(crate) fn new() -> Self {
        Delete { delete: syntax::Delete::new(T::table()), _state: PhantomData }
    }
}

impl<T: Model, F> Delete<T, F> {
    /// Which rows it sees.
    pub(crate) fn sight(&mut self) -> &mut syntax::Sight {
        &mut self.delete.sight
    }

    fn state<F2>(self) -> Delete<T, F2> {
        Delete { delete: self.delete, _state: PhantomData }
    }

    /// Deletes the rows that meet a condition. A second filter is a further condition.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let with_posts = User::delete().filter(|u| u.id.is_in(Post::query().select(|p| p.author_id)));
    /// assert_eq!(with_posts.execute(db).await?, 1);
    /// # Ok(()) }) }
    /// ```
    pub fn filter(mut self, condition: impl FnOnce(T::Fields<Required>) -> Condition) -> Delete<T, Filtered> {
        let condition = condition(T::fields(Source::table(self.delete.base)));
        condition.0.push_onto(&mut self.delete.filter);
        self.state()
    }

    /// Deletes every row: says that this is meant.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// Post::delete().all_rows().execute(db).await?;
    /// assert!(!Post::query().exists(db).await?);
    /// # Ok(()) }) }
    /// ```
    pub fn all_rows(self) -> Delete<T, Filtered> {
        self.state()
    }

    /// Runs the delete; gives how many rows went.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// assert_eq!(User::delete().filter(|u| u.id.eq(1)).execute(db).await?, 1);
    /// assert_eq!(Post::query().count(db).await?, 0); // the foreign key says `on_delete = cascade`
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn execute<'a>(self, on: impl Executor<'a>) -> Pending<'a, u64>
    where
        F: Bounded,
    {
        let at = Location::caller();
        let on = on.on();
        Pending::new(async move {
            Ok(on
                .lease(self.delete.table.bind, at)
                .await?
                .run(Command::Delete(self.delete), &mut (), at)
                .await?
                .affected)
        })
    }

    /// The statement for a database, without one.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let statement = Post::delete().filter(|p| p.id.eq(2)).to_sql(&orm::dialect::SQLITE)?;
    /// assert_eq!(statement.sql, r#"DELETE FROM "posts" WHERE "id" = ?"#);
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// If the database lacks something that the delete needs.
    pub fn to_sql(&self, dialect: &Dialect) -> Result<Statement> {
        render(Command::Delete(self.delete.clone()), dialect)
    }
}
