//! Selects of a single row that need no table.

use super::Rows;
use crate::relation::Reader;
use crate::selection::Selection;
use crate::syntax::Select;

/// Selects values that need no table, as one row: SELECT without FROM. They are computed by the server, for example from
/// scalar subqueries.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let users = User::query().aggregate(|g| g.count()).scalar();
/// let oldest = User::query().aggregate(|g| g.max(|u| u.age)).scalar();
/// let has_drafts = Post::query().filter(|p| p.published.is_false()).is_present();
/// let numbers: (Option<i64>, Option<i32>, bool) = select((users, oldest, has_drafts.known())).one(db).await?;
/// assert_eq!(numbers, (Some(2), Some(41), true));
///
/// let now: DateTime<Utc> = select(server_now()).one(db).await?;
/// # assert!(now.timestamp() > 0);
/// # Ok(()) }) }
/// ```
pub fn select<P: Selection>(selection: P) -> Rows<P::Output> {
    let mut items = Vec::with_capacity(4);
    selection.push(&mut items);
    Rows { select: Box::new(Select::from_nothing(items)), reader: Reader::Rows(P::read) }
}
