//! Comparisons and assignments of embedded structs as a whole.

use super::{Embed, position};
use crate::expression::{Assignment, Condition, all_of};
use crate::syntax::{ColumnRef, Comparison, Node, Operator, Source};

/// The right-hand side of a comparison with an embedded struct: a value of it, or the columns of another one.
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
    message = "an embedded `{E}` cannot be compared with `{Self}`",
    label = "expected a `{E}` or the columns of one",
    note = "to compare one of its columns, name it: `row.price.amount.ge(..)`"
)]
pub trait EmbedOperand<E: Embed> {
    /// Returns the expressions of all columns.
    #[doc(hidden)]
    fn nodes(self) -> Vec<Node>;
}

/// The new value of an embedded struct: a value of it, or the columns of an existing row.
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
    message = "an embedded `{E}` cannot be set to `{Self}`",
    label = "expected a `{E}`, or its columns of a row that cannot be missing",
    note = "to set one of its columns, name it: `row.price.amount.to(..)`"
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

/// Returns the assignments of all columns, starting at the column `first`.
#[doc(hidden)]
pub fn assign<E: Embed>(source: Source, first: u16, value: impl EmbedAssign<E>) -> Vec<Assignment> {
    let assignment = |(column, value)| Assignment { column: ColumnRef::new(source, column), value };
    (first..).zip(value.nodes()).map(assignment).collect()
}

/// Returns the condition that all columns, starting at the column `first`, equal those of `value`. An optional field that is
/// `None` matches NULL.
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

/// Returns all columns, starting at the column `first`.
#[doc(hidden)]
#[must_use]
pub fn nodes<E: Embed>(source: Source, first: u16) -> Vec<Node> {
    (first..).take(E::COLUMNS.len()).map(|column| Node::Column(ColumnRef::new(source, column))).collect()
}
