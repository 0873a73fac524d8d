//! Trigonometric functions.

use crate::expression::{Expr, Term};
use crate::mode::Nullable;
use crate::syntax::{Function, Node};
use crate::value::{Numeric, Value};

on_values_and_windows! {
    /// Trigonometric functions, as floats.
    impl<V: Value, N> __Ty<V, N> {
        /// Returns the sine of an angle in radians.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// use std::f64::consts::FRAC_PI_2;
        /// let found = User::find(1).select(|_| value(FRAC_PI_2).sin()).one(db).await?;
        /// assert_eq!(found, Some(1.0));
        /// # Ok(()) }) }
        /// ```
        pub fn sin(self) -> Expr<f64, Nullable>
        where
            V: Numeric,
        {
            Expr::new(Node::call(Function::Sine, V::KIND, vec![self.into_node()]))
        }

        /// Returns the cosine of an angle in radians.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// use std::f64::consts::PI;
        /// let found = User::find(1).select(|_| value(PI).cos()).one(db).await?;
        /// assert_eq!(found, Some(-1.0));
        /// # Ok(()) }) }
        /// ```
        pub fn cos(self) -> Expr<f64, Nullable>
        where
            V: Numeric,
        {
            Expr::new(Node::call(Function::Cosine, V::KIND, vec![self.into_node()]))
        }

        /// Returns the tangent of an angle in radians.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|_| value(0.0_f64).tan()).one(db).await?;
        /// assert_eq!(found, Some(0.0));
        /// # Ok(()) }) }
        /// ```
        pub fn tan(self) -> Expr<f64, Nullable>
        where
            V: Numeric,
        {
            Expr::new(Node::call(Function::Tangent, V::KIND, vec![self.into_node()]))
        }

        /// Returns the arcsine, in radians; NULL outside of -1 to 1.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// use std::f64::consts::FRAC_PI_2;
        /// let found = User::find(1).select(|_| value(1.0_f64).asin()).one(db).await?;
        /// assert_eq!(found, Some(FRAC_PI_2));
        /// # Ok(()) }) }
        /// ```
        pub fn asin(self) -> Expr<f64, Nullable>
        where
            V: Numeric,
        {
            Expr::new(Node::call(Function::ArcSine, V::KIND, vec![self.into_node()]))
        }

        /// Returns the arccosine, in radians; NULL outside of -1 to 1.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// use std::f64::consts::PI;
        /// let found = User::find(1).select(|_| value(-1.0_f64).acos()).one(db).await?;
        /// assert_eq!(found, Some(PI));
        /// # Ok(()) }) }
        /// ```
        pub fn acos(self) -> Expr<f64, Nullable>
        where
            V: Numeric,
        {
            Expr::new(Node::call(Function::ArcCosine, V::KIND, vec![self.into_node()]))
        }

        /// Returns the arctangent, in radians.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// use std::f64::consts::FRAC_PI_4;
        /// let found = User::find(1).select(|_| value(1.0_f64).atan()).one(db).await?;
        /// assert_eq!(found, Some(FRAC_PI_4));
        /// # Ok(()) }) }
        /// ```
        pub fn atan(self) -> Expr<f64, Nullable>
        where
            V: Numeric,
        {
            Expr::new(Node::call(Function::ArcTangent, V::KIND, vec![self.into_node()]))
        }

        /// Returns the angle of the point (`x`, self), in radians: this value is its `y`.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// use std::f64::consts::FRAC_PI_2;
        /// let found = User::find(1).select(|_| value(1.0_f64).atan2(0.0)).one(db).await?;
        /// assert_eq!(found, Some(FRAC_PI_2)); // straight up
        /// # Ok(()) }) }
        /// ```
        pub fn atan2(self, x: impl Term<f64>) -> Expr<f64, Nullable>
        where
            V: Numeric,
        {
            Expr::new(Node::call(Function::ArcTangent2, V::KIND, vec![self.into_node(), x.node()]))
        }

        /// Converts radians to degrees.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// use std::f64::consts::PI;
        /// let found = User::find(1).select(|_| value(PI).degrees()).one(db).await?;
        /// assert_eq!(found, Some(180.0));
        /// # Ok(()) }) }
        /// ```
        pub fn degrees(self) -> Expr<f64, Nullable>
        where
            V: Numeric,
        {
            Expr::new(Node::call(Function::Degrees, V::KIND, vec![self.into_node()]))
        }

        /// Converts degrees to radians.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// use std::f64::consts::PI;
        /// let found = User::find(1).select(|_| value(180.0_f64).radians()).one(db).await?;
        /// assert_eq!(found, Some(PI));
        /// # Ok(()) }) }
        /// ```
        pub fn radians(self) -> Expr<f64, Nullable>
        where
            V: Numeric,
        {
            Expr::new(Node::call(Function::Radians, V::KIND, vec![self.into_node()]))
        }
    }
}
