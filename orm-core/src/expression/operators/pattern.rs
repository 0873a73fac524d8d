//! Pattern matching: LIKE.

use crate::expression::{Condition, Pattern, pattern};
use crate::value::{Textual, Value};

on_values! {
    /// Pattern matching. A [`Pattern`] is a Rust string, or a column or expression of text. Whether case matters depends on
    /// the column's collation: by default, matching ignores case on MySQL and MariaDB, and for ASCII letters on SQLite.
    impl<V: Value, N> __Ty<V, N> {
        /// Matches a pattern: LIKE. `%` stands for any text, `_` for one character; `!` escapes both.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = Post::query().filter(|p| p.title.like("D___t"));
        /// assert_eq!(found.count(db).await?, 1);
        /// let own = User::query().filter(|u| u.email.like(u.name.lower().concat("@%.org")));
        /// assert_eq!(own.count(db).await?, 2);
        /// # Ok(()) }) }
        /// ```
        pub fn like(self, pattern: impl Pattern) -> Condition
        where
            V: Textual,
        {
            pattern::like(self.into_node(), pattern.node(), false)
        }

        /// Does not match a pattern: NOT LIKE. See [`like`](Self::like).
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let elsewhere = User::query().filter(|u| u.email.not_like("%@example.org"));
        /// assert_eq!(elsewhere.count(db).await?, 0);
        /// # Ok(()) }) }
        /// ```
        pub fn not_like(self, pattern: impl Pattern) -> Condition
        where
            V: Textual,
        {
            pattern::like(self.into_node(), pattern.node(), true)
        }

        /// Starts with `text`, in which no character is special.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::query().filter(|u| u.name.starts_with("A"));
        /// assert_eq!(found.count(db).await?, 1);
        /// let same = User::query().filter(|u| u.email.starts_with(u.name.lower().concat("@")));
        /// assert_eq!(same.count(db).await?, 2);
        /// # Ok(()) }) }
        /// ```
        pub fn starts_with(self, text: impl Pattern) -> Condition
        where
            V: Textual,
        {
            pattern::like(self.into_node(), pattern::around("", text.node(), "%"), false)
        }

        /// Ends with `text`, in which no character is special.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::query().filter(|u| u.email.ends_with("@example.org"));
        /// assert_eq!(found.count(db).await?, 2);
        /// # Ok(()) }) }
        /// ```
        pub fn ends_with(self, text: impl Pattern) -> Condition
        where
            V: Textual,
        {
            pattern::like(self.into_node(), pattern::around("%", text.node(), ""), false)
        }

        /// Contains `text`, in which no character is special.
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
        pub fn contains(self, text: impl Pattern) -> Condition
        where
            V: Textual,
        {
            pattern::like(self.into_node(), pattern::around("%", text.node(), "%"), false)
        }
    }
}
