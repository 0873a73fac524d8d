//! Nullability, as a type parameter separate from the type of a value.

use std::marker::PhantomData;

use crate::model::Model;
use crate::value::{Cells, Fault, Value};

/// Whether a column can be NULL at its place in a query, and whether it belongs to the row itself or to a related
/// one.
///
/// A predicate over any mode works on both sides of an outer join:
/// `fn visible<M: Mode>(p: PostFields<M>) -> Condition`.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// fn visible<M: Mode>(p: PostFields<M>) -> Condition {
///     p.published.is_true()
/// }
/// assert_eq!(Post::query().filter(visible).count(db).await?, 1);
/// assert_eq!(User::query().left_join(|u| u.posts()).filter(|(_, p)| visible(p)).count(db).await?, 1);
/// # Ok(()) }) }
/// ```
pub trait Mode: Copy + Send + Sync + 'static {
    /// What a value of type `V` is read as: `V` or `Option<V>`.
    type Of<V: Send + 'static>: Send + 'static;
    /// The mode of a value computed from a column of this mode and one of mode `M`.
    type With<M: Mode>: Mode;
    /// This mode for a value that is not a column.
    type Plain: Mode;
    /// The mode of a nullable column here.
    type OrNull: Mode;
    /// The mode of a related row's columns here.
    type Related: Mode;

    /// Wraps a value that is present.
    #[doc(hidden)]
    fn present<V: Send + 'static>(value: V) -> Self::Of<V>;

    /// Returns the absent value, if the mode allows one.
    #[doc(hidden)]
    fn absent<V: Send + 'static>() -> Option<Self::Of<V>>;

    /// Reads one value.
    #[doc(hidden)]
    fn read_value<V: Value>(cells: &mut Cells<'_, '_>) -> Result<Self::Of<V>, Fault>;

    /// Reads one row of a model.
    #[doc(hidden)]
    fn read_row<T: Model>(cells: &mut Cells<'_, '_>) -> Result<Self::Of<T>, Fault>;
}

/// The mode of a value that is never NULL.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// fn visible(p: PostFields<Required>) -> Condition {
///     p.published.is_true()
/// }
/// assert_eq!(Post::query().filter(visible).count(db).await?, 1);
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Required;

/// The mode of a value that may be NULL, which is read as an `Option`.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// fn untitled(p: PostFields<Nullable>) -> Condition {
///     p.title.is_null() // does not compile for a required column
/// }
/// assert_eq!(User::query().left_join(|u| u.posts()).filter(|(_, p)| untitled(p)).count(db).await?, 1);
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Nullable;

/// The mode of a related row's columns, which can be read but not set.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::Far;
/// fn by_ann(author: &UserFields<Far<Required>>) -> Condition {
///     author.name.eq("Ann")
/// }
/// assert_eq!(Post::query().filter(|p| by_ann(&p.author())).count(db).await?, 2);
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Far<N>(PhantomData<fn() -> N>);

impl Mode for Required {
    type Of<V: Send + 'static> = V;
    type With<M: Mode> = M::Plain;
    type Plain = Required;
    type OrNull = Nullable;
    type Related = Far<Required>;

    fn present<V: Send + 'static>(value: V) -> V {
        value
    }

    fn absent<V: Send + 'static>() -> Option<V> {
        None
    }

    #[inline]
    fn read_value<V: Value>(cells: &mut Cells<'_, '_>) -> Result<V, Fault> {
        cells.value()
    }

    #[inline]
    fn read_row<T: Model>(cells: &mut Cells<'_, '_>) -> Result<T, Fault> {
        T::read(cells)
    }
}

impl Mode for Nullable {
    type Of<V: Send + 'static> = Option<V>;
    type With<M: Mode> = Nullable;
    type Plain = Nullable;
    type OrNull = Nullable;
    type Related = Far<Nullable>;

    fn present<V: Send + 'static>(value: V) -> Option<V> {
        Some(value)
    }

    fn absent<V: Send + 'static>() -> Option<Option<V>> {
        Some(None)
    }

    #[inline]
    fn read_value<V: Value>(cells: &mut Cells<'_, '_>) -> Result<Option<V>, Fault> {
        cells.nullable()
    }

    #[inline]
    fn read_row<T: Model>(cells: &mut Cells<'_, '_>) -> Result<Option<T>, Fault> {
        let table = T::table();
        if table.left_empty(cells) {
            cells.skip(table.columns.len());
            return Ok(None);
        }
        T::read(cells).map(Some)
    }
}

impl<N: Mode> Mode for Far<N> {
    type Of<V: Send + 'static> = N::Of<V>;
    type With<M: Mode> = N::With<M>;
    type Plain = N::Plain;
    type OrNull = Far<Nullable>;
    type Related = Self;

    fn present<V: Send + 'static>(value: V) -> N::Of<V> {
        N::present(value)
    }

    fn absent<V: Send + 'static>() -> Option<N::Of<V>> {
        N::absent()
    }

    #[inline]
    fn read_value<V: Value>(cells: &mut Cells<'_, '_>) -> Result<N::Of<V>, Fault> {
        N::read_value(cells)
    }

    #[inline]
    fn read_row<T: Model>(cells: &mut Cells<'_, '_>) -> Result<N::Of<T>, Fault> {
        N::read_row::<T>(cells)
    }
}

/// A mode in which NULL can occur.
#[diagnostic::on_unimplemented(
    message = "this column is never NULL",
    label = "not a nullable column",
    note = "only an `Option` field, or a column of the optional side of an outer join, can be tested for NULL"
)]
pub trait MayBeNull {}
#[diagnostic::do_not_recommend]
impl MayBeNull for Nullable {}
#[diagnostic::do_not_recommend]
impl MayBeNull for Far<Nullable> {}

/// A mode of the row's own columns, which can be set.
#[diagnostic::on_unimplemented(
    message = "a column of a related row cannot be set here",
    label = "belongs to another table",
    note = "update that table, or change the related entity in a session"
)]
pub trait Own {}
#[diagnostic::do_not_recommend]
impl Own for Required {}
#[diagnostic::do_not_recommend]
impl Own for Nullable {}
