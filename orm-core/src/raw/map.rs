//! Rows whose columns are not known beforehand.

use std::collections::BTreeMap;

use super::{FromRow, Layout};
use crate::value::{Cells, Datum, Fault};

/// A row of columns that are known at run time only: the value of each by its name.
///
/// A value is as the database gives it: SQLite has no dates, and MySQL tells texts from bytes by whether they are UTF-8.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::{raw::Map, value::Datum};
/// let ann: Map = sql!("SELECT name, age FROM {@User} WHERE id = 1").one(db).await?;
/// assert_eq!(ann["name"], Datum::Text("Ann".to_owned()));
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
