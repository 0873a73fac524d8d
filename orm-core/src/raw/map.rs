//! Rows whose columns are not known in advance.

use std::collections::BTreeMap;

use super::{FromRow, Layout};
use crate::value::{Cells, Datum, Fault};

/// A row whose columns are known only at run time: a map from column names to values.
///
/// Values are as the database returns them: SQLite has no date types, and of the texts and blobs of MySQL, those that are
/// UTF-8 become texts, the others bytes.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::{raw::Map, value::Datum};
/// let ann: Map = sql!("SELECT name, age FROM {@User} WHERE id = 1").one(db).await?;
/// assert_eq!(ann["name"], Datum::Text("Ann".into()));
/// assert_eq!(ann.keys().collect::<Vec<_>>(), ["age", "name"]);
/// # Ok(()) }) }
/// ```
pub type Map = BTreeMap<String, Datum>;

#[diagnostic::do_not_recommend]
impl FromRow for Map {
    fn layout() -> Layout {
        Layout::All
    }

    fn read(cells: &mut Cells<'_, '_>, names: &[String]) -> Result<Self, Fault> {
        Ok(names
            .iter()
            .cloned()
            .zip(std::iter::from_fn(|| cells.take()).map(crate::value::Cell::into_datum))
            .collect())
    }
}
