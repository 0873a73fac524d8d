//! Selections: the types that `select` returns.

use crate::expression::{Aggregate, Column, Expr};
use crate::mode::Mode;
use crate::model::Model;
use crate::relation::One;
use crate::syntax::{Item, Node, Source};
use crate::value::{Cells, Fault, Value};

/// Something that can be selected: a column, an expression, all columns of a row, or a tuple of these.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let rows: Vec<(Post, String)> = Post::query().join(|p| p.author()).select(|(p, a)| (p, a.name)).all(db).await?;
/// assert_eq!(rows.len(), 2);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be selected",
    label = "not a column, expression, row or tuple of them",
    note = "select a condition as `.known()` or `.or_null()`, a Rust value as `value(5)`, a window with its `.over(..)`; load relations with `.with(|row| row.relation())`",
    note = "to select a struct `Line`, add `#[derive(Row)]` to it, and select `LineFields {{ name: u.name }}`"
)]
pub trait Selection {
    /// The type that it is read as.
    type Output: Send + 'static;

    #[doc(hidden)]
    fn push(self, items: &mut Vec<Item>);

    /// Returns the same as a GROUP BY key.
    #[doc(hidden)]
    #[must_use]
    fn into_key(self) -> Self
    where
        Self: Sized,
    {
        self
    }

    #[doc(hidden)]
    fn read(cells: &mut Cells<'_, '_>) -> Result<Self::Output, Fault>;
}

macro_rules! values {
    ($($ty:ident $($key:ident)?;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<V: Value, N: Mode> Selection for $ty<V, N> {
            type Output = N::Of<V>;

            $(fn into_key(self) -> Self {
                $ty::new(Node::$key(Box::new(self.into_node())))
            })?

            #[inline]
            fn push(self, items: &mut Vec<Item>) {
                items.push(Item::Node(self.into_node()));
            }

            #[inline]
            fn read(cells: &mut Cells<'_, '_>) -> Result<Self::Output, Fault> {
                N::read_value::<V>(cells)
            }
        }
    )* };
}
values! {
    Column;
    Expr Key;
    Aggregate;
}

/// The row that a relation leads to.
#[diagnostic::do_not_recommend]
impl<T: Model, N: Mode> Selection for One<T, N> {
    type Output = N::Of<T>;

    fn push(self, items: &mut Vec<Item>) {
        items.push(Item::Row(self.target(), T::table()));
    }

    fn read(cells: &mut Cells<'_, '_>) -> Result<Self::Output, Fault> {
        N::read_row::<T>(cells)
    }
}

macro_rules! tuples {
    ($($name:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<$($name: Selection),*> Selection for ($($name,)*) {
            type Output = ($($name::Output,)*);

            #[allow(non_snake_case, reason = "one variable per type")]
            fn push(self, items: &mut Vec<Item>) {
                let ($($name,)*) = self;
                $($name.push(items);)*
            }

            #[allow(non_snake_case, reason = "one variable per type")]
            fn into_key(self) -> Self {
                let ($($name,)*) = self;
                ($($name.into_key(),)*)
            }

            #[inline]
            fn read(cells: &mut Cells<'_, '_>) -> Result<Self::Output, Fault> {
                Ok(($($name::read(cells)?,)*))
            }
        }
    };
}
crate::macros::for_tuples!(tuples);

/// The tables of a query, as closures receive them: one, or a tuple.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let query = Post::query().join(|p| p.author()).for_update().of(|(p, a)| (p, a));
/// assert!(query.to_sql(&orm::dialect::MYSQL)?.sql.ends_with("OF `posts`, `users`"));
/// # let _ = db; Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a table of the query",
    label = "not the columns of a table",
    note = "return tables from the closure's argument: `.of(|(p, _)| p)`"
)]
pub trait Tables {
    #[doc(hidden)]
    fn push(self, tables: &mut Vec<Source>);
}

macro_rules! tables {
    ($($name:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<$($name: Tables),*> Tables for ($($name,)*) {
            #[allow(non_snake_case, reason = "one variable per type")]
            fn push(self, tables: &mut Vec<Source>) {
                let ($($name,)*) = self;
                $($name.push(tables);)*
            }
        }
    };
}
crate::macros::for_tuples!(tables);
