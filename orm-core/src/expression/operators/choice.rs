//! COALESCE, NULLIF, GREATEST, LEAST and CAST.

use super::number;
use crate::expression::{Expr, Operand, Term};
use crate::mode::{Mode, Nullable};
use crate::syntax::{Function, Node};
use crate::value::{Kind, Value};

on_values_and_windows! {
    /// COALESCE, NULLIF, GREATEST, LEAST and CAST.
    impl<V: Value, N> __Ty<V, N> {
        /// Returns the value itself, or `other` where it is NULL: COALESCE.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let ages = User::query().order_by(|u| u.id.asc()).select(|u| u.age.coalesce(0));
        /// assert_eq!(ages.all(db).await?, [41, 0]);
        /// # Ok(()) }) }
        /// ```
        #[doc(alias("if_null", "unwrap_or"))]
        pub fn coalesce<M: Mode>(self, other: impl Term<V, Null = M>) -> Expr<V, M> {
            Expr::new(Node::call(Function::Coalesce, V::KIND, vec![self.into_node(), other.node()]))
        }

        /// Returns NULL where it equals `value`, itself otherwise: NULLIF.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|u| u.name.null_if("Ann")).one(db).await?;
        /// assert_eq!(found, None);
        /// # Ok(()) }) }
        /// ```
        pub fn null_if(self, value: impl Operand<V>) -> Expr<V, Nullable> {
            Expr::new(Node::call(Function::NullIf, V::KIND, vec![self.into_node(), value.node()]))
        }

        /// Makes the type nullable, without changing the value: for a [`union`](crate::query::Rows::union) with rows that
        /// have NULL.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let each = Post::query().group_by(|p| p.author_id).select(|g| (g.key.or_null(), g.count()));
        /// let all = Post::query().aggregate(|g| (null::<u64>(), g.count()));
        /// assert_eq!(each.union_all(all).all(db).await?, [(Some(1), 2), (None, 2)]);
        /// # Ok(()) }) }
        /// ```
        pub fn or_null(self) -> Expr<V, Nullable> {
            Expr::new(self.into_node())
        }

        /// Returns the greater of two values; NULL if either is NULL.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|u| u.age.greatest(50)).one(db).await?; // Ann is 41
        /// assert_eq!(found, Some(50));
        /// # Ok(()) }) }
        /// ```
        pub fn greatest<M: Mode>(self, other: impl Term<V, Null = M>) -> Expr<V, N::With<M>>
        where
            N: Mode,
        {
            Expr::new(Node::call(Function::Greatest, V::KIND, vec![self.into_node(), other.node()]))
        }

        /// Returns the lesser of two values; NULL if either is NULL.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|u| u.age.least(50)).one(db).await?; // Ann is 41
        /// assert_eq!(found, Some(41));
        /// # Ok(()) }) }
        /// ```
        pub fn least<M: Mode>(self, other: impl Term<V, Null = M>) -> Expr<V, N::With<M>>
        where
            N: Mode,
        {
            Expr::new(Node::call(Function::Least, V::KIND, vec![self.into_node(), other.node()]))
        }

        /// Converts the value to another type on the server: between numbers, text, dates and times (CAST). Text that is not
        /// a number becomes 0. For a `Decimal`, MySQL and MariaDB then compute with 20 digits after the decimal point, so
        /// that quotients are exact; trailing zeros are dropped when it is read. Conversion to an integer rounds; use
        /// [`trunc`](Self::trunc) to truncate first.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let found = User::find(1).select(|u| u.id.cast::<String>()).one(db).await?;
        /// assert_eq!(found, "1");
        /// # Ok(()) }) }
        /// ```
        pub fn cast<T: Value>(self) -> Expr<T, N> {
            Expr::new(Node::call(Function::Cast, T::KIND, vec![whole(self.into_node(), V::KIND, T::KIND)]))
        }
    }
}

/// Rounds a fraction that is converted to an integer; SQLite would truncate it.
fn whole(node: Node, from: Kind, to: Kind) -> Node {
    let fractional = matches!(from, Kind::Numeric | Kind::Real | Kind::DoublePrecision);
    if !fractional || !to.is_integer() {
        return node;
    }
    Node::call(Function::Round, from, vec![node, number(0)])
}
