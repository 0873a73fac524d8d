//! Queries that select a single value.

use crate::query::Rows;
use crate::syntax::Select;
use crate::value::Value;

/// A query that selects one value of type `V` per row, nullable or not.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let oldest = User::query().filter(|u| u.age.ge_every(User::query().filter(|u| u.age.is_not_null()).select(|u| u.age)));
/// assert_eq!(oldest.one(db).await?.name, "Ann");
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a query of `{V}`",
    label = "expected a query that selects one column of type `{V}`",
    note = "select the column to compare with: `.select(|row| row.column)`"
)]
pub trait RowsOf<V> {
    #[doc(hidden)]
    fn rows(self) -> Select;
}

#[diagnostic::do_not_recommend]
impl<V: Value> RowsOf<V> for Rows<V> {
    fn rows(self) -> Select {
        self.into_select()
    }
}

#[diagnostic::do_not_recommend]
impl<V: Value> RowsOf<V> for Rows<Option<V>> {
    fn rows(self) -> Select {
        self.into_select()
    }
}
