//! Locks on the rows that a query gives.

use super::{Query, Rows};
use crate::scope::Scope;
use crate::selection::Tables;
use crate::syntax::{Lock, Strength, Wait};

macro_rules! locks {
    () => {
        fn lock(&mut self) -> &mut Lock {
            self.select.lock.get_or_insert_default()
        }

        /// Locks the rows until the transaction ends: no other transaction can change or lock them. Outside a
        /// transaction, where the lock would end at once, that is an error.
        ///
        /// In SQLite, a transaction that may write keeps all others from writing from its start: there is nothing left
        /// to lock.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let age = db.transaction().run(async |mut tx| {
        ///     let ann = User::find(1).for_update().one(&mut tx).await?;
        ///     User::update().set(|u| u.age.to(ann.age.map(|age| age + 1))).filter(|u| u.id.eq(1)).execute(&mut tx).await
        /// });
        /// assert_eq!(age.await?, 1);
        /// assert!(User::find(1).for_update().one(db).await.unwrap_err().is_invalid_query());
        /// # Ok(()) }) }
        /// ```
        pub fn for_update(mut self) -> Self {
            self.lock().strength = Some(Strength::Update);
            self
        }

        /// Locks the rows against changes until the transaction ends; others may lock them in the same way.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let query = User::query().for_share();
        /// assert!(query.to_sql(&orm::dialect::MYSQL)?.sql.ends_with("FROM `users` FOR SHARE"));
        /// assert!(query.to_sql(&orm::dialect::MARIADB)?.sql.ends_with("FROM `users` LOCK IN SHARE MODE"));
        /// # let _ = db; Ok(()) }) }
        /// ```
        pub fn for_share(mut self) -> Self {
            self.lock().strength = Some(Strength::Share);
            self
        }

        /// Does not wait for rows that another transaction has locked: then the statement fails with an error of kind
        /// `LockTimeout`.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let query = User::query().for_update().nowait();
        /// assert!(query.to_sql(&orm::dialect::MYSQL)?.sql.ends_with("FROM `users` FOR UPDATE NOWAIT"));
        /// # let _ = db; Ok(()) }) }
        /// ```
        pub fn nowait(mut self) -> Self {
            self.lock().wait = Wait::Fail;
            self
        }

        /// Leaves out rows that another transaction has locked: so several workers take jobs from one queue. In SQLite,
        /// where one session writes at a time, they take turns, and no row is locked by another one then.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let next = Post::query().order_by(|p| p.id.asc()).limit(1).for_update().skip_locked();
        /// assert!(next.to_sql(&orm::dialect::MYSQL)?.sql.ends_with("LIMIT ? FOR UPDATE SKIP LOCKED"));
        /// # let _ = db; Ok(()) }) }
        /// ```
        pub fn skip_locked(mut self) -> Self {
            self.lock().wait = Wait::Skip;
            self
        }
    };
}

/// Locks on rows.
impl<S: Scope, O> Query<S, O> {
    locks!();

    /// Locks only rows of these tables of a join. MariaDB cannot; in SQLite there is nothing to lock. The rows of a query that is joined
    /// are locked inside of it, with its own `for_update`.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let query = Post::query().join(|p| p.author()).for_update().of(|(p, _)| p);
    /// assert!(query.to_sql(&orm::dialect::MYSQL)?.sql.ends_with("FOR UPDATE OF `posts`"));
    /// # let _ = db; Ok(()) }) }
    /// ```
    pub fn of<T: Tables>(mut self, tables: impl FnOnce(S::Columns) -> T) -> Self {
        let tables = tables(self.columns());
        tables.push(&mut self.lock().of);
        self
    }
}

/// Locks on rows.
impl<O> Rows<O> {
    locks!();
}
