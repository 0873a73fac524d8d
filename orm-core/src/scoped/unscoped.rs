//! Statements that ignore the scopes of a database.

use crate::change::{Delete, Update};
use crate::model::Model;
use crate::query::Query;
use crate::relation::{Many, Part};
use crate::scope::Scope;

impl<S: Scope, O> Query<S, O> {
    /// Ignores the scopes of the database: for the tables that this query names and those it reaches over to-one relations.
    /// Subqueries, and to-many relations that it loads, have an `unscoped` of their own.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let published = db.scoped::<Post>(|p| p.published.is_true());
    /// assert_eq!(Post::query().unscoped().count(&published).await?, 2);
    /// let ann = User::find(1).with(|u| u.posts().unscoped()).one(&published).await?;
    /// assert_eq!(ann.1.len(), 2);
    /// # Ok(()) }) }
    /// ```
    pub fn unscoped(mut self) -> Self {
        self.sight().unscoped = true;
        self
    }
}

impl<T: Model, H> Many<T, H> {
    /// Loads the related rows regardless of the scopes of the database.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let published = db.scoped::<Post>(|p| p.published.is_true());
    /// let (_, posts) = User::find(1).with(|u| u.posts().unscoped()).one(&published).await?;
    /// assert_eq!(posts.len(), 2);
    /// # Ok(()) }) }
    /// ```
    pub fn unscoped(self) -> Part<T> {
        self.part().unscoped()
    }
}

impl<T: Model> Part<T> {
    /// Loads the related rows regardless of the scopes of the database.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let published = db.scoped::<Post>(|p| p.published.is_true());
    /// let all = User::find(1).with(|u| u.posts().order_by(|p| p.id.asc()).unscoped());
    /// assert_eq!(all.one(&published).await?.1.len(), 2);
    /// # Ok(()) }) }
    /// ```
    pub fn unscoped(mut self) -> Self {
        self.sight().unscoped = true;
        self
    }
}

impl<T: Model, A, F, S: Scope> Update<T, A, F, S> {
    /// Updates rows regardless of the scopes of the database.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let published = db.scoped::<Post>(|p| p.published.is_true());
    /// let publish = Post::update().set(|p| p.published.to(true)).all_rows();
    /// assert_eq!(publish.clone().execute(&published).await?, 1);
    /// assert_eq!(publish.unscoped().execute(&published).await?, 2);
    /// # Ok(()) }) }
    /// ```
    pub fn unscoped(mut self) -> Self {
        self.sight().unscoped = true;
        self
    }
}

impl<T: Model, F, S: Scope> Delete<T, F, S> {
    /// Deletes rows regardless of the scopes of the database.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let published = db.scoped::<Post>(|p| p.published.is_true());
    /// assert_eq!(Post::delete().all_rows().execute(&published).await?, 1);
    /// assert_eq!(Post::delete().all_rows().unscoped().execute(&published).await?, 1);
    /// # Ok(()) }) }
    /// ```
    pub fn unscoped(mut self) -> Self {
        self.sight().unscoped = true;
        self
    }
}
