//! Inserts of single rows.

use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;

use super::row::{is_to_be_counted, unset};
use super::{InsertAll, RowOf};
use crate::dialect::Dialect;
use crate::error::Result;
use crate::expression::Assign;
use crate::model::Model;
use crate::relation::Refers;
use crate::schema::Table;
use crate::session::{Executor, Pending};
use crate::syntax::{Node, Statement};

/// Type state of a builder: this required column has no value yet.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::{Missing, Set};
/// use orm_doc::UserInsert;
///
/// // An unfinished builder: the name is still missing.
/// fn guest(number: u32) -> UserInsert<Set, Missing> {
///     User::insert().email(format!("guest{number}@example.org"))
/// }
/// let guest = guest(7).name("Guest").returning(db).await?;
/// assert_eq!(guest.email, "guest7@example.org");
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Missing;

/// Type state of a builder: this required column has its value. If it is set again, the last value counts, as for any
/// column: a builder may come with defaults.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::Set;
/// use orm_doc::UserInsert;
///
/// fn guest(number: u32) -> UserInsert<Set, Set> {
///     User::insert().email(format!("guest{number}@example.org")).name("Guest")
/// }
/// assert_eq!(User::insert_all((1..4).map(guest)).execute(db).await?, 3);
/// assert_eq!(guest(4).name("Eve").returning(db).await?.name, "Eve");
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Set;

thread_local! {
    /// The buffer of the last row that was moved to a list, for reuse by the next one: otherwise each of many inserted rows
    /// would allocate and free its own, a sixth of the client's work for a short row.
    static SPARE: Cell<Vec<Node>> = const { Cell::new(Vec::new()) };
}

/// A row being built: the contents of the builder that `#[derive(Model)]` generates.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let cid = User::insert().email("cid@example.org").name("Cid");
/// assert_eq!(cid.execute(db).await?, 1);
/// # Ok(()) }) }
/// ```
pub struct InsertRow<T> {
    table: &'static Table,
    /// One node per column; `Node::Default` where nothing has been set.
    columns: Vec<Node>,
    _model: PhantomData<fn() -> T>,
}

impl<T> Clone for InsertRow<T> {
    fn clone(&self) -> Self {
        InsertRow { columns: self.columns.clone(), ..*self }
    }
}

impl<T> fmt::Debug for InsertRow<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InsertRow").field("model", &self.table.model).finish_non_exhaustive()
    }
}

impl<T: Model> Default for InsertRow<T> {
    fn default() -> Self {
        let table = T::table();
        let mut columns = SPARE.try_with(Cell::take).unwrap_or_default();
        columns.extend(table.columns.iter().map(|_| Node::Default));
        InsertRow { table, columns, _model: PhantomData }
    }
}

impl<T> InsertRow<T> {
    /// Sets the column at `index`.
    #[doc(hidden)]
    #[must_use]
    pub fn set<V, N>(self, index: u16, value: impl Assign<V, N>) -> Self {
        self.set_node(index, value.node())
    }

    /// Sets the foreign key at `number` to reference a row.
    #[doc(hidden)]
    #[must_use]
    pub fn set_key<P: Model>(mut self, number: usize, row: impl Refers<P>) -> Self {
        let Some(key) = self.table.foreign_keys.get(number) else { return self };
        let mut parts = Vec::with_capacity(key.columns.len());
        row.push_key(key.parent_columns(), &mut parts);
        for (&column, part) in key.columns.iter().zip(parts) {
            self = self.set_node(column, part);
        }
        self
    }

    pub(crate) fn set_node(mut self, index: u16, node: Node) -> Self {
        if let Some(column) = self.columns.get_mut(usize::from(index)) {
            match column {
                // A default has nothing to drop; this saves the check.
                Node::Default => std::mem::forget(std::mem::replace(column, node)),
                _ => *column = node,
            }
        }
        self
    }

    /// Pushes one node per column, in order.
    #[doc(hidden)]
    pub fn push_nodes(self, nodes: &mut Vec<Node>) {
        let mut columns = self.into_nodes();
        nodes.append(&mut columns);
        let _ = SPARE.try_with(|spare| spare.set(columns));
    }

    /// Returns one node per column, in order.
    #[doc(hidden)]
    #[must_use]
    pub fn into_nodes(mut self) -> Vec<Node> {
        for (node, column) in self.columns.iter_mut().zip(self.table.columns) {
            match node {
                Node::Default => *node = unset(column),
                Node::Value(value) if is_to_be_counted(column, value) => *node = Node::Default,
                _ => {}
            }
        }
        self.columns
    }
}

impl<T: Model> InsertRow<T> {
    fn insert(self) -> InsertAll<T> {
        InsertAll::from_nodes(self.into_nodes())
    }

    /// Inserts the row and returns how many were inserted.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// User::insert().email("cid@example.org").name("Cid").age(7).execute(db).await?;
    /// assert_eq!(User::query().count(db).await?, 3);
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn execute<'a>(self, on: impl Executor<'a>) -> Pending<'a, u64> {
        self.insert().execute(on)
    }

    /// Inserts the row and returns it as stored.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let cid: User = User::insert().email("cid@example.org").name("Cid").returning(db).await?;
    /// assert_eq!((cid.id, cid.age), (3, None));
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn returning<'a>(self, on: impl Executor<'a>) -> Pending<'a, T> {
        self.insert().returning_one(on)
    }

    /// Renders the statement for a dialect, without a database.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let statement = User::insert().email("cid@example.org").name("Cid").to_sql(&orm::dialect::MYSQL)?;
    /// assert!(statement.sql.starts_with("INSERT INTO `users` (`email`, `name`"));
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// If a value does not fit its column.
    pub fn to_sql(&self, dialect: &Dialect) -> Result<Statement> {
        self.clone().insert().to_sql(dialect)
    }
}

#[diagnostic::do_not_recommend]
impl<T> RowOf<T> for InsertRow<T> {
    type Given = Set;

    fn push(self, nodes: &mut Vec<Node>) {
        self.push_nodes(nodes);
    }
}
