//! Pagination by page number.

use std::panic::Location;

use super::terminals::{count_on, fetch_on};
use crate::error::{Error, ErrorKind, Result};
use crate::relation::Reader;
use crate::session::On;
use crate::syntax::Select;

/// One page of rows, and the total number of rows.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let page = Post::query().order_by(|p| p.id.asc()).page(2, 1, db).await?;
/// assert_eq!(page.rows[0].title, "Draft");
/// assert_eq!((page.number, page.total, page.pages()), (2, 2, 2));
/// assert!(page.has_previous() && !page.has_next());
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Page<O> {
    /// The rows of this page.
    pub rows: Vec<O>,
    /// The page number, starting from 1.
    pub number: u64,
    /// The maximum number of rows on a page.
    pub size: u64,
    /// The number of rows on all pages.
    pub total: u64,
}

impl<O> Page<O> {
    /// Returns the number of pages.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let page = Post::query().page(1, 1, db).await?;
    /// assert_eq!(page.pages(), 2);
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn pages(&self) -> u64 {
        self.total.div_ceil(self.size.max(1))
    }

    /// Returns whether there is a previous page.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// assert!(!Post::query().page(1, 1, db).await?.has_previous());
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn has_previous(&self) -> bool {
        self.number > 1
    }

    /// Returns whether there is a next page.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// assert!(Post::query().page(1, 1, db).await?.has_next());
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn has_next(&self) -> bool {
        self.number < self.pages()
    }

    /// Converts each row, keeping the numbers.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let titles = Post::query().order_by(|p| p.id.asc()).page(1, 10, db).await?.map(|post| post.title);
    /// assert_eq!((titles.rows, titles.total), (vec!["Hello".to_owned(), "Draft".to_owned()], 2));
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn map<T>(self, make: impl FnMut(O) -> T) -> Page<T> {
        let Page { rows, number, size, total } = self;
        Page { rows: rows.into_iter().map(make).collect(), number, size, total }
    }
}

pub(super) async fn page<O: Send>(
    mut select: Box<Select>,
    reader: Reader<O>,
    (number, size): (u64, u64),
    on: On<'_>,
    at: &'static Location<'static>,
) -> Result<Page<O>> {
    if number == 0 || size == 0 {
        let message = "the page number and the page size must be at least 1";
        return Err(Error::new(ErrorKind::InvalidQuery, message));
    }
    let mut lease = on.lease(select.bind(), at).await?;
    let counted = select.clone();
    let before = (number - 1).saturating_mul(size);
    // A limit on the query applies to all pages together.
    let left = select.limit.map_or(size, |limit| limit.saturating_sub(before));
    select.limit = Some(size.min(left));
    select.offset = Some(select.offset.unwrap_or(0).saturating_add(before));
    let rows = fetch_on(select, reader, &mut lease, at).await?;
    // A page that is not full, and not empty unless it is the first, is the last one: it gives the total without counting.
    let full = rows.len() as u64 == size;
    let total = if !full && (number == 1 || !rows.is_empty()) {
        (number - 1) * size + rows.len() as u64
    } else {
        u64::try_from(count_on(counted, &mut lease, at).await?).unwrap_or(0)
    };
    Ok(Page { rows, number, size, total })
}
