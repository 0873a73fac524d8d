//! Lists of values as a table: VALUES.

use crate::macros::for_tuples;
use crate::query::Rows;
use crate::relation::Reader;
use crate::shape::Shape;
use crate::syntax::{List, Origin, Select};
use crate::value::{Datum, Kind, Value};

/// Makes a table of rows from the program, for one statement (VALUES): it can be joined, filtered and named like any query.
/// The rows are values, tuples of values, or structs with `#[derive(Row)]`, whose fields become the columns.
///
/// The rows have no order, and the list may be empty. When texts are compared with a column, they use that column's
/// collation and index; among themselves and with other values, they are compared exactly.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// #[derive(Row)]
/// struct NewAge {
///     name: String,
///     age: i32,
/// }
/// let ages = vec![NewAge { name: "Ann".into(), age: 42 }, NewAge { name: "Bob".into(), age: 18 }];
/// let update = User::update().join_rows(values(ages), |u, new| u.name.eq(new.name));
/// assert_eq!(update.set(|(u, new)| u.age.to(new.age)).all_rows().execute(db).await?, 2);
///
/// // Which of them do not exist?
/// let names = values(["Ann", "Eve"].map(String::from));
/// let unknown = names.into_query().filter(|name| User::query().filter(|u| u.name.eq(name)).is_absent());
/// assert_eq!(unknown.all(db).await?, ["Eve"]);
/// # Ok(()) }) }
/// ```
pub fn values<O: ListRow>(rows: impl IntoIterator<Item = O>) -> Rows<O> {
    let mut kinds = Vec::with_capacity(O::width());
    O::kinds(&mut kinds);
    let rows = rows.into_iter();
    let mut values = Vec::with_capacity(rows.size_hint().0.saturating_mul(kinds.len()));
    rows.for_each(|row| row.push_values(&mut values));
    let list = List { kinds: kinds.into(), values: values.into() };
    Rows { select: Box::new(Select::from_origin(Origin::List(list))), reader: Reader::Rows(O::read) }
}

/// A row in a list for [`values`]: a value, an `Option` of one, a tuple of these, or a struct with `#[derive(Row)]`.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::{Derived, ListRow};
///
/// fn once<O: ListRow>(rows: Vec<O>) -> Rows<O> {
///     values(rows).distinct()
/// }
/// assert_eq!(once(vec![(1, 2), (1, 2), (3, 4)]).count(db).await?, 2);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a row of a list",
    label = "not a value, a tuple of values or a struct of them",
    note = "add `#[derive(Row)]` to a struct; use `String` for text; instead of a model, pass a tuple of the values you need"
)]
pub trait ListRow: Shape {
    #[doc(hidden)]
    fn kinds(kinds: &mut Vec<Kind>);

    #[doc(hidden)]
    fn push_values(self, values: &mut Vec<Datum>);
}

#[diagnostic::do_not_recommend]
impl<V: Value> ListRow for V {
    fn kinds(kinds: &mut Vec<Kind>) {
        kinds.push(V::KIND);
    }

    fn push_values(self, values: &mut Vec<Datum>) {
        values.push(self.into_datum());
    }
}

#[diagnostic::do_not_recommend]
impl<V: Value> ListRow for Option<V> {
    fn kinds(kinds: &mut Vec<Kind>) {
        kinds.push(V::KIND);
    }

    fn push_values(self, values: &mut Vec<Datum>) {
        values.push(self.map_or(Datum::Null, V::into_datum));
    }
}

macro_rules! tuples {
    ($($name:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<$($name: ListRow),*> ListRow for ($($name,)*) {
            fn kinds(kinds: &mut Vec<Kind>) {
                $($name::kinds(kinds);)*
            }

            #[allow(non_snake_case, reason = "a value is named as its type")]
            fn push_values(self, values: &mut Vec<Datum>) {
                let ($($name,)*) = self;
                $($name.push_values(values);)*
            }
        }
    };
}
for_tuples!(tuples);
