//! Index hints.

use super::Query;
use crate::scope::Scope;
use crate::syntax::{Advice, IndexHint};

macro_rules! hints {
    ($($(#[$doc:meta])* $name:ident $advice:ident;)*) => { $(
        $(#[$doc])*
        pub fn $name(self, index: &str) -> Self {
            self.hint(Advice::$advice, index)
        }
    )* };
}

/// Index hints for the table that was joined last, or for the first table if there are no joins.
impl<S: Scope, O> Query<S, O> {
    fn hint(mut self, advice: Advice, index: &str) -> Self {
        if let Some(table) = self.select.from.last_mut() {
            table.hints.push(IndexHint { advice, index: index.to_owned() });
        }
        self
    }

    hints! {
        /// Restricts the server to this index of the table, or none: USE INDEX. SQLite has no such hint.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let query = User::query().use_index("users_email_key").filter(|u| u.email.eq("ann@example.org"));
        /// assert!(query.to_sql(&orm::dialect::MYSQL)?.sql.contains("FROM `users` USE INDEX (`users_email_key`) WHERE"));
        /// # let _ = db; Ok(()) }) }
        /// ```
        use_index Use;
        /// Makes the server use this index of the table wherever possible: FORCE INDEX, on SQLite INDEXED BY. On SQLite, it
        /// is an error if the index cannot be used for the query, and the indexes behind unique columns have no names.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let query = User::query().force_index("users_email_key");
        /// assert!(query.to_sql(&orm::dialect::MYSQL)?.sql.ends_with("FORCE INDEX (`users_email_key`)"));
        /// # let _ = db; Ok(()) }) }
        /// ```
        force_index Force;
        /// Keeps the server from using this index of the table: IGNORE INDEX. SQLite has no such hint.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let query = User::query().ignore_index("users_email_key");
        /// assert!(query.to_sql(&orm::dialect::MYSQL)?.sql.ends_with("IGNORE INDEX (`users_email_key`)"));
        /// # let _ = db; Ok(()) }) }
        /// ```
        ignore_index Ignore;
    }
}
