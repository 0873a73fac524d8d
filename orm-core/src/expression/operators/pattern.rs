//! Patterns.

use crate::expression::{Condition, pattern};
use crate::value::{Textual, Value};

on_values! {
    /// Patterns. Whether letters of another case match is for the column's collation to say: by default they do on
    /// MySQL and MariaDB, and on SQLite for ASCII letters.
    impl<V: Value, N> __Ty<V, N> {
        /// Like a pattern: `%` stands for any text, `_` for one character, `!` before either for itself.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = Post::query().filter(|p| p.title.like("D___t"));
        /// assert_eq!(found.count(db).await?, 1);
        /// # Ok(()) }) }
        /// ```
        pub fn like(self, pattern: &str) -> Condition
        where
            V: Textual,
        {
            pattern::like(self.into_node(), pattern.to_owned(), false)
        }

        /// Not like a pattern; see [`like`](Self::like).
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let elsewhere = User::query().filter(|u| u.email.not_like("%@example.org"));
        /// assert_eq!(elsewhere.count(db).await?, 0);
        /// # Ok(()) }) }
        /// ```
        pub fn not_like(self, pattern: &str) -> Condition
        where
            V: Textual,
        {
            pattern::like(self.into_node(), pattern.to_owned(), true)
        }

        /// Begins with `text`, in which nothing is special.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::query().filter(|u| u.name.starts_with("A"));
        /// assert_eq!(found.count(db).await?, 1);
        /// # Ok(()) }) }
        /// ```
        pub fn starts_with(self, text: &str) -> Condition
        where
            V: Textual,
        {
            pattern::like(self.into_node(), format!("{}%", pattern::escape(text)), false)
        }

        /// Ends with `text`, in which nothing is special.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::query().filter(|u| u.email.ends_with("@example.org"));
        /// assert_eq!(found.count(db).await?, 2);
        /// # Ok(()) }) }
        /// ```
        pub fn ends_with(self, text: &str) -> Condition
        where
            V: Textual,
        {
            pattern::like(self.into_node(), format!("%{}", pattern::escape(text)), false)
        }

        /// Has `text` somewhere, in which nothing is special.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = Post::query().filter(|p| p.title.contains("ell"));
        /// assert_eq!(found.count(db).await?, 1);
        /// let none = Post::query().filter(|p| p.title.contains("%"));
        /// assert_eq!(none.count(db).await?, 0);
        /// # Ok(()) }) }
        /// ```
        pub fn contains(self, text: &str) -> Condition
        where
            V: Textual,
        {
            pattern::like(self.into_node(), format!("%{}%", pattern::escape(text)), false)
        }
    }
}
