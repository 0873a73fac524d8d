//! New rows, as hooks see them.

use std::fmt;
use std::marker::PhantomData;

use crate::expression::{Assignments, Column};
use crate::mode::{Mode, Required};
use crate::model::Model;
use crate::syntax::{Node, Source, fresh_base};
use crate::value::{Datum, Value};

/// A new row before it is inserted, as a hook sees it.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::Draft;
/// #[derive(Model)]
/// #[orm(table = "pages", hooks)]
/// struct Page {
///     #[orm(primary_key, auto)]
///     id: u64,
///     title: String,
/// }
///
/// impl orm::Hooks for Page {
///     fn before_insert(page: &mut Draft<'_, Page>) -> orm::Result<()> {
///         if let Some(title) = page.get(|p| p.title) {
///             page.set(|p| p.title.to(title.trim()));
///         }
///         Ok(())
///     }
/// }
/// # db.create_tables::<Page>().await?;
/// let mut s = db.session();
/// s.add(Page::insert().title(" Hello "));
/// s.commit().await?;
/// assert_eq!(Page::find(1).one(db).await?.title, "Hello");
/// # Ok(()) }) }
/// ```
pub struct Draft<'d, T: Model> {
    nodes: &'d mut [Node],
    /// What is known of columns that have the keys of other rows.
    known: &'d [(u16, Datum)],
    _model: PhantomData<fn() -> T>,
}

impl<T: Model> fmt::Debug for Draft<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Draft").field("model", &T::table().model).finish_non_exhaustive()
    }
}

impl<'d, T: Model> Draft<'d, T> {
    pub(super) fn new(nodes: &'d mut [Node], known: &'d [(u16, Datum)]) -> Self {
        Draft { nodes, known, _model: PhantomData }
    }

    /// The value of a column; `None` if it is NULL, or not known before the row is inserted. The key of a row that this one is
    /// linked to is known if that is there.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// use orm::Draft;
    /// #[derive(Model)]
    /// #[orm(table = "pages", hooks)]
    /// struct Page {
    ///     #[orm(primary_key, auto)]
    ///     id: u64,
    ///     title: String,
    /// }
    ///
    /// impl orm::Hooks for Page {
    ///     fn before_insert(page: &mut Draft<'_, Page>) -> orm::Result<()> {
    ///         assert_eq!(page.get(|p| p.title).as_deref(), Some("Hello"));
    ///         assert_eq!(page.get(|p| p.id), None); // the server counts it up
    ///         Ok(())
    ///     }
    /// }
    /// # db.create_tables::<Page>().await?;
    /// let mut s = db.session();
    /// s.add(Page::insert().title("Hello"));
    /// s.commit().await?;
    /// # Ok(()) }) }
    /// ```
    pub fn get<V: Value, N: Mode>(
        &self,
        column: impl FnOnce(T::Fields<Required>) -> Column<V, N>,
    ) -> Option<V> {
        let column = column(T::fields(Source::table(0))).index();
        let value = match self.nodes.get(usize::from(column))? {
            Node::Value(value) => value,
            Node::Held(_) => self.known.iter().find(|(known, _)| *known == column).map(|(_, value)| value)?,
            _ => return None,
        };
        V::from_cell(&mut value.clone().into_cell()).ok()
    }

    /// Sets columns, as in an update.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// use orm::Draft;
    /// #[derive(Model)]
    /// #[orm(table = "pages", hooks)]
    /// struct Page {
    ///     #[orm(primary_key, auto)]
    ///     id: u64,
    ///     title: String,
    ///     summary: Option<String>,
    ///     published: bool,
    /// }
    ///
    /// impl orm::Hooks for Page {
    ///     fn before_insert(page: &mut Draft<'_, Page>) -> orm::Result<()> {
    ///         page.set(|p| (p.published.to(false), p.summary.to("to come")));
    ///         Ok(())
    ///     }
    /// }
    /// # db.create_tables::<Page>().await?;
    /// let mut s = db.session();
    /// s.add(Page::insert().title("Hello").published(true));
    /// s.commit().await?;
    /// let page = Page::find(1).one(db).await?;
    /// assert_eq!((page.published, page.summary.as_deref()), (false, Some("to come")));
    /// # Ok(()) }) }
    /// ```
    pub fn set<A: Assignments>(&mut self, assignments: impl FnOnce(T::Fields<Required>) -> A) {
        let mut list = Vec::new();
        assignments(T::fields(Source::table(fresh_base()))).push(&mut list);
        for assignment in list {
            if let Some(node) = self.nodes.get_mut(usize::from(assignment.column.index)) {
                *node = assignment.value;
            }
        }
    }
}
