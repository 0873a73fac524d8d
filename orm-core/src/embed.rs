//! Structs and enums whose fields are columns of a model.

use std::fmt;

use crate::change::InsertRow;
use crate::expression::{Assignment, Condition, all_of};
use crate::mode::Mode;
use crate::schema::ColumnDef;
use crate::syntax::{ColumnRef, Comparison, Item, Node, Operator, Source};
use crate::value::{Cells, Datum, Fault, Mismatch};

/// A struct, or an enum, whose fields are columns of each model that has it in a field with `#[orm(embed)]`: an address, an
/// amount with its currency, a payment of one kind or another. Derived.
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
    label = "its fields are no columns",
    note = "add `#[derive(Embed)]` to `{Self}`; a single value is a column by itself, without `embed`"
)]
pub trait Embed: Send + Sync + Sized + 'static {
    /// The columns, as closures are given them.
    type Fields<M: Mode>: fmt::Debug + Copy + Send + Sync;

    /// What a row is without them: complete, if there is a value for each that is left out.
    #[doc(hidden)]
    type Unset;

    /// The columns, without what a model puts before their names.
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

    /// The columns of one place in a query, of which this is the first.
    #[doc(hidden)]
    fn fields<M: Mode>(source: Source, first: u16) -> Self::Fields<M>;

    /// Reads the next cells.
    #[doc(hidden)]
    fn read(cells: &mut Cells<'_, '_>) -> Result<Self, Fault>;

    /// The values of all columns, in the order of the fields.
    #[doc(hidden)]
    fn write(self, values: &mut Vec<Datum>);

    /// A copy of the value of one column.
    #[doc(hidden)]
    fn column_value(&self, column: u16) -> Datum;

    /// Sets one column to the next cell.
    #[doc(hidden)]
    fn set_column(&mut self, column: u16, cells: &mut Cells<'_, '_>) -> Result<(), Fault>;
}

impl<T> InsertRow<T> {
    /// Sets the columns from `first` on to those that a struct writes.
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

/// What the columns of an embedded struct are compared with: a value of it, or such columns.
///
/// ```
/// # use orm::prelude::*;
/// #[derive(Embed, Debug, Clone)]
/// pub struct Place {
///     pub street: String,
///     pub zip: Option<String>,
/// }
///
/// #[derive(Model)]
/// pub struct Parcel {
///     #[orm(primary_key, auto)]
///     pub id: u64,
///     #[orm(embed)]
///     pub sender: Place,
///     #[orm(embed)]
///     pub receiver: Place,
/// }
/// # fn main() { orm_doc::run(async |db| {
/// db.create_tables::<Parcel>().await?;
/// let home = Place { street: "Elm Street".into(), zip: None };
/// Parcel::insert().sender(home.clone()).receiver(home.clone()).execute(db).await?;
/// let to_oneself = Parcel::query().filter(|p| p.sender.eq(p.receiver));
/// let from_here = Parcel::query().filter(|p| p.sender.eq(&home));
/// assert_eq!((to_oneself.count(db).await?, from_here.count(db).await?), (1, 1));
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "the columns of an embedded `{E}` cannot be compared with `{Self}`",
    label = "expected a `{E}`, or such columns",
    note = "one of its columns is compared by itself: `row.price.amount.ge(..)`"
)]
pub trait EmbedOperand<E: Embed> {
    /// The expressions of all columns.
    #[doc(hidden)]
    fn nodes(self) -> Vec<Node>;
}

