//! Derived tables: the rows of a select, used as those of a table.

use std::marker::PhantomData;

use crate::expression::Column;
use crate::mode::{Far, Mode, Nullable, Required};
use crate::model::Model;
use crate::scope::{Place, Push, PushFull, Scope};
use crate::syntax::Source;
use crate::value::{Cells, Fault, Value};

/// A row whose parts become columns again when its select is used as a derived table, in the FROM of another query: a
/// value, a model, an embedded struct, an `Option` of one, or a tuple or a `#[derive(Row)]` struct of them.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let per_author = Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.count()));
/// // `(u64, i64)` has the columns `(Column<u64>, Column<i64>)`.
/// let busy = per_author.into_query().filter(|(_, posts)| posts.gt(1)).select(|(author, _)| author);
/// assert_eq!(busy.all(db).await?, [1]);
/// // `(User, Option<Post>)` has `(UserFields, PostFields<Nullable>)`.
/// let pairs = User::query().left_join(|u| u.posts()).select(|(u, p)| (u, p)).into_query();
/// assert_eq!(pairs.filter(|(_, p)| p.id.is_null()).select(|(u, _)| u.name).all(db).await?, ["Bob"]);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the row of a derived table",
    label = "not a value, a model, an `Option` of one or a tuple of these",
    note = "select the columns that are needed, as a tuple"
)]
pub trait Shape: Send + Sized + 'static {
    /// The columns at its place; on the optional side of an outer join they are [`Nullable`].
    type Columns<N: Mode>: Copy;

    #[doc(hidden)]
    fn columns<N: Mode>(source: Source, at: &mut u16) -> Self::Columns<N>;

    #[doc(hidden)]
    fn width() -> usize;

    #[doc(hidden)]
    fn read(cells: &mut Cells<'_, '_>) -> Result<Self, Fault>;
}

#[diagnostic::do_not_recommend]
impl<V: Value> Shape for V {
    type Columns<N: Mode> = Column<V, N>;

    fn columns<N: Mode>(source: Source, at: &mut u16) -> Self::Columns<N> {
        let index = *at;
        *at += 1;
        Column::new(source, index)
    }

    fn width() -> usize {
        1
    }

    fn read(cells: &mut Cells<'_, '_>) -> Result<Self, Fault> {
        cells.value()
    }
}

#[diagnostic::do_not_recommend]
impl<O: Shape> Shape for Option<O> {
    type Columns<N: Mode> = O::Columns<N::OrNull>;

    fn columns<N: Mode>(source: Source, at: &mut u16) -> Self::Columns<N> {
        O::columns::<N::OrNull>(source, at)
    }

    fn width() -> usize {
        O::width()
    }

    /// Reads `None` if all cells are NULL, which is what the server returns for a missing row.
    fn read(cells: &mut Cells<'_, '_>) -> Result<Self, Fault> {
        let width = O::width();
        if (0..width).all(|column| cells.is_null(column)) {
            cells.skip(width);
            return Ok(None);
        }
        O::read(cells).map(Some)
    }
}

/// The columns of a model in a derived row, starting at the first one not yet taken.
#[doc(hidden)]
pub fn columns_of<T: Model, N: Mode>(source: Source, at: &mut u16) -> T::Fields<N> {
    let optional = N::absent::<()>().is_some();
    let fields = T::fields(source.part(*at, optional));
    *at += T::table().width();
    fields
}

macro_rules! tuples {
    ($($name:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<$($name: Shape),*> Shape for ($($name,)*) {
            type Columns<M: Mode> = ($($name::Columns<M>,)*);

            fn columns<M: Mode>(source: Source, at: &mut u16) -> Self::Columns<M> {
                ($($name::columns::<M>(source, at),)*)
            }

            fn width() -> usize {
                0 $(+ $name::width())*
            }

            fn read(cells: &mut Cells<'_, '_>) -> Result<Self, Fault> {
                Ok(($($name::read(cells)?,)*))
            }
        }
    };
}
crate::macros::for_tuples!(tuples);

/// A derived table: the rows of a select in the FROM of another. See
/// [`Rows::into_query`](crate::query::Rows::into_query).
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::{Derived, Query};
///
/// fn names() -> Query<Derived<(u64, String)>> {
///     User::query().select(|u| (u.id, u.name)).into_query()
/// }
/// assert_eq!(names().filter(|(_, name)| name.eq("Bob")).select(|(id, _)| id).all(db).await?, [2]);
/// # Ok(()) }) }
/// ```
#[derive(Debug)]
pub struct Derived<O>(PhantomData<fn() -> O>);

#[diagnostic::do_not_recommend]
impl<O: Shape> Place for Derived<O> {
    type Columns = O::Columns<Required>;
    type Far = O::Columns<Far<Required>>;
    type Row = O;
    type Maybe = MaybeDerived<O>;

    fn columns(source: Source) -> Self::Columns {
        O::columns(source, &mut 0)
    }

    fn far(source: Source) -> Self::Far {
        O::columns(source, &mut 0)
    }

    fn read(cells: &mut Cells<'_, '_>) -> Result<O, Fault> {
        O::read(cells)
    }
}

#[diagnostic::do_not_recommend]
impl<O: Shape> Scope for Derived<O> {
    type Columns = O::Columns<Required>;
    type Settable = O::Columns<Required>;
    type Row = O;

    fn bind(base: u64) -> Self::Columns {
        O::columns(Source::table(base), &mut 0)
    }

    fn settable(base: u64) -> Self::Settable {
        Self::bind(base)
    }

    fn read(cells: &mut Cells<'_, '_>) -> Result<O, Fault> {
        O::read(cells)
    }
}

#[diagnostic::do_not_recommend]
impl<O: Shape, P: Place> Push<P> for Derived<O> {
    type Out = (Derived<O>, P);
}

#[diagnostic::do_not_recommend]
impl<O: Shape, P: Place> PushFull<P> for Derived<O> {
    type Out = (MaybeDerived<O>, P);
}

/// A derived table on the optional side of an outer join.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::{MaybeDerived, Query};
///
/// /// Each user with the number of posts, if there is any.
/// fn with_posts() -> Query<(User, MaybeDerived<(u64, i64)>)> {
///     let posts = Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.count()));
///     User::query().left_join_rows(posts, |u, (author, _)| u.id.eq(author))
/// }
/// let counts = with_posts().order_by(|(u, _)| u.id.asc()).select(|(u, (_, count))| (u.name, count));
/// assert_eq!(counts.all(db).await?, [("Ann".to_owned(), Some(2)), ("Bob".to_owned(), None)]);
/// # Ok(()) }) }
/// ```
#[derive(Debug)]
pub struct MaybeDerived<O>(PhantomData<fn() -> O>);

#[diagnostic::do_not_recommend]
impl<O: Shape> Place for MaybeDerived<O> {
    type Columns = O::Columns<Nullable>;
    type Far = O::Columns<Far<Nullable>>;
    type Row = Option<O>;
    type Maybe = Self;

    fn columns(source: Source) -> Self::Columns {
        O::columns(source, &mut 0)
    }

    fn far(source: Source) -> Self::Far {
        O::columns(source, &mut 0)
    }

    fn read(cells: &mut Cells<'_, '_>) -> Result<Option<O>, Fault> {
        <Option<O> as Shape>::read(cells)
    }
}
