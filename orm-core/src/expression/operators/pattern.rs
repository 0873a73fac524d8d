//! Patterns.

use crate::expression::{Condition, Pattern, pattern};
use crate::value::{Textual, Value};

on_values! {
    /// Patterns: texts of the program, or columns and expressions of text ([`Pattern`]). Whether letters of another case match
    /// is for the column's collation to say: by default they do on MySQL and MariaDB, and on SQLite for ASCII letters.
    impl<V: Value, N> __Ty<V, N> {
        /// Like a pattern: `%` stands for any text, `_` for one character, `!` before either for itself.
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

        /// Not like a pattern; see [`like`](Self::like).
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

        /// Begins with `text`, in which nothing is special.
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

        /// Ends with `text`, in which nothing is special.
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
        pub fn contains(self, text: impl Pattern) -> Condition
        where
            V: Textual,
        {
            pattern::like(self.into_node(), pattern::around("%", text.node(), "%"), false)
        }
    }
}
