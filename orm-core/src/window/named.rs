//! Named windows.

use super::{NoWindowYet, Window, Windowed};
use crate::syntax::{self, WindowName};
use crate::value::Value;

/// A named window that several functions share, written once in the WINDOW clause. Made by [`named`].
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::window;
/// let posts = Post::query().order_by(|p| p.id.asc()).select(|p| {
///     let of_author = window::named("of_author", |w| w.partition_by(p.author_id).order_by(p.id.asc()));
///     (window::row_number().over_named(&of_author), window::lead(p.title, 1).over_named(&of_author))
/// });
/// assert!(posts.to_sql(db.dialect())?.sql.contains(r#"WINDOW "of_author" AS (PARTITION BY"#));
/// assert_eq!(posts.all(db).await?, [(1, Some("Draft".to_owned())), (2, None)]);
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone)]
#[must_use = "a window does nothing until a function is placed over it"]
pub struct NamedWindow(syntax::Window);

/// Names a window, for functions to use with `.over_named(&window)`. Two windows of the same name are kept apart.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::window;
/// let posts = Post::query().select(|p| {
///     let so_far = window::named("so_far", |w| w.order_by(p.id.asc()).rows(..=0));
///     (window::count().over_named(&so_far), window::sum(p.id).over_named(&so_far))
/// });
/// assert_eq!(posts.all(db).await?, [(1, Some(1)), (2, Some(3))]);
/// # Ok(()) }) }
/// ```
pub fn named(name: &str, window: impl FnOnce(Window) -> Window) -> NamedWindow {
    let window = window(Window(syntax::Window::default())).0;
    NamedWindow(syntax::Window { name: Some(WindowName::new(name)), ..window })
}

impl<V: Value, N> NoWindowYet<V, N> {
    /// Places the function over a named window.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// use orm::window;
    /// let shares = Post::query().select(|p| {
    ///     let all = window::named("all", |w| w);
    ///     (p.id, window::count().over_named(&all), window::max(p.id).over_named(&all))
    /// });
    /// assert_eq!(shares.all(db).await?, [(1, 2, Some(2)), (2, 2, Some(2))]);
    /// # Ok(()) }) }
    /// ```
    pub fn over_named(self, window: &NamedWindow) -> Windowed<V, N> {
        self.placed(window.0.clone())
    }
}
