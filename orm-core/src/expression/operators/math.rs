//! Mathematical functions.

use crate::expression::operators::number;
use crate::expression::{Expr, Term};
use crate::mode::{Mode, Nullable};
use crate::syntax::{Function, Node};
use crate::value::{Fractional, Numeric, Value, Whole};

on_values_and_windows! {
    /// Mathematical functions.
    impl<V: Value, N> __Ty<V, N> {
        /// Negates the number: unary `-`.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|u| u.age.neg()).one(db).await?; // Ann is 41
        /// assert_eq!(found, Some(-41));
        /// # Ok(()) }) }
        /// ```
        #[allow(clippy::should_implement_trait, reason = "the operator is implemented too")]
        pub fn neg(self) -> Expr<V, N>
        where
            V: Numeric,
        {
            -self
        }

        /// Returns the absolute value.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|u| u.age.neg().abs()).one(db).await?; // Ann is 41
        /// assert_eq!(found, Some(41));
        /// # Ok(()) }) }
        /// ```
        pub fn abs(self) -> Expr<V, N>
        where
            V: Numeric,
        {
            Expr::new(Node::call(Function::Abs, V::KIND, vec![self.into_node()]))
        }

        /// Returns the sign: -1, 0 or 1.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|u| u.age.neg().sign()).one(db).await?; // Ann is 41
        /// assert_eq!(found, Some(-1));
        /// # Ok(()) }) }
        /// ```
        pub fn sign(self) -> Expr<i64, N>
        where
            V: Numeric,
        {
            Expr::new(Node::call(Function::Sign, V::KIND, vec![self.into_node()]))
        }

        /// Rounds to this many digits after the decimal point: decimals half away from zero, floats half to even.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|_| value(2.345_f64).round(1)).one(db).await?;
        /// assert_eq!(found, 2.3);
        /// # Ok(()) }) }
        /// ```
        pub fn round(self, digits: u32) -> Expr<V, N>
        where
            V: Fractional,
        {
            Expr::new(Node::call(Function::Round, V::KIND, vec![self.into_node(), number(digits)]))
        }

        /// Truncates after this many digits after the decimal point.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|_| value(-2.79_f64).trunc(1)).one(db).await?;
        /// assert_eq!(found, -2.7);
        /// # Ok(()) }) }
        /// ```
        pub fn trunc(self, digits: u32) -> Expr<V, N>
        where
            V: Fractional,
        {
            Expr::new(Node::call(Function::Cut, V::KIND, vec![self.into_node(), number(digits)]))
        }

        /// Returns the largest integer not above the value.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|_| value(-2.5_f64).floor()).one(db).await?;
        /// assert_eq!(found, -3.0);
        /// # Ok(()) }) }
        /// ```
        pub fn floor(self) -> Expr<V, N>
        where
            V: Fractional,
        {
            Expr::new(Node::call(Function::Floor, V::KIND, vec![self.into_node()]))
        }

        /// Returns the smallest integer not below the value.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|_| value(-2.5_f64).ceil()).one(db).await?;
        /// assert_eq!(found, -2.0);
        /// # Ok(()) }) }
        /// ```
        pub fn ceil(self) -> Expr<V, N>
        where
            V: Fractional,
        {
            Expr::new(Node::call(Function::Ceiling, V::KIND, vec![self.into_node()]))
        }

        /// Raises to a power, as a float. If there is no finite result, as for 0 to the power of -1, it is NULL on SQLite, and
        /// an error on MySQL and MariaDB.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|u| u.age.power(2.0)).one(db).await?; // Ann is 41
        /// assert_eq!(found, Some(1681.0));
        /// # Ok(()) }) }
        /// ```
        pub fn power(self, exponent: impl Term<f64>) -> Expr<f64, Nullable>
        where
            V: Numeric,
        {
            Expr::new(Node::call(Function::Power, V::KIND, vec![self.into_node(), exponent.node()]))
        }

        /// Returns the square root, as a float; NULL for a negative number.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|_| value(16_i64).sqrt()).one(db).await?;
        /// assert_eq!(found, Some(4.0));
        /// # Ok(()) }) }
        /// ```
        pub fn sqrt(self) -> Expr<f64, Nullable>
        where
            V: Numeric,
        {
            Expr::new(Node::call(Function::SquareRoot, V::KIND, vec![self.into_node()]))
        }

        /// Returns the natural exponential, as a float. If it is too large for one, it is NULL on SQLite, and an error on MySQL
        /// and MariaDB.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|_| value(1.0_f64).exp()).one(db).await?;
        /// assert_eq!(found, Some(std::f64::consts::E));
        /// # Ok(()) }) }
        /// ```
        pub fn exp(self) -> Expr<f64, Nullable>
        where
            V: Numeric,
        {
            Expr::new(Node::call(Function::Exponential, V::KIND, vec![self.into_node()]))
        }

        /// Returns the natural logarithm, as a float; NULL for 0 and negative numbers.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|_| value(std::f64::consts::E).ln()).one(db).await?;
        /// assert_eq!(found, Some(1.0));
        /// # Ok(()) }) }
        /// ```
        pub fn ln(self) -> Expr<f64, Nullable>
        where
            V: Numeric,
        {
            Expr::new(Node::call(Function::Logarithm, V::KIND, vec![self.into_node()]))
        }

        /// Returns the logarithm to base 10, as a float; NULL for 0 and negative numbers.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|_| value(1000_i64).log10()).one(db).await?;
        /// assert_eq!(found, Some(3.0));
        /// # Ok(()) }) }
        /// ```
        pub fn log10(self) -> Expr<f64, Nullable>
        where
            V: Numeric,
        {
            Expr::new(Node::call(Function::Logarithm10, V::KIND, vec![self.into_node()]))
        }

        /// Returns the logarithm to base 2, as a float; NULL for 0 and negative numbers.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|_| value(8_i64).log2()).one(db).await?;
        /// assert_eq!(found, Some(3.0));
        /// # Ok(()) }) }
        /// ```
        pub fn log2(self) -> Expr<f64, Nullable>
        where
            V: Numeric,
        {
            Expr::new(Node::call(Function::Logarithm2, V::KIND, vec![self.into_node()]))
        }

        /// Bitwise AND.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|u| u.age.bit_and(8)).one(db).await?; // Ann is 41
        /// assert_eq!(found, Some(8));
        /// # Ok(()) }) }
        /// ```
        pub fn bit_and<M: Mode>(self, bits: impl Term<V, Null = M>) -> Expr<V, N::With<M>>
        where
            V: Whole,
            N: Mode,
        {
            Expr::new(Node::call(Function::BitAnd, V::KIND, vec![self.into_node(), bits.node()]))
        }

        /// Bitwise OR.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|u| u.age.bit_or(2)).one(db).await?; // Ann is 41
        /// assert_eq!(found, Some(43));
        /// # Ok(()) }) }
        /// ```
        pub fn bit_or<M: Mode>(self, bits: impl Term<V, Null = M>) -> Expr<V, N::With<M>>
        where
            V: Whole,
            N: Mode,
        {
            Expr::new(Node::call(Function::BitOr, V::KIND, vec![self.into_node(), bits.node()]))
        }

        /// Bitwise XOR.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|u| u.age.bit_xor(1)).one(db).await?; // Ann is 41
        /// assert_eq!(found, Some(40));
        /// # Ok(()) }) }
        /// ```
        pub fn bit_xor<M: Mode>(self, bits: impl Term<V, Null = M>) -> Expr<V, N::With<M>>
        where
            V: Whole,
            N: Mode,
        {
            Expr::new(Node::call(Function::BitXor, V::KIND, vec![self.into_node(), bits.node()]))
        }

        /// Shifts left by this many bits.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|u| u.age.shift_left(1)).one(db).await?; // Ann is 41
        /// assert_eq!(found, Some(82));
        /// # Ok(()) }) }
        /// ```
        pub fn shift_left(self, bits: u32) -> Expr<V, N>
        where
            V: Whole,
        {
            Expr::new(Node::call(Function::ShiftLeft, V::KIND, vec![self.into_node(), number(bits)]))
        }

        /// Shifts right by this many bits.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|u| u.age.shift_right(3)).one(db).await?; // Ann is 41
        /// assert_eq!(found, Some(5));
        /// # Ok(()) }) }
        /// ```
        pub fn shift_right(self, bits: u32) -> Expr<V, N>
        where
            V: Whole,
        {
            Expr::new(Node::call(Function::ShiftRight, V::KIND, vec![self.into_node(), number(bits)]))
        }
    }
}
