//! The trait of everything that `with` can load.

use std::sync::Arc;

use super::Plan;
use crate::syntax::Source;

/// Something that can be eagerly loaded with rows: a relation, a part of one, or an expression over the row or its related
/// rows.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let feed: Vec<(User, Vec<Post>)> = User::query().with(|u| u.posts()).all(db).await?;
/// let counted: Vec<(User, i64)> = User::query().with(|u| u.posts().count()).all(db).await?;
/// assert_eq!((feed.len(), counted[0].1), (2, 2));
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be loaded with the rows",
    label = "expected a relation, such as `user.posts()`",
    note = "to load several relations, call `.with(..)` several times"
)]
pub trait Load {
    /// What is loaded for each row.
    type Output: Send + 'static;

    /// The plan along with a selected row, to which it refers as `row`.
    #[doc(hidden)]
    fn plan(self, row: Source) -> Arc<dyn Plan<Self::Output>>;

    /// The plan for a row in memory: it uses the row's own columns where it can, since these need not be selected.
    #[doc(hidden)]
    fn plan_at_hand(self, row: Source) -> Arc<dyn Plan<Self::Output>>
    where
        Self: Sized,
    {
        self.plan(row)
    }
}
