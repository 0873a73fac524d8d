//! Hooks that models run when their rows change.

use super::Draft;
use crate::error::Result;
use crate::model::Model;

/// Hooks that a session runs around the inserts, updates and deletes of a model's rows. They run for models with
/// `#[orm(hooks)]`, and cost others nothing. Statements such as `User::update()` do not run them.
///
/// They run within the flush: an error of a `before_` function refuses the flush, before anything is sent. Timestamps of
/// creation and change need no hook: use `#[orm(default = now)]` and `#[orm(on_update = now)]`.
///
/// ```
/// use orm::prelude::*;
///
/// #[derive(Model)]
/// #[orm(hooks)]
/// struct Page {
///     #[orm(primary_key, auto)]
///     id: u64,
///     title: String,
///     #[orm(default = "")]
///     slug: String,
/// }
///
/// impl orm::Hooks for Page {
///     fn before_insert(page: &mut orm::Draft<'_, Page>) -> orm::Result<()> {
///         let title = page.get(|p| p.title).unwrap_or_default();
///         page.set(|p| p.slug.to(title.to_lowercase().replace(' ', "-")));
///         Ok(())
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// let db = Database::open("sqlite::memory:")?;
/// db.create_tables::<Page>().await?;
/// let mut s = db.session();
/// s.add(Page::insert().title("Hello World"));
/// s.commit().await?;
/// assert_eq!(Page::find(1).one(&db).await?.slug, "hello-world");
/// # Ok(())
/// # }
/// ```
///
/// The other hooks, on a model that reports its changes to a search index:
///
/// ```
/// use std::sync::Mutex;
/// use orm::prelude::*;
/// # #[derive(Model)]
/// # #[orm(table = "pages", hooks)]
/// # struct Page {
/// #     #[orm(primary_key, auto)]
/// #     id: u64,
/// #     title: String,
/// # }
///
/// static TOLD: Mutex<Vec<String>> = Mutex::new(Vec::new());
///
/// impl Page {
///     fn tell(&self, what: &str) {
///         TOLD.lock().unwrap().push(format!("{what} {}", self.title));
///     }
/// }
///
/// impl orm::Hooks for Page {
///     fn after_insert(&self) {
///         self.tell("new:");
///     }
///
///     fn before_update(&mut self) -> orm::Result<()> {
///         self.title = self.title.trim().to_owned();
///         Ok(())
///     }
///
///     fn after_update(&self) {
///         self.tell("changed:");
///     }
///
///     fn before_delete(&self) -> orm::Result<()> {
///         let refused = || orm::Error::new(ErrorKind::CheckViolation, "the first page cannot be deleted");
///         if self.id == 1 { Err(refused()) } else { Ok(()) }
///     }
///
///     fn after_delete(&self) {
///         self.tell("gone:");
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// # let db = Database::open("sqlite::memory:")?;
/// # db.create_tables::<Page>().await?;
/// let mut s = db.session();
/// let (first, second) = (s.add(Page::insert().title("Start")), s.add(Page::insert().title("End")));
/// s.flush().await?;
/// let (first, second) = (s.saved(first)?, s.saved(second)?);
/// s[first].title = " Home ".into();
/// s.delete(second)?;
/// s.commit().await?;
/// assert_eq!(*TOLD.lock().unwrap(), ["new: Start", "new: End", "changed: Home", "gone: End"]);
///
/// s.delete(first)?;
/// assert!(s.commit().await.unwrap_err().is_check_violation());
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has `#[orm(hooks)]`, but does not implement `Hooks`",
    label = "no `impl Hooks for {Self}`",
    note = "write `impl orm::Hooks for {Self} {{ .. }}`, or remove `hooks`"
)]
#[allow(unused_variables, reason = "what is not written does nothing")]
pub trait Hooks: Model {
    /// Runs before a new row is inserted: its values can be read and set.
    ///
    /// # Errors
    /// An error refuses the insert.
    fn before_insert(row: &mut Draft<'_, Self>) -> Result<()> {
        Ok(())
    }

    /// Runs after a row was inserted.
    fn after_insert(&self) {}

    /// Runs before changes of the row are sent: more can be changed. After a rollback, it runs again with the next flush, on
    /// the row as it left it.
    ///
    /// # Errors
    /// An error refuses the change.
    fn before_update(&mut self) -> Result<()> {
        Ok(())
    }

    /// Runs after the row was updated.
    fn after_update(&self) {}

    /// Runs before the row is deleted.
    ///
    /// # Errors
    /// An error refuses the delete.
    fn before_delete(&self) -> Result<()> {
        Ok(())
    }

    /// Runs after the row was deleted.
    fn after_delete(&self) {}
}

/// The hooks of a model.
#[doc(hidden)]
#[allow(missing_debug_implementations, reason = "functions")]
pub struct HookSet<T: Model> {
    pub(super) before_insert: fn(&mut Draft<'_, T>) -> Result<()>,
    pub(super) after_insert: fn(&T),
    pub(super) before_update: fn(&mut T) -> Result<()>,
    pub(super) after_update: fn(&T),
    pub(super) before_delete: fn(&T) -> Result<()>,
    pub(super) after_delete: fn(&T),
}

impl<T: Hooks> HookSet<T> {
    /// The hooks of `T`.
    #[must_use]
    pub fn of() -> Self {
        HookSet {
            before_insert: T::before_insert,
            after_insert: T::after_insert,
            before_update: T::before_update,
            after_update: T::after_update,
            before_delete: T::before_delete,
            after_delete: T::after_delete,
        }
    }
}
