//! What rows of raw SQL can be decoded as.

use crate::schema::Table;
use crate::value::{Cells, Fault, Value};

/// A type that a row of raw SQL can be decoded as.
///
/// | type | how its columns are found |
/// |---|---|
/// | a model, a struct with `#[derive(Row)]` | by name, in any order; other columns are ignored |
/// | a value, an `Option` of one, a tuple of these | by position; there must be no other columns |
/// | a [`Map`](super::Map) | all, by name |
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let users: Vec<User> = sql!("SELECT * FROM {@User} ORDER BY id").all(db).await?;
/// let pairs: Vec<(u64, Option<i32>)> = sql!("SELECT id, age FROM {@User} ORDER BY id").all(db).await?;
/// assert_eq!(pairs, [(users[0].id, users[0].age), (users[1].id, users[1].age)]);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "a row of raw SQL cannot be read as `{Self}`",
    label = "not a model, a row, a value or a tuple of values",
    note = "read it as a model, a struct with `#[derive(Row)]` whose fields are values, a value, a tuple of values or an `orm::raw::Map`"
)]
pub trait FromRow: Sized + Send + 'static {
    /// How its columns are found.
    #[doc(hidden)]
    fn layout() -> Layout;

    /// Decodes one row. The cells are in the order of the layout; `names` are the column names if all columns are wanted.
    #[doc(hidden)]
    fn read(cells: &mut Cells<'_, '_>, names: &[String]) -> Result<Self, Fault>;
}

/// How the columns of a row are found.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum Layout {
    /// This many, by position.
    Positions(usize),
    /// Those of a model.
    Table(&'static Table),
    /// Those of a struct, by name.
    Names(&'static str, &'static [&'static str]),
    /// All.
    All,
}

/// A type that one column of a row can be decoded as: a value, or an `Option` of one if it may be NULL.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::raw::FromCell;
///
/// /// Returns the first column of the users, as any type.
/// async fn ages<T: FromCell>(db: &Database) -> orm::Result<Vec<(u64, T)>> {
///     sql!("SELECT id, age FROM users ORDER BY id").all(db).await
/// }
/// assert_eq!(ages::<Option<i32>>(db).await?, [(1, Some(41)), (2, None)]);
/// assert!(ages::<i32>(db).await.unwrap_err().is_decode()); // Bob's is NULL
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "a column cannot be read as `{Self}`",
    label = "not a value or an `Option` of one",
    note = "use a column type, or `#[derive(Value)]` on your own newtype or enum"
)]
pub trait FromCell: Sized + Send + 'static {
    /// Decodes the next cell.
    #[doc(hidden)]
    fn read_cell(cells: &mut Cells<'_, '_>) -> Result<Self, Fault>;
}

#[diagnostic::do_not_recommend]
impl<V: Value> FromCell for V {
    #[inline]
    fn read_cell(cells: &mut Cells<'_, '_>) -> Result<Self, Fault> {
        cells.value()
    }
}

#[diagnostic::do_not_recommend]
impl<V: Value> FromCell for Option<V> {
    #[inline]
    fn read_cell(cells: &mut Cells<'_, '_>) -> Result<Self, Fault> {
        cells.nullable()
    }
}

#[diagnostic::do_not_recommend]
impl<V: Value> FromRow for V {
    fn layout() -> Layout {
        Layout::Positions(1)
    }

    #[inline]
    fn read(cells: &mut Cells<'_, '_>, _: &[String]) -> Result<Self, Fault> {
        cells.value()
    }
}

#[diagnostic::do_not_recommend]
impl<V: Value> FromRow for Option<V> {
    fn layout() -> Layout {
        Layout::Positions(1)
    }

    #[inline]
    fn read(cells: &mut Cells<'_, '_>, _: &[String]) -> Result<Self, Fault> {
        cells.nullable()
    }
}

macro_rules! tuples {
    ($($name:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<$($name: FromCell),*> FromRow for ($($name,)*) {
            fn layout() -> Layout {
                Layout::Positions(const { [$(stringify!($name)),*].len() })
            }

            #[inline]
            fn read(cells: &mut Cells<'_, '_>, _: &[String]) -> Result<Self, Fault> {
                Ok(($($name::read_cell(cells)?,)*))
            }
        }
    };
}
crate::macros::for_tuples!(tuples);