/// What the columns of an embedded struct are set to: a value of it, or such columns of a row that is there.
///
/// ```
/// # use orm::prelude::*;
/// #[derive(Embed, Debug, Clone, PartialEq)]
/// pub struct Price {
///     pub cents: i64,
///     #[orm(length = 3)]
///     pub currency: String,
/// }
///
/// #[derive(Model)]
/// pub struct Offer {
///     #[orm(primary_key, auto)]
///     pub id: u64,
///     #[orm(unique, length = 20)]
///     pub sku: String,
///     #[orm(embed)]
///     pub price: Price,
/// }
/// # fn main() { orm_doc::run(async |db| {
/// db.create_tables::<Offer>().await?;
/// for cents in [950, 990] {
///     let offer = Offer::insert().sku("A-1").price(Price { cents, currency: "EUR".into() });
///     Offer::insert_all([offer]).on_conflict(|o| o.sku).update(|o, new| o.price.to(new.price)).execute(db).await?;
/// }
/// assert_eq!(Offer::query().one(db).await?.price.cents, 990);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "the columns of an embedded `{E}` cannot be set to `{Self}`",
    label = "expected a `{E}`, or such columns of a row that is there",
    note = "one of its columns is set by itself: `row.price.amount.to(..)`"
)]
pub trait EmbedAssign<E: Embed>: EmbedOperand<E> {}

#[diagnostic::do_not_recommend]
impl<E: Embed> EmbedOperand<E> for E {
    fn nodes(self) -> Vec<Node> {
        let mut values = Vec::new();
        self.write(&mut values);
        values.into_iter().map(Node::Value).collect()
    }
}

#[diagnostic::do_not_recommend]
impl<E: Embed> EmbedOperand<E> for &E {
    fn nodes(self) -> Vec<Node> {
        (0..position(0, &[E::COLUMNS])).map(|column| Node::Value(self.column_value(column))).collect()
    }
}

#[diagnostic::do_not_recommend]
impl<E: Embed> EmbedAssign<E> for E {}

#[diagnostic::do_not_recommend]
impl<E: Embed> EmbedAssign<E> for &E {}

/// The assignments of all columns, of which this is the first.
#[doc(hidden)]
pub fn assign<E: Embed>(source: Source, first: u16, value: impl EmbedAssign<E>) -> Vec<Assignment> {
    let assignment = |(column, value)| Assignment { column: ColumnRef::new(source, column), value };
    (first..).zip(value.nodes()).map(assignment).collect()
}

/// Whether all columns, of which this is the first, are those of `value`: a part that may be `None` is NULL then.
#[doc(hidden)]
pub fn eq<E: Embed>(source: Source, first: u16, value: impl EmbedOperand<E>) -> Condition {
    let columns = nodes::<E>(source, first).into_iter().zip(value.nodes()).zip(E::COLUMNS);
    all_of(columns.map(|((column, value), definition)| {
        Condition(if definition.nullable {
            Node::binary(column, Operator::Compare(Comparison::Same), value)
        } else {
            Node::compare(column, Comparison::Equal, value)
        })
    }))
}

/// All columns, of which this is the first.
#[doc(hidden)]
#[must_use]
pub fn nodes<E: Embed>(source: Source, first: u16) -> Vec<Node> {
    (first..).take(E::COLUMNS.len()).map(|column| Node::Column(ColumnRef::new(source, column))).collect()
}

/// Selects all columns, of which this is the first.
#[doc(hidden)]
pub fn items(source: Source, first: u16, columns: usize, items: &mut Vec<Item>) {
    items.extend(
        (first..).take(columns).map(|column| Item::Node(Node::Column(ColumnRef::new(source, column)))),
    );
}

/// The columns in a derived row, where those begin that are left.
#[doc(hidden)]
pub fn columns_of<E: Embed, M: Mode>(source: Source, at: &mut u16) -> E::Fields<M> {
    let fields = E::fields(source, *at);
    *at += position(0, &[E::COLUMNS]);
    fields
}

/// The columns of other variants.
#[doc(hidden)]
pub fn nulls(values: &mut Vec<Datum>, count: usize) {
    values.resize(values.len() + count, Datum::Null);
}

/// The error for a column of a variant that an enum is not.
#[doc(hidden)]
#[cold]
#[must_use]
pub fn other_variant<E>(cells: &Cells<'_, '_>) -> Fault {
    cells.fault::<E>(0, Mismatch::invalid("a column of another variant"))
}

/// What a model embeds: what is put before the names, and the columns.
type Embedded = (&'static str, &'static [ColumnDef]);

/// The most characters of a name that MySQL and MariaDB take.
const LONGEST: usize = 64;

