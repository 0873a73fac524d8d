//! What `with` takes.

use std::sync::Arc;

use super::Plan;
use crate::syntax::Source;

/// Something that can be loaded together with rows: a relation, a part of one, or what is computed of the row or of rows that
/// relations lead to.
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
    note = "several relations are loaded by several `.with(..)`"
)]
pub trait Load {
    /// What is loaded for each row.
    type Output: Send + 'static;

    /// Beside a row that is selected, and that it names as `row`.
    #[doc(hidden)]
    fn plan(self, row: Source) -> Arc<dyn Plan<Self::Output>>;

    /// Of a row at hand: by its own columns where it can be, since these need not be selected.
    #[doc(hidden)]
    fn plan_at_hand(self, row: Source) -> Arc<dyn Plan<Self::Output>>
    where
        Self: Sized,
    {
        self.plan(row)
    }
}
