//! Hints about indexes.

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

/// Hints about the indexes of the table that was joined last, or of the first one.
impl<S: Scope, O> Query<S, O> {
    fn hint(mut self, advice: Advice, index: &str) -> Self {
        if let Some(table) = self.select.from.last_mut() {
            table.hints.push(IndexHint { advice, index: index.to_owned() });
        }
        self
    }

    hints! {
        /// Lets the server look up rows of the table with this index or none. SQLite has no such hint.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let query = User::query().use_index("users_email_key").filter(|u| u.email.eq("ann@example.org"));
        /// assert!(query.to_sql(&orm::dialect::MYSQL)?.sql.contains("FROM `users` USE INDEX (`users_email_key`) WHERE"));
        /// # let _ = db; Ok(()) }) }
        /// ```
        use_index Use;
        /// Has the server look up rows of the table with this index, wherever it can serve. In SQLite, a query for which
        /// it cannot serve is an error, and the indexes behind unique columns have no names.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let query = User::query().force_index("users_email_key");
        /// assert!(query.to_sql(&orm::dialect::MYSQL)?.sql.ends_with("FORCE INDEX (`users_email_key`)"));
        /// # let _ = db; Ok(()) }) }
        /// ```
        force_index Force;
        /// Keeps the server from using this index of the table. SQLite has no such hint.
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
