//! Assignments: setting columns.

use crate::expression::{Column, Expr};
use crate::mode::{Far, Nullable, Required};
use crate::syntax::{ColumnRef, Node};
use crate::value::{Datum, Value};

/// A value that a `V` column can be set to: a Rust value, another column, an expression, or `None` if the column is
/// nullable.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let name = String::from("Anna");
/// let update = User::update().set(|u| (u.name.to(&name), u.email.to(u.name), u.age.to(None)));
/// assert_eq!(update.filter(|u| u.id.eq(1)).execute(db).await?, 1);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "a column of type `{V}` cannot be set to `{Self}`",
    label = "expected `{V}`",
    note = "set it to a value, column or expression of its type; only a nullable column takes `None`, an `Option<{V}>` or a nullable expression (`.coalesce(..)` replaces NULL)"
)]
pub trait Assign<V, N> {
    /// Returns the expression.
    #[doc(hidden)]
    fn node(self) -> Node;
}

macro_rules! expressions {
    ($($ty:ident)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<V: Value, N> Assign<V, N> for $ty<V, N> {
            fn node(self) -> Node {
                self.into_node()
            }
        }
        #[diagnostic::do_not_recommend]
        impl<V: Value> Assign<V, Nullable> for $ty<V, Required> {
            fn node(self) -> Node {
                self.into_node()
            }
        }
        /// For a column of a related or joined row.
        #[diagnostic::do_not_recommend]
        impl<V: Value> Assign<V, Required> for $ty<V, Far<Required>> {
            fn node(self) -> Node {
                self.into_node()
            }
        }
        #[diagnostic::do_not_recommend]
        impl<V: Value, N> Assign<V, Nullable> for $ty<V, Far<N>> {
            fn node(self) -> Node {
                self.into_node()
            }
        }
    )* };
}
expressions!(Column Expr);

#[diagnostic::do_not_recommend]
impl<N> Assign<String, N> for &str {
    fn node(self) -> Node {
        Node::Value(Datum::Text(self.into()))
    }
}

#[diagnostic::do_not_recommend]
impl<N> Assign<String, N> for &&str {
    fn node(self) -> Node {
        Node::Value(Datum::Text((*self).into()))
    }
}

#[diagnostic::do_not_recommend]
impl<N> Assign<Vec<u8>, N> for &[u8] {
    fn node(self) -> Node {
        Node::Value(self.to_vec().into_datum())
    }
}

/// For byte string literals, `b"…"`.
#[diagnostic::do_not_recommend]
impl<N, const LENGTH: usize> Assign<Vec<u8>, N> for &[u8; LENGTH] {
    fn node(self) -> Node {
        Node::Value(self.to_vec().into_datum())
    }
}

/// A column and its new value, made with [`Column::to`].
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let update = User::update().set(|u| u.name.to("Anna")).filter(|u| u.id.eq(1));
/// assert_eq!(update.execute(db).await?, 1);
/// # Ok(()) }) }
/// ```
#[derive(Debug)]
#[must_use = "an assignment does nothing until `set` takes it"]
pub struct Assignment {
    pub(crate) column: ColumnRef,
    pub(crate) value: Node,
}

/// One assignment, a tuple of assignments, or a `Vec`.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let (title, body) = (Some("Hello!"), None::<String>);
/// let update = Post::update().filter(|p| p.id.eq(1)).set(|p| {
///     let title = title.map(|title| p.title.to(title));
///     let body = body.map(|body| p.body.to(body));
///     title.into_iter().chain(body).collect::<Vec<_>>()
/// });
/// assert_eq!(update.execute(db).await?, 1);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an assignment",
    label = "an assignment looks like `row.column.to(value)`",
    note = "pass several assignments as a tuple, an array or a `Vec`"
)]
pub trait Assignments {
    #[doc(hidden)]
    fn push_assignments(self, assignments: &mut Vec<Assignment>);
}

#[diagnostic::do_not_recommend]
impl Assignments for Assignment {
    fn push_assignments(self, assignments: &mut Vec<Assignment>) {
        assignments.push(self);
    }
}

#[diagnostic::do_not_recommend]
impl Assignments for Vec<Assignment> {
    fn push_assignments(self, assignments: &mut Vec<Assignment>) {
        assignments.extend(self);
    }
}

#[diagnostic::do_not_recommend]
impl<const N: usize> Assignments for [Assignment; N] {
    fn push_assignments(self, assignments: &mut Vec<Assignment>) {
        assignments.extend(self);
    }
}

macro_rules! tuples {
    ($($name:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<$($name: Assignments),*> Assignments for ($($name,)*) {
            #[allow(non_snake_case, reason = "one variable per type")]
            fn push_assignments(self, assignments: &mut Vec<Assignment>) {
                let ($($name,)*) = self;
                $($name.push_assignments(assignments);)*
            }
        }
    };
}
crate::macros::for_tuples!(tuples);
