//! The keys of groups with totals (WITH ROLLUP).

use crate::expression::{Column, Expr};
use crate::mode::{Mode, Nullable};
use crate::selection::Selection;
use crate::value::Value;

/// A group key that can have totals: columns, expressions and tuples of them, which are NULL in the rows of totals.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::dialect::MYSQL;
/// let totals = Post::query().group_by(|p| (p.author_id, p.published)).with_rollup().select(|g| (g.key, g.count()));
/// assert!(totals.to_sql(&MYSQL)?.sql.ends_with("WITH ROLLUP")); // a total per author, and a grand total
/// # let _ = db;
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "groups by `{Self}` cannot have totals",
    label = "not a column, expression or tuple of them",
    note = "group by the columns that the totals are for: `.group_by(|u| (u.city, u.id)).with_rollup()`"
)]
pub trait RollUp: Selection + Clone {
    /// The key in the result, with every part nullable.
    type Total: Selection + Clone;

    #[doc(hidden)]
    fn total(self) -> Self::Total;
}

#[diagnostic::do_not_recommend]
impl<V: Value, N: Mode> RollUp for Column<V, N> {
    type Total = Column<V, Nullable>;

    fn total(self) -> Self::Total {
        self.with_mode()
    }
}

#[diagnostic::do_not_recommend]
impl<V: Value, N: Mode> RollUp for Expr<V, N> {
    type Total = Expr<V, Nullable>;

    fn total(self) -> Self::Total {
        Expr::new(self.into_node())
    }
}

macro_rules! tuples {
    ($($name:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<$($name: RollUp),*> RollUp for ($($name,)*) {
            type Total = ($($name::Total,)*);

            #[allow(non_snake_case, reason = "one variable per type")]
            fn total(self) -> Self::Total {
                let ($($name,)*) = self;
                ($($name.total(),)*)
            }
        }
    };
}
crate::macros::for_tuples!(tuples);
