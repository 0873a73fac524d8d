//! Creating and dropping the tables of models.

use std::panic::Location;

use super::Database;
use crate::schema::ModelSet;
use crate::session::{Executor, Pending, tables};

impl Database {
    /// Creates the tables of a model or a tuple of models, with keys, indexes and foreign keys, in the order that the
    /// foreign keys require, each in the database that its model names with `#[orm(bind = "..")]`. Existing tables are left
    /// unchanged, and views, models with `#[orm(view)]`, are skipped.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// db.create_tables::<(Post, User)>().await?; // they exist: does nothing
    /// assert_eq!(User::query().count(db).await?, 2);
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    #[rustfmt::skip] // rustc shows the line to whoever writes `create_tables::<User, Post>()`
    pub fn create_tables<S: ModelSet>(&self) -> Pending<'_, ()> { // `::<User>()`, or of several: `::<(User, Post)>()`
        let at = Location::caller();
        Pending::new(tables::create(Executor::on(self), S::tables(), at))
    }

    /// Drops the tables of a model or a tuple of models, in reverse order. Tables that do not exist are skipped, and so are
    /// views.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// db.drop_tables::<(User, Post)>().await?;
    /// assert!(User::query().count(db).await.unwrap_err().is_no_such_table());
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn drop_tables<S: ModelSet>(&self) -> Pending<'_, ()> {
        let at = Location::caller();
        Pending::new(tables::drop_all(Executor::on(self), S::tables(), at))
    }
}
