//! Row locks for reads by primary key.

/// Generates the methods of types with a `lock`; the expression is an example call of a session method.
macro_rules! locks {
    ($example:literal) => {
        /// Locks the row until the transaction ends, and reads its latest values: no other transaction can change or lock it.
        ///
        /// In SQLite, a transaction that may write keeps all others from writing from its start, so there is nothing left
        /// to lock.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let mut s = db.session();
        /// let ann = s.get::<User>(1).await?;
        #[doc = concat!("s.", $example, ".for_update().await?; // whatever was read before, this is the newest")]
        /// s[ann].age = s[ann].age.map(|age| age + 1);
        /// s.commit().await?;
        /// assert_eq!(User::find(1).one(db).await?.age, Some(42));
        /// # Ok(()) }) }
        /// ```
        pub fn for_update(mut self) -> Self {
            self.lock.get_or_insert_default().strength = Some(crate::syntax::Strength::Update);
            self
        }

        /// Locks the row against changes until the transaction ends; others may take the same lock.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let mut s = db.session();
        /// let ann = s.get::<User>(1).await?;
        #[doc = concat!("s.", $example, ".for_share().await?;")]
        /// s.add(Post::insert().author(ann).title("Third")); // she stays until the commit
        /// s.commit().await?;
        /// # Ok(()) }) }
        /// ```
        pub fn for_share(mut self) -> Self {
            self.lock.get_or_insert_default().strength = Some(crate::syntax::Strength::Share);
            self
        }

        /// Does not wait if another transaction has locked the row: then it is an error of kind `LockTimeout`.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let mut s = db.session();
        /// let ann = s.get::<User>(1).await?;
        #[doc = concat!("match s.", $example, ".for_update().nowait().await {")]
        ///     Err(error) if error.is_lock_timeout() => println!("somebody else has {} in hand", s[ann].name),
        ///     locked => drop(locked?),
        /// }
        /// # Ok(()) }) }
        /// ```
        pub fn nowait(mut self) -> Self {
            self.lock.get_or_insert_default().wait = crate::syntax::Wait::Fail;
            self
        }
    };
}
pub(super) use locks;