/// The position of the first column behind those of a model and of what it has embedded before.
#[doc(hidden)]
#[must_use]
#[allow(clippy::cast_possible_truncation, reason = "no table has so many columns")]
pub const fn position(own: u16, embedded: &[&[ColumnDef]]) -> u16 {
    let mut position = own;
    let mut at = 0;
    while at < embedded.len() {
        position += embedded[at].len() as u16;
        at += 1;
    }
    position
}

/// Whether one of some columns is sensitive.
#[doc(hidden)]
#[must_use]
pub const fn has_sensitive(columns: &[ColumnDef]) -> bool {
    let mut at = 0;
    while at < columns.len() {
        if columns[at].sensitive {
            return true;
        }
        at += 1;
    }
    false
}

/// How many columns are embedded.
#[doc(hidden)]
#[must_use]
pub const fn count(embedded: &[Embedded]) -> usize {
    let mut count = 0;
    let mut at = 0;
    while at < embedded.len() {
        count += embedded[at].1.len();
        at += 1;
    }
    count
}

/// How many bytes their names have.
#[doc(hidden)]
#[must_use]
pub const fn bytes(embedded: &[Embedded]) -> usize {
    let mut bytes = 0;
    let mut at = 0;
    while at < embedded.len() {
        let (prefix, columns) = embedded[at];
        let mut column = 0;
        while column < columns.len() {
            bytes += prefix.len() + columns[column].name.len();
            column += 1;
        }
        at += 1;
    }
    bytes
}

/// Their names, one behind the other.
#[doc(hidden)]
#[must_use]
pub const fn names<const N: usize>(embedded: &[Embedded]) -> [u8; N] {
    let mut names = [0; N];
    let mut end = 0;
    let mut at = 0;
    while at < embedded.len() {
        let (prefix, columns) = embedded[at];
        let mut column = 0;
        while column < columns.len() {
            end = put(&mut names, end, prefix);
            end = put(&mut names, end, columns[column].name);
            column += 1;
        }
        at += 1;
    }
    names
}

const fn put(names: &mut [u8], at: usize, text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut index = 0;
    while index < bytes.len() {
        names[at + index] = bytes[index];
        index += 1;
    }
    at + bytes.len()
}

/// The columns of a model and of what it embeds, whose names are in `names`.
///
/// # Panics
/// While the model is compiled, if two columns have the same name, or one has a name that is too long.
#[doc(hidden)]
#[must_use]
#[track_caller]
pub const fn columns<const N: usize>(
    own: &[ColumnDef],
    embedded: &[Embedded],
    names: &'static [u8],
) -> [ColumnDef; N] {
    let mut all = [ColumnDef::new("", "", crate::value::Kind::Blob); N];
    let mut end = 0;
    while end < own.len() {
        all[end] = own[end];
        end += 1;
    }
    let mut left = names;
    let mut at = 0;
    while at < embedded.len() {
        let (prefix, columns) = embedded[at];
        let mut column = 0;
        while column < columns.len() {
            let (name, rest) = left.split_at(prefix.len() + columns[column].name.len());
            left = rest;
            // Put together of texts: it is one.
            let name = match std::str::from_utf8(name) {
                Ok(name) => name,
                Err(_) => "",
            };
            check_name(name, &all, end);
            all[end] = columns[column].renamed(name);
            end += 1;
            column += 1;
        }
        at += 1;
    }
    all
}

#[track_caller]
const fn check_name(name: &str, all: &[ColumnDef], end: usize) {
    assert!(
        name.len() <= LONGEST,
        "the name of an embedded column has more than 64 characters: put a shorter one before it with `#[orm(embed = \"…\")]`"
    );
    let mut at = 0;
    while at < end {
        assert!(
            !is_same(all[at].name, name),
            "an embedded column is called as another column of the model: put another name before it with `#[orm(embed = \"…\")]`"
        );
        at += 1;
    }
}

/// Servers do not tell upper case from lower in the names of columns.
const fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at].eq_ignore_ascii_case(&other[at]) {
        at += 1;
    }
    at == one.len() && at == other.len()
}
