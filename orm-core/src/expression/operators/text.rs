//! Text functions.

use crate::expression::operators::{number, text};
use crate::expression::{Condition, Expr, Term};
use crate::mode::Mode;
use crate::syntax::{Function, Node};
use crate::value::{Datum, Lengthy, Textual, Value};

/// Returns whether this is a number of the program that is not less than another.
const fn is_at_least(least: i64, node: &Node) -> bool {
    matches!(node, Node::Value(Datum::Int(number)) if *number >= least)
}

on_values_and_windows! {
    /// Text functions.
    impl<V: Value, N> __Ty<V, N> {
        /// Converts to lower case.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|u| u.name.lower()).one(db).await?;
        /// assert_eq!(found, "ann");
        /// # Ok(()) }) }
        /// ```
        pub fn lower(self) -> Expr<String, N>
        where
            V: Textual,
        {
            Expr::new(Node::call(Function::Lower, V::KIND, vec![self.into_node()]))
        }

        /// Converts to upper case.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|u| u.name.upper()).one(db).await?;
        /// assert_eq!(found, "ANN");
        /// # Ok(()) }) }
        /// ```
        pub fn upper(self) -> Expr<String, N>
        where
            V: Textual,
        {
            Expr::new(Node::call(Function::Upper, V::KIND, vec![self.into_node()]))
        }

        /// Returns the number of characters.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|u| u.name.char_length()).one(db).await?;
        /// assert_eq!(found, 3);
        /// # Ok(()) }) }
        /// ```
        #[doc(alias("len"))]
        pub fn char_length(self) -> Expr<i64, N>
        where
            V: Textual,
        {
            Expr::new(Node::call(Function::CharLength, V::KIND, vec![self.into_node()]))
        }

        /// Returns the number of bytes of a text or a `Vec<u8>`, without reading the rest.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|_| value("Zoë".to_owned()).byte_length()).one(db).await?;
        /// assert_eq!(found, 4);
        /// # Ok(()) }) }
        /// ```
        pub fn byte_length(self) -> Expr<i64, N>
        where
            V: Lengthy,
        {
            Expr::new(Node::call(Function::ByteLength, V::KIND, vec![self.into_node()]))
        }

        /// Removes spaces at both ends.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|_| value("  a ".to_owned()).trim()).one(db).await?;
        /// assert_eq!(found, "a");
        /// # Ok(()) }) }
        /// ```
        pub fn trim(self) -> Expr<String, N>
        where
            V: Textual,
        {
            Expr::new(Node::call(Function::Trim, V::KIND, vec![self.into_node()]))
        }

        /// Removes spaces at the start.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|_| value("  a ".to_owned()).trim_start()).one(db).await?;
        /// assert_eq!(found, "a ");
        /// # Ok(()) }) }
        /// ```
        pub fn trim_start(self) -> Expr<String, N>
        where
            V: Textual,
        {
            Expr::new(Node::call(Function::TrimStart, V::KIND, vec![self.into_node()]))
        }

        /// Removes spaces at the end.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|_| value("  a ".to_owned()).trim_end()).one(db).await?;
        /// assert_eq!(found, "  a");
        /// # Ok(()) }) }
        /// ```
        pub fn trim_end(self) -> Expr<String, N>
        where
            V: Textual,
        {
            Expr::new(Node::call(Function::TrimEnd, V::KIND, vec![self.into_node()]))
        }

        /// Appends another text; NULL if either is NULL.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|u| u.name.concat(" <").concat(u.email).concat(">")).one(db).await?;
        /// assert_eq!(found, "Ann <ann@example.org>");
        /// # Ok(()) }) }
        /// ```
        pub fn concat<M: Mode>(self, other: impl Term<String, Null = M>) -> Expr<String, N::With<M>>
        where
            V: Textual,
            N: Mode,
        {
            Expr::new(Node::call(Function::Concat, V::KIND, vec![self.into_node(), other.node()]))
        }

        /// Replaces each occurrence of `from` with `to`; case-sensitive. NULL if one of them is NULL.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|u| (u.email.replace("@", " at "), u.email.replace(u.name.lower(), "me"))).one(db).await?;
        /// assert_eq!(found, ("ann at example.org".to_owned(), "me@example.org".to_owned()));
        /// # Ok(()) }) }
        /// ```
        pub fn replace<A: Mode, B: Mode>(
            self,
            from: impl Term<String, Null = A>,
            to: impl Term<String, Null = B>,
        ) -> Expr<String, <N::With<A> as Mode>::With<B>>
        where
            V: Textual,
            N: Mode,
        {
            Expr::new(Node::call(Function::Replace, V::KIND, vec![self.into_node(), from.node(), to.node()]))
        }

        /// Returns `length` characters from position `start`, counted from 1, or from the end if it is negative. If `start` is
        /// 0, the result is empty.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|u| u.email.substring(5, 7)).one(db).await?;
        /// assert_eq!(found, "example");
        /// let domain = User::find(1).select(|u| u.email.substring(u.email.position_of("@") + 1, u.email.char_length()));
        /// assert_eq!(domain.one(db).await?, "example.org");
        /// # Ok(()) }) }
        /// ```
        pub fn substring<A: Mode, B: Mode>(
            self,
            start: impl Term<i64, Null = A>,
            length: impl Term<i64, Null = B>,
        ) -> Expr<String, <N::With<A> as Mode>::With<B>>
        where
            V: Textual,
            N: Mode,
        {
            let (start, length) = (start.node(), length.node());
            let plain = is_at_least(1, &start) && is_at_least(0, &length);
            let function = if plain { Function::Substring } else { Function::SubstringAt };
            Expr::new(Node::call(function, V::KIND, vec![self.into_node(), start, length]))
        }

        /// Returns the first `length` characters.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|u| (u.email.left(3), u.email.left(u.email.position_of("@") - 1))).one(db).await?;
        /// assert_eq!(found, ("ann".to_owned(), "ann".to_owned()));
        /// # Ok(()) }) }
        /// ```
        pub fn left<M: Mode>(self, length: impl Term<i64, Null = M>) -> Expr<String, N::With<M>>
        where
            V: Textual,
            N: Mode,
        {
            Expr::new(Node::call(Function::Left, V::KIND, vec![self.into_node(), length.node()]))
        }

        /// Returns the last `length` characters.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|u| u.email.right(3)).one(db).await?;
        /// assert_eq!(found, "org");
        /// # Ok(()) }) }
        /// ```
        pub fn right<M: Mode>(self, length: impl Term<i64, Null = M>) -> Expr<String, N::With<M>>
        where
            V: Textual,
            N: Mode,
        {
            let length = length.node();
            let function = if is_at_least(0, &length) { Function::Right } else { Function::RightOf };
            Expr::new(Node::call(function, V::KIND, vec![self.into_node(), length]))
        }

        /// Pads at the start with `fill` to `length` characters; a longer text is cut off at its end.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|u| (u.name.pad_start(5, '.'), u.name.pad_start(2, '.'))).one(db).await?;
        /// assert_eq!(found, ("..Ann".to_owned(), "An".to_owned()));
        /// # Ok(()) }) }
        /// ```
        pub fn pad_start(self, length: u32, fill: char) -> Expr<String, N>
        where
            V: Textual,
        {
            Expr::new(Node::call(Function::PadStart, V::KIND, vec![self.into_node(), number(length), text(&fill.to_string())]))
        }

        /// Pads at the end with `fill` to `length` characters; a longer text is cut off at its end.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|u| (u.name.pad_end(5, '.'), u.name.pad_end(2, '.'))).one(db).await?;
        /// assert_eq!(found, ("Ann..".to_owned(), "An".to_owned()));
        /// # Ok(()) }) }
        /// ```
        pub fn pad_end(self, length: u32, fill: char) -> Expr<String, N>
        where
            V: Textual,
        {
            Expr::new(Node::call(Function::PadEnd, V::KIND, vec![self.into_node(), number(length), text(&fill.to_string())]))
        }

        /// Repeats the text this many times.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|u| u.name.repeat(2)).one(db).await?;
        /// assert_eq!(found, "AnnAnn");
        /// let bars = User::query().order_by(|u| u.id.asc()).select(|u| value("*".to_owned()).repeat(u.posts().count()));
        /// assert_eq!(bars.all(db).await?, ["**", ""]);
        /// # Ok(()) }) }
        /// ```
        pub fn repeat<M: Mode>(self, times: impl Term<i64, Null = M>) -> Expr<String, N::With<M>>
        where
            V: Textual,
            N: Mode,
        {
            let times = times.node();
            let function = if is_at_least(0, &times) { Function::Repeat } else { Function::RepeatBy };
            Expr::new(Node::call(function, V::KIND, vec![self.into_node(), times]))
        }

        /// Reverses the characters.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|u| u.name.reverse()).one(db).await?;
        /// assert_eq!(found, "nnA");
        /// # Ok(()) }) }
        /// ```
        pub fn reverse(self) -> Expr<String, N>
        where
            V: Textual,
        {
            Expr::new(Node::call(Function::Reverse, V::KIND, vec![self.into_node()]))
        }

        /// Returns the position of the first occurrence of `part`, counted from 1; 0 if there is none. Letter case matters as it
        /// does for `eq`.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|u| u.email.position_of("@")).one(db).await?;
        /// assert_eq!(found, 4);
        /// # Ok(()) }) }
        /// ```
        pub fn position_of<M: Mode>(self, part: impl Term<String, Null = M>) -> Expr<i64, N::With<M>>
        where
            V: Textual,
            N: Mode,
        {
            Expr::new(Node::call(Function::Position, V::KIND, vec![self.into_node(), part.node()]))
        }

        /// Uses another collation for comparison and sorting: one that the database has, such as `utf8mb4_bin` or SQLite's
        /// `NOCASE`.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let ann = User::query().filter(|u| u.name.collate("BINARY").eq("ann"));
        /// assert_eq!(ann.count(db).await?, 0);
        /// # Ok(()) }) }
        /// ```
        pub fn collate(self, collation: &'static str) -> Expr<V, N>
        where
            V: Textual,
        {
            Expr::new(Node::Collate(Box::new(self.into_node()), collation))
        }
    }
}

on_values! {
    /// Regular expressions.
    impl<V: Value, N> __Ty<V, N> {
        /// Matches a regular expression anywhere in the text, ignoring case. Each database has its own syntax: ICU on MySQL,
        /// PCRE on MariaDB, the crate `regex` on SQLite.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::query().filter(|u| u.email.matches("^[a-b].*org$"));
        /// assert_eq!(found.count(db).await?, 2);
        /// # Ok(()) }) }
        /// ```
        pub fn matches(self, expression: &str) -> Condition
        where
            V: Textual,
        {
            Condition(Node::call(Function::Matches, V::KIND, vec![self.into_node(), text(expression)]))
        }
    }
}
