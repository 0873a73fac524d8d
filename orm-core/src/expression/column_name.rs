//! Columns by name, for names that come from a client.

use std::fmt;
use std::marker::PhantomData;

use crate::expression::{Condition, Expr, Ordered};
use crate::mode::Nullable;
use crate::model::Model;
use crate::syntax::{ColumnRef, Function, Node, OrderBy, Source};
use crate::value::Kind;

/// A column of `T` that is chosen by name at run time. See [`Model::column_named`].
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let asked = "name"; // from a client
/// let users = match User::column_named(asked) {
///     Some(column) => User::query().order_by(|u| column.of(u).desc()),
///     None => User::query(),
/// };
/// assert_eq!(users.first(db).await?.unwrap().name, "Bob");
/// assert!(User::column_named("password").is_none());
/// # Ok(()) }) }
/// ```
pub struct ColumnName<T> {
    index: u16,
    _model: PhantomData<fn() -> T>,
}

impl<T> Clone for ColumnName<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for ColumnName<T> {}

impl<T: Model> fmt::Debug for ColumnName<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ColumnName").field(&T::table().column(self.index).field).finish()
    }
}

impl<T: Model> ColumnName<T> {
    pub(crate) fn find(name: &str) -> Option<Self> {
        let index = T::table().columns.iter().position(|column| column.field == name && !column.sensitive)?;
        Some(ColumnName { index: u16::try_from(index).ok()?, _model: PhantomData })
    }

    /// Returns the column in a table of the current query.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let name = User::column_named("name").unwrap();
    /// let posts = Post::query().join(|p| p.author()).order_by(|(p, a)| (name.of(a).desc(), p.id.desc()));
    /// assert_eq!(posts.first(db).await?.unwrap().0.title, "Draft");
    /// # Ok(()) }) }
    /// ```
    pub fn of(self, columns: impl ColumnsOf<T>) -> AnyColumn {
        AnyColumn {
            column: ColumnRef::new(columns.source(), self.index),
            kind: T::table().column(self.index).kind,
        }
    }
}

/// The columns of `T`, as closures receive them.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let by = Post::column_named("title").unwrap(); // a name from a client, after a check
/// let posts = Post::query().join(|p| p.author()).order_by(|(p, _)| by.of(p).asc());
/// assert_eq!(posts.select(|(p, _)| p.title).all(db).await?, ["Draft", "Hello"]);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` are not the columns of `{T}`",
    label = "expected the columns of `{T}`",
    note = "in a join, pass the part of the tuple that belongs to `{T}`"
)]
pub trait ColumnsOf<T> {
    #[doc(hidden)]
    fn source(&self) -> Source;
}

/// A column whose type is known at run time only. Rows can be sorted by it, and searched if it has a text form.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// fn search(query: Query<User>, field: &str, words: &str) -> Query<User> {
///     let Some(column) = User::column_named(field) else { return query };
///     query.filter(|u| any_of(column.of(u).as_text().map(|text| text.contains(words))))
/// }
/// assert_eq!(search(User::query(), "age", "4").count(db).await?, 1);
/// assert_eq!(search(User::query(), "no column", "4").count(db).await?, 2);
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, Copy)]
#[must_use = "a column does nothing until a clause takes it"]
pub struct AnyColumn {
    column: ColumnRef,
    kind: Kind,
}

impl AnyColumn {
    fn order(self, descending: bool) -> Ordered {
        Ordered(OrderBy { node: Node::Column(self.column), kind: self.kind, descending, nulls_first: None })
    }

    /// Sorts in ascending order.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let key = Post::column_named("title").unwrap();
    /// assert_eq!(Post::query().order_by(|p| key.of(p).asc()).first(db).await?.unwrap().title, "Draft");
    /// # Ok(()) }) }
    /// ```
    pub fn asc(self) -> Ordered {
        self.order(false)
    }

    /// Sorts in descending order.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let key = Post::column_named("title").unwrap();
    /// assert_eq!(Post::query().order_by(|p| key.of(p).desc()).first(db).await?.unwrap().title, "Hello");
    /// # Ok(()) }) }
    /// ```
    pub fn desc(self) -> Ordered {
        self.order(true)
    }

    /// Tests for NULL: `IS NULL`. Always false if the column is not nullable.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let age = User::column_named("age").unwrap();
    /// assert_eq!(User::query().filter(|u| age.of(u).is_null()).count(db).await?, 1);
    /// # Ok(()) }) }
    /// ```
    pub fn is_null(self) -> Condition {
        Condition(Node::IsNull(Box::new(Node::Column(self.column))))
    }

    /// Returns its values as text, if they have a text form that is the same on every database: text itself, integers, dates
    /// and times.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let age = User::column_named("age").unwrap();
    /// let ages = User::query().order_by(|u| u.id.asc()).select(|u| age.of(u).as_text().unwrap());
    /// assert_eq!(ages.all(db).await?, [Some("41".to_owned()), None]);
    /// # Ok(()) }) }
    /// ```
    pub fn as_text(self) -> Option<Expr<String, Nullable>> {
        let column = Node::Column(self.column);
        match self.kind {
            Kind::Text | Kind::Choice(_) => Some(Expr::new(column)),
            Kind::Date | Kind::Clock | Kind::Timestamp | Kind::UtcTimestamp => Some(as_text(column)),
            kind if kind.is_integer() => Some(as_text(column)),
            _ => None,
        }
    }
}

fn as_text(column: Node) -> Expr<String, Nullable> {
    Expr::new(Node::call(Function::Cast, Kind::Text, vec![column]))
}
