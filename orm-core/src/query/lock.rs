//! Row locks of queries: FOR UPDATE and FOR SHARE.

use super::{Query, Rows};
use crate::scope::Scope;
use crate::selection::Tables;
use crate::syntax::{Lock, Strength, Wait};

macro_rules! locks {
    () => {
        fn lock(&mut self) -> &mut Lock {
            self.select.lock.get_or_insert_default()
        }

        /// Locks the rows until the end of the transaction: no other transaction can change or lock them (FOR UPDATE).
        /// Outside a transaction, where the lock would end at once, this is an error.
        ///
        /// On SQLite, a transaction that may write blocks all other writers from its start, so there is nothing to lock.
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

        /// Locks the rows against changes until the end of the transaction; other transactions may lock them in the same way
        /// (FOR SHARE).
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

        /// Fails with an error of kind `LockTimeout` instead of waiting for rows that another transaction has locked
        /// (NOWAIT).
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

        /// Skips rows that another transaction has locked (SKIP LOCKED), so that several workers can take jobs from one
        /// queue. On SQLite, where only one session writes at a time, the workers take turns, and no row is ever locked by
        /// another one.
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

/// Row locks.
impl<S: Scope, O> Query<S, O> {
    locks!();

    /// Locks only rows of these tables of a join (FOR UPDATE OF). MariaDB does not support it; on SQLite there is nothing to
    /// lock. To lock the rows of a joined query, call `for_update` on that query.
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

/// Row locks.
impl<O> Rows<O> {
    locks!();
}
