//! Embedded structs and enums, whose fields are columns of a model.

mod operand;
mod table;

use std::fmt;

pub use operand::{EmbedAssign, EmbedOperand, assign, eq, nodes};
pub use table::{bytes, columns, count, has_sensitive, names, of_enum, position};

use crate::change::InsertRow;
use crate::mode::Mode;
use crate::schema::ColumnDef;
use crate::syntax::{ColumnRef, Item, Node, Source};
use crate::value::{Cells, Datum, Fault, Mismatch};

/// A struct or enum whose fields become columns of each model that embeds it with `#[orm(embed)]`: an address, an amount
/// with its currency, a payment of one kind or another. Derive it.
///
/// ```
/// # use orm::prelude::*;
/// #[derive(Embed, Debug, Clone, PartialEq)]
/// pub struct Address {
///     pub street: String,
///     #[orm(length = 10)]
///     pub zip: Option<String>,
/// }
///
/// #[derive(Model, Debug, Clone)]
/// #[orm(table = "customers")]
/// pub struct Customer {
///     #[orm(primary_key, auto)]
///     pub id: u64,
///     #[orm(embed)]
///     pub home: Address, // the columns `home_street` and `home_zip`
/// }
/// # fn main() { orm_doc::run(async |db| {
/// db.create_tables::<Customer>().await?;
/// let home = Address { street: "Elm Street".into(), zip: None };
/// Customer::insert().home(home.clone()).execute(db).await?;
/// let found = Customer::query().filter(|c| c.home.street.starts_with("Elm")).one(db).await?;
/// assert_eq!(found.home, home);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be embedded",
    label = "not a type with `#[derive(Embed)]`",
    note = "add `#[derive(Embed)]` to `{Self}`; a type that is stored in one column needs no `embed`"
)]
pub trait Embed: Send + Sync + Sized + 'static {
    /// The columns, as closures receive them.
    type Fields<M: Mode>: fmt::Debug + Copy + Send + Sync;

    /// The type of a row without them, for inserts: complete if each column left out has a default.
    #[doc(hidden)]
    type Unset;

    /// The columns, without the prefix that a model adds to their names.
    ///
    /// ```
    /// use orm::Embed;
    /// #[derive(Embed, Clone)]
    /// struct Size {
    ///     width: i32,
    ///     height: i32,
    /// }
    /// assert_eq!(Size::COLUMNS.iter().map(|column| column.name).collect::<Vec<_>>(), ["width", "height"]);
    /// ```
    const COLUMNS: &'static [ColumnDef];

    /// Returns the columns of one source in a query, starting at the column `first`.
    #[doc(hidden)]
    fn fields<M: Mode>(source: Source, first: u16) -> Self::Fields<M>;

    /// Reads the value from the next cells.
    #[doc(hidden)]
    fn read(cells: &mut Cells<'_, '_>) -> Result<Self, Fault>;

    /// Appends the values of all columns, in the order of the fields.
    #[doc(hidden)]
    fn write(self, values: &mut Vec<Datum>);

    /// Returns a copy of the value of one column.
    #[doc(hidden)]
    fn column_value(&self, column: u16) -> Datum;

    /// Sets one column to the next cell.
    #[doc(hidden)]
    fn set_column(&mut self, column: u16, cells: &mut Cells<'_, '_>) -> Result<(), Fault>;
}

impl<T> InsertRow<T> {
    /// Sets the columns from `first` on to the values that a struct writes.
    #[doc(hidden)]
    #[must_use]
    pub fn set_embedded(mut self, first: u16, write: impl FnOnce(&mut Vec<Datum>)) -> Self {
        let mut values = Vec::new();
        write(&mut values);
        for (column, value) in (first..).zip(values) {
            self = self.set_node(column, Node::Value(value));
        }
        self
    }
}

/// Selects all columns, starting at the column `first`.
#[doc(hidden)]
pub fn items(source: Source, first: u16, columns: usize, items: &mut Vec<Item>) {
    items.extend(
        (first..).take(columns).map(|column| Item::Node(Node::Column(ColumnRef::new(source, column)))),
    );
}

/// Returns the columns in a derived row, starting at the next one.
#[doc(hidden)]
pub fn columns_of<E: Embed, M: Mode>(source: Source, at: &mut u16) -> E::Fields<M> {
    let fields = E::fields(source, *at);
    *at += position(0, &[E::COLUMNS]);
    fields
}

/// Appends NULLs for the columns of other variants.
#[doc(hidden)]
pub fn nulls(values: &mut Vec<Datum>, count: usize) {
    values.resize(values.len() + count, Datum::Null);
}

/// Returns the error for a column that belongs to another variant of an enum.
#[doc(hidden)]
#[cold]
#[must_use]
pub fn other_variant<E>(cells: &Cells<'_, '_>) -> Fault {
    cells.fault::<E>(0, Mismatch::invalid("a column of another variant"))
}
