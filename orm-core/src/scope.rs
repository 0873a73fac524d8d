//! Scopes: the tables of a query as types.

use std::marker::PhantomData;

use crate::mode::{Far, Mode as _, Nullable, Required};
use crate::model::Model;
use crate::syntax::Source;
use crate::value::{Cells, Fault};

/// A table of a scope whose row an outer join may leave out.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// fn with_posts() -> Query<(User, orm::Maybe<Post>)> {
///     User::query().left_join(|u| u.posts())
/// }
/// let without = with_posts().filter(|(_, p)| p.id.is_null()).select(|(u, _)| u.name);
/// assert_eq!(without.all(db).await?, ["Bob"]);
/// # Ok(()) }) }
/// ```
#[derive(Debug)]
pub struct Maybe<T>(PhantomData<fn() -> T>);

/// One table of a scope.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::{Place, Query};
///
/// /// Counts the rows of users joined with another table, whose rows an outer join may leave out.
/// async fn count<P: Place>(pairs: Query<(User, P)>, db: &Database) -> orm::Result<i64> {
///     pairs.count(db).await
/// }
/// assert_eq!(count(User::query().join(|u| u.posts()), db).await?, 2);
/// assert_eq!(count(User::query().left_join(|u| u.posts()), db).await?, 3); // Bob has none
/// # Ok(()) }) }
/// ```
pub trait Place: 'static {
    /// Its columns, as closures receive them.
    type Columns: Copy;
    /// Its columns in a change of another table, which can be read but not set.
    type Far: Copy;
    /// The type that its rows are read as.
    type Row: Send + 'static;
    /// The same table once an outer join may leave its row out.
    type Maybe: Place;

    #[doc(hidden)]
    fn columns(source: Source) -> Self::Columns;

    #[doc(hidden)]
    fn far(source: Source) -> Self::Far;

    #[doc(hidden)]
    fn read(cells: &mut Cells<'_, '_>) -> Result<Self::Row, Fault>;
}

#[diagnostic::do_not_recommend]
impl<T: Model> Place for T {
    type Columns = T::Fields<Required>;
    type Far = T::Fields<Far<Required>>;
    type Row = T;
    type Maybe = Maybe<T>;

    #[inline]
    fn columns(source: Source) -> Self::Columns {
        T::fields(source)
    }

    fn far(source: Source) -> Self::Far {
        T::fields(source)
    }

    #[inline]
    fn read(cells: &mut Cells<'_, '_>) -> Result<T, Fault> {
        T::read(cells)
    }
}

impl<T: Model> Place for Maybe<T> {
    type Columns = T::Fields<Nullable>;
    type Far = T::Fields<Far<Nullable>>;
    type Row = Option<T>;
    type Maybe = Self;

    #[inline]
    fn columns(source: Source) -> Self::Columns {
        T::fields(source)
    }

    fn far(source: Source) -> Self::Far {
        T::fields(source)
    }

    #[inline]
    fn read(cells: &mut Cells<'_, '_>) -> Result<Option<T>, Fault> {
        Nullable::read_row::<T>(cells)
    }
}

/// The tables of a query: a model, or a tuple once there are joins. It determines the columns and the rows of the
/// query.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// fn by_adults(posts: Query<(Post, User)>) -> Query<(Post, User)> {
///     posts.filter(|(_, author)| author.age.ge(18))
/// }
/// let posts: Vec<(Post, User)> = by_adults(Post::query().join(|p| p.author())).all(db).await?;
/// assert_eq!(posts.len(), 2);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the type of a query's tables",
    label = "neither a model nor a tuple of models",
    note = "the optional side of an outer join is `Maybe<Post>`, not an `Option`; `select` returns `Rows<(u64, String)>`, not a `Query`; a derived table is `Derived<(u64, String)>`"
)]
pub trait Scope: 'static {
    /// What closures receive: the columns of the model, or a tuple of columns.
    type Columns: Copy;
    /// The same in an update of the first table, the only one whose columns can be set.
    type Settable: Copy;
    /// The type of a row: the model, or a tuple of models.
    type Row: Send + 'static;

    #[doc(hidden)]
    fn bind(base: u64) -> Self::Columns;

    #[doc(hidden)]
    fn settable(base: u64) -> Self::Settable;

    #[doc(hidden)]
    fn read(cells: &mut Cells<'_, '_>) -> Result<Self::Row, Fault>;
}

#[diagnostic::do_not_recommend]
impl<T: Model> Scope for T {
    type Columns = T::Fields<Required>;
    type Settable = T::Fields<Required>;
    type Row = T;

    #[inline]
    fn bind(base: u64) -> Self::Columns {
        T::fields(Source::table(base))
    }

    fn settable(base: u64) -> Self::Settable {
        T::fields(Source::table(base))
    }

    #[inline]
    fn read(cells: &mut Cells<'_, '_>) -> Result<T, Fault> {
        T::read(cells)
    }
}

/// A scope to which one more table can be added.
#[diagnostic::on_unimplemented(
    message = "a query joins at most 16 tables",
    label = "one table too many",
    note = "load the rest with a second query"
)]
pub trait Push<P> {
    /// The scope with `P` appended.
    type Out: Scope;
}

#[diagnostic::do_not_recommend]
impl<T: Model, P: Place> Push<P> for T {
    type Out = (T, P);
}

/// A scope to which a full join can add one more table; the join may leave out the row of any table of the scope.
#[diagnostic::on_unimplemented(
    message = "a query joins at most 16 tables",
    label = "one table too many",
    note = "load the rest with a second query"
)]
pub trait PushFull<P> {
    /// The scope with `P` appended.
    type Out: Scope;
}

#[diagnostic::do_not_recommend]
impl<T: Model, P: Place> PushFull<P> for T {
    type Out = (Maybe<T>, P);
}

macro_rules! scopes {
    ($first:ident $zero:literal $(, $name:ident $index:literal)*) => {
        #[diagnostic::do_not_recommend]
        impl<$first: Place, $($name: Place),*> Scope for ($first, $($name,)*) {
            type Columns = ($first::Columns, $($name::Columns,)*);
            type Settable = ($first::Columns, $($name::Far,)*);
            type Row = ($first::Row, $($name::Row,)*);

            #[inline]
            fn bind(base: u64) -> Self::Columns {
                ($first::columns(Source::table(base + $zero)), $($name::columns(Source::table(base + $index)),)*)
            }

            fn settable(base: u64) -> Self::Settable {
                ($first::columns(Source::table(base + $zero)), $($name::far(Source::table(base + $index)),)*)
            }

            #[inline]
            fn read(cells: &mut Cells<'_, '_>) -> Result<Self::Row, Fault> {
                Ok(($first::read(cells)?, $($name::read(cells)?,)*))
            }
        }
    };
}
macro_rules! pushes {
    ($($name:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<$($name: Place,)* Last: Place> Push<Last> for ($($name,)*) {
            type Out = ($($name,)* Last,);
        }

        #[diagnostic::do_not_recommend]
        impl<$($name: Place,)* Last: Place> PushFull<Last> for ($($name,)*) {
            type Out = ($($name::Maybe,)* Last,);
        }
    };
}
macro_rules! arities {
    ([$($name:ident $index:literal),*]) => {
        scopes!($($name $index),*);
    };
    ([$($name:ident $index:literal),*] $next:ident $number:literal $($rest:tt)*) => {
        scopes!($($name $index),*);
        pushes!($($name)*);
        arities!([$($name $index),*, $next $number] $($rest)*);
    };
}
arities!([A 0, B 1] C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 M 12 N 13 O 14 P 15);
