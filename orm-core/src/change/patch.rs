//! Patches: partial updates from a client.

use crate::expression::Assignment;
use crate::mode::Required;
use crate::model::Model;

/// A partial update of a row of `T`, such as the body of a PATCH request. Implement it with `#[derive(Patch)]`, and pass it
/// to [`Update::apply`](super::Update::apply).
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// #[derive(Patch)]
/// #[orm(model = Post)]
/// struct PostPatch {
///     title: Option<String>,
///     body: Option<Option<String>>,
/// }
/// let patch = PostPatch { title: None, body: Some(Some("More.".into())) };
/// assert_eq!(Post::update_by(1).apply(patch).execute(db).await?, 1);
/// let post = Post::find(1).one(db).await?;
/// assert_eq!((post.title.as_str(), post.body.as_deref()), ("Hello", Some("More.")));
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a patch of `{T}`",
    label = "expected a patch of `{T}`",
    note = "add `#[derive(Patch)]` and `#[orm(model = {T})]` to the struct"
)]
pub trait Patch<T: Model> {
    /// Pushes the assignments.
    #[doc(hidden)]
    fn push(self, row: T::Fields<Required>, assignments: &mut Vec<Assignment>);
}
