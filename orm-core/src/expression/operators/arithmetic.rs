//! Arithmetic.

use crate::expression::{Expr, Term};
use crate::mode::{Mode, Nullable};
use crate::value::{Numeric, Value};

on_values_and_windows! {
    /// Arithmetic, as the server does it: 64-bit for integers, exact for decimals, 32-bit for `f32`. The operators `+`, `-`,
    /// `*`, `/` and `%` call these methods.
    ///
    /// A result that does not fit its type is an error when it is read or stored. On MySQL and MariaDB, an integer overflow
    /// beyond 64 bits is an error everywhere; SQLite continues with a float in conditions.
    impl<V: Value, N> __Ty<V, N> {
        /// Adds a value.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// User::update().set(|u| u.age.to(u.age.add(1))).all_rows().execute(db).await?;
        /// assert_eq!(User::find(1).one(db).await?.age, Some(42));
        /// # Ok(()) }) }
        /// ```
        #[allow(clippy::should_implement_trait, reason = "the operator is implemented too")]
        pub fn add<M: Mode>(self, value: impl Term<V, Null = M>) -> Expr<V, N::With<M>>
        where
            V: Numeric,
            N: Mode,
        {
            self + value
        }

        /// Subtracts a value. On MySQL and MariaDB, a negative difference of unsigned columns is an error: where that can
        /// happen, convert one of them with [`cast::<i64>`](Self::cast).
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let ages = User::query().order_by(|u| u.id.asc()).select(|u| u.age.sub(1));
        /// assert_eq!(ages.all(db).await?, [Some(40), None]);
        /// # Ok(()) }) }
        /// ```
        #[allow(clippy::should_implement_trait, reason = "the operator is implemented too")]
        pub fn sub<M: Mode>(self, value: impl Term<V, Null = M>) -> Expr<V, N::With<M>>
        where
            V: Numeric,
            N: Mode,
        {
            self - value
        }

        /// Multiplies by a value.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let old = User::query().filter(|u| u.age.mul(2).gt(80));
        /// assert_eq!(old.count(db).await?, 1);
        /// # Ok(()) }) }
        /// ```
        #[allow(clippy::should_implement_trait, reason = "the operator is implemented too")]
        pub fn mul<M: Mode>(self, value: impl Term<V, Null = M>) -> Expr<V, N::With<M>>
        where
            V: Numeric,
            N: Mode,
        {
            self * value
        }

        /// Divides by a value; NULL for division by zero. Integer division truncates towards zero. The scale of a decimal
        /// quotient depends on the database, and is at least four digits more than that of the dividend:
        /// [`round`](Self::round) it.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let decade: Option<i32> = User::find(1).select(|u| u.age.div(10)).one(db).await?;
        /// assert_eq!(decade, Some(4));
        /// # Ok(()) }) }
        /// ```
        #[allow(clippy::should_implement_trait, reason = "the operator is implemented too")]
        pub fn div(self, value: impl Term<V>) -> Expr<V, Nullable>
        where
            V: Numeric,
        {
            self / value
        }

        /// Returns the remainder of a division; NULL for division by zero.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let even = Post::query().filter(|p| p.id.rem(2).eq(0)).select(|p| p.title);
        /// assert_eq!(even.all(db).await?, ["Draft"]);
        /// # Ok(()) }) }
        /// ```
        #[allow(clippy::should_implement_trait, reason = "the operator is implemented too")]
        pub fn rem(self, value: impl Term<V>) -> Expr<V, Nullable>
        where
            V: Numeric,
        {
            self % value
        }
    }
}
