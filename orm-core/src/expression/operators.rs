//! The operators, which columns, expressions and aggregates have alike.
//!
//! They are inherent methods, so that they need no import and win over those of `Iterator` and `Ord`, and they have
//! their bounds on themselves, so that a wrong use says why.

use crate::expression::{Aggregate, Candidates, Column, Condition, Expr, Operand, Ordered, pattern};
use crate::mode::{MayBeNull, Mode, Nullable};
use crate::syntax::{Between, Comparison, Function, Node, Operator, OrderBy};
use crate::value::{Dated, Datum, Numeric, Textual, Value};

macro_rules! comparisons {
    ($($(#[$doc:meta])* $name:ident $comparison:ident;)*) => { $(
        $(#[$doc])*
        pub fn $name(self, value: impl Operand<V>) -> Condition {
            Condition(Node::compare(self.into_node(), Comparison::$comparison, value.node()))
        }
    )* };
}

macro_rules! arithmetic {
    ($($(#[$doc:meta])* $name:ident $operator:ident;)*) => { $(
        $(#[$doc])*
        #[allow(clippy::should_implement_trait, reason = "the trait would say `cannot add`, this says why")]
        pub fn $name<O: Operand<V>>(self, value: O) -> Expr<V, N::With<O::Null>>
        where
            V: Numeric,
            N: Mode,
        {
            Expr::new(Node::binary(self.into_node(), Operator::$operator(V::KIND), value.node()))
        }
    )* };
}

macro_rules! division {
    ($($(#[$doc:meta])* $name:ident $operator:ident;)*) => { $(
        $(#[$doc])*
        #[allow(clippy::should_implement_trait, reason = "the trait would say `cannot divide`, this says why")]
        pub fn $name(self, value: impl Operand<V>) -> Expr<V, Nullable>
        where
            V: Numeric,
        {
            Expr::new(Node::binary(self.into_node(), Operator::$operator(V::KIND), value.node()))
        }
    )* };
}

macro_rules! operators {
    ($($ty:ident)*) => { $(
        /// Comparisons.
        impl<V: Value, N> $ty<V, N> {
            comparisons! {
                /// Equal. Unknown if either side is NULL; see [`same_as`](Self::same_as).
                ///
                /// ```
                /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
                /// # fn main() { run(async |db| {
                /// let anns = User::query().filter(|u| u.name.eq("Ann"));
                /// assert_eq!(anns.count(db).await?, 1);
                /// # Ok(()) }) }
                /// ```
                eq Equal;
                /// Not equal. Unknown if either side is NULL.
                ///
                /// ```
                /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
                /// # fn main() { run(async |db| {
                /// let others = User::query().filter(|u| u.name.ne("Ann"));
                /// assert_eq!(others.count(db).await?, 1);
                /// # Ok(()) }) }
                /// ```
                ne NotEqual;
                /// Less.
                ///
                /// ```
                /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
                /// # fn main() { run(async |db| {
                /// let younger = User::query().filter(|u| u.age.lt(42));
                /// assert_eq!(younger.count(db).await?, 1); // of Bob's age nothing is known
                /// # Ok(()) }) }
                /// ```
                lt Less;
                /// Less or equal.
                ///
                /// ```
                /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
                /// # fn main() { run(async |db| {
                /// let first = Post::query().filter(|p| p.id.le(1));
                /// assert_eq!(first.count(db).await?, 1);
                /// # Ok(()) }) }
                /// ```
                le LessOrEqual;
                /// Greater.
                ///
                /// ```
                /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
                /// # fn main() { run(async |db| {
                /// let later = Post::query().filter(|p| p.id.gt(1));
                /// assert_eq!(later.count(db).await?, 1);
                /// # Ok(()) }) }
                /// ```
                gt Greater;
                /// Greater or equal.
                ///
                /// ```
                /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
                /// # fn main() { run(async |db| {
                /// let adults = User::query().filter(|u| u.age.ge(18));
                /// assert_eq!(adults.select(|u| u.name).all(db).await?, ["Ann"]);
                /// # Ok(()) }) }
                /// ```
                ge GreaterOrEqual;
            }

            /// Equal, or both NULL; never unknown. `None` is allowed here.
            ///
            /// ```
            /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
            /// # fn main() { run(async |db| {
            /// let wanted: Option<i32> = None;
            /// let found = User::query().filter(|u| u.age.same_as(wanted)).select(|u| u.name);
            /// assert_eq!(found.all(db).await?, ["Bob"]);
            /// # Ok(()) }) }
            /// ```
            pub fn same_as<O: crate::expression::Assign<V, Nullable>>(self, value: O) -> Condition {
                Condition(Node::binary(self.into_node(), Operator::Compare(Comparison::Same), value.node()))
            }

            /// Between two values, both included.
            ///
            /// ```
            /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
            /// # fn main() { run(async |db| {
            /// let forties = User::query().filter(|u| u.age.between(40, 49));
            /// assert_eq!(forties.count(db).await?, 1);
            /// # Ok(()) }) }
            /// ```
            pub fn between(self, low: impl Operand<V>, high: impl Operand<V>) -> Condition {
                let (value, low, high) = (self.into_node(), low.node(), high.node());
                Condition(Node::Between(Box::new(Between { value, low, high })))
            }

            /// One of a list of values, or of the values that a query selects. Nothing is in an empty list.
            ///
            /// ```
            /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
            /// # fn main() { run(async |db| {
            /// let both = User::query().filter(|u| u.id.is_in([1, 2]));
            /// assert_eq!(both.count(db).await?, 2);
            /// let authors = User::query().filter(|u| u.id.is_in(Post::query().select(|p| p.author_id)));
            /// assert_eq!(authors.select(|u| u.name).all(db).await?, ["Ann"]);
            /// # Ok(()) }) }
            /// ```
            pub fn is_in(self, candidates: impl Candidates<V>) -> Condition {
                candidates.contain(self.into_node(), false)
            }

            /// None of a list of values, or of the values that a query selects. Everything is outside an empty list.
            ///
            /// ```
            /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
            /// # fn main() { run(async |db| {
            /// let others = User::query().filter(|u| u.name.not_in(["Ann", "Cid"]));
            /// assert_eq!(others.select(|u| u.name).all(db).await?, ["Bob"]);
            /// # Ok(()) }) }
            /// ```
            pub fn not_in(self, candidates: impl Candidates<V>) -> Condition {
                candidates.contain(self.into_node(), true)
            }

            /// NULL.
            ///
            /// ```
            /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
            /// # fn main() { run(async |db| {
            /// let ageless = User::query().filter(|u| u.age.is_null());
            /// assert_eq!(ageless.select(|u| u.name).all(db).await?, ["Bob"]);
            /// # Ok(()) }) }
            /// ```
            pub fn is_null(self) -> Condition
            where
                N: MayBeNull,
            {
                Condition(Node::IsNull(Box::new(self.into_node())))
            }

            /// Not NULL.
            ///
            /// ```
            /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
            /// # fn main() { run(async |db| {
            /// let without_body = Post::query().filter(|p| p.body.is_not_null().not());
            /// assert_eq!(without_body.count(db).await?, 2);
            /// # Ok(()) }) }
            /// ```
            pub fn is_not_null(self) -> Condition
            where
                N: MayBeNull,
            {
                self.is_null().not()
            }

            /// From the least to the greatest.
            ///
            /// ```
            /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
            /// # fn main() { run(async |db| {
            /// let titles = Post::query().order_by(|p| p.title.asc()).select(|p| p.title);
            /// assert_eq!(titles.all(db).await?, ["Draft", "Hello"]);
            /// # Ok(()) }) }
            /// ```
            pub fn asc(self) -> Ordered {
                Ordered(OrderBy { node: self.into_node(), descending: false })
            }

            /// From the greatest to the least.
            ///
            /// ```
            /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
            /// # fn main() { run(async |db| {
            /// let titles = Post::query().order_by(|p| p.title.desc()).select(|p| p.title);
            /// assert_eq!(titles.all(db).await?, ["Hello", "Draft"]);
            /// # Ok(()) }) }
            /// ```
            pub fn desc(self) -> Ordered {
                Ordered(OrderBy { node: self.into_node(), descending: true })
            }
        }

        /// Text. Whether letters of another case match is for the column's collation to say: by default they do on
        /// MySQL and MariaDB, and on SQLite for ASCII letters.
        impl<V: Value, N> $ty<V, N> {
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

        /// Arithmetic, as the server does it.
        impl<V: Value, N> $ty<V, N> {
            arithmetic! {
                /// The sum.
                ///
                /// ```
                /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
                /// # fn main() { run(async |db| {
                /// User::update().set(|u| u.age.to(u.age.add(1))).all_rows().execute(db).await?;
                /// assert_eq!(User::find(1).one(db).await?.age, Some(42));
                /// # Ok(()) }) }
                /// ```
                add Add;
                /// The difference. MySQL refuses one of unsigned columns that would be negative.
                ///
                /// ```
                /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
                /// # fn main() { run(async |db| {
                /// let ages = User::query().order_by(|u| u.id.asc()).select(|u| u.age.sub(1));
                /// assert_eq!(ages.all(db).await?, [Some(40), None]);
                /// # Ok(()) }) }
                /// ```
                sub Subtract;
                /// The product.
                ///
                /// ```
                /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
                /// # fn main() { run(async |db| {
                /// let old = User::query().filter(|u| u.age.mul(2).gt(80));
                /// assert_eq!(old.count(db).await?, 1);
                /// # Ok(()) }) }
                /// ```
                mul Multiply;
            }
            division! {
                /// The quotient: whole for integers; NULL if divided by zero.
                ///
                /// ```
                /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
                /// # fn main() { run(async |db| {
                /// let decade: Option<i32> = User::find(1).select(|u| u.age.div(10)).one(db).await?;
                /// assert_eq!(decade, Some(4));
                /// # Ok(()) }) }
                /// ```
                div Divide;
                /// The remainder; NULL if divided by zero.
                ///
                /// ```
                /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
                /// # fn main() { run(async |db| {
                /// let even = Post::query().filter(|p| p.id.rem(2).eq(0)).select(|p| p.title);
                /// assert_eq!(even.all(db).await?, ["Draft"]);
                /// # Ok(()) }) }
                /// ```
                rem Remainder;
            }
        }

        /// Dates.
        impl<V: Value, N> $ty<V, N> {
            /// The year.
            ///
            /// ```
            /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
            /// # fn main() { run(async |db| {
            /// #[derive(Model)]
            /// struct Event {
            ///     #[orm(primary_key)]
            ///     day: NaiveDate,
            /// }
            /// # db.create_tables::<Event>().await?;
            /// assert_eq!(Event::query().filter(|e| e.day.year().eq(2026)).count(db).await?, 0);
            /// # Ok(()) }) }
            /// ```
            pub fn year(self) -> Expr<i32, N>
            where
                V: Dated,
            {
                Expr::new(Node::Call(Function::Year, vec![self.into_node()]))
            }
        }

        /// Booleans.
        impl<N> $ty<bool, N> {
            /// True.
            ///
            /// ```
            /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
            /// # fn main() { run(async |db| {
            /// let published = Post::query().filter(|p| p.published.is_true());
            /// assert_eq!(published.select(|p| p.title).all(db).await?, ["Hello"]);
            /// # Ok(()) }) }
            /// ```
            pub fn is_true(self) -> Condition {
                Condition(Node::compare(self.into_node(), Comparison::Equal, Node::Value(Datum::Bool(true))))
            }

            /// False.
            ///
            /// ```
            /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
            /// # fn main() { run(async |db| {
            /// let drafts = Post::query().filter(|p| p.published.is_false());
            /// assert_eq!(drafts.select(|p| p.title).all(db).await?, ["Draft"]);
            /// # Ok(()) }) }
            /// ```
            pub fn is_false(self) -> Condition {
                Condition(Node::compare(self.into_node(), Comparison::Equal, Node::Value(Datum::Bool(false))))
            }
        }
    )* };
}
operators!(Column Expr Aggregate);
