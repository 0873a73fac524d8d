//! Types that can be bind parameters.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet, VecDeque};

use crate::value::{Datum, Value as _};

/// A type that raw SQL can bind: a value of a column type, a reference to one, `&str`, `&[u8]`, or an `Option` of those.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let (name, age) = ("Ann", Some(41));
/// let n: i64 = sql!("SELECT count(*) FROM {@User} WHERE name = {name} AND age = {age}").scalar(db).await?;
/// assert_eq!(n, 1);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used as a bind parameter",
    label = "a value in here has no column type",
    note = "bind a column type, an `Option` of one, or a type with `#[derive(Value)]`; write a list as `{{..list}}`"
)]
pub trait Param {
    /// The value to bind.
    #[doc(hidden)]
    fn datum(&self) -> Datum;
}

#[diagnostic::do_not_recommend]
impl<T: Param + ?Sized> Param for &T {
    fn datum(&self) -> Datum {
        (**self).datum()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Param> Param for Option<T> {
    fn datum(&self) -> Datum {
        self.as_ref().map_or(Datum::Null, Param::datum)
    }
}

#[diagnostic::do_not_recommend]
impl Param for str {
    fn datum(&self) -> Datum {
        Datum::Text(self.into())
    }
}

#[diagnostic::do_not_recommend]
impl Param for [u8] {
    fn datum(&self) -> Datum {
        self.to_vec().into_datum()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Param + ToOwned + ?Sized> Param for Cow<'_, T> {
    fn datum(&self) -> Datum {
        (**self).datum()
    }
}

/// Several values that raw SQL binds, separated by commas: a slice, array, `Vec` or set, or a reference to one.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let ids = vec![1, 2, 3];
/// let names: Vec<String> = sql!("SELECT name FROM {@User} WHERE id IN ({..ids}) ORDER BY id").all(db).await?;
/// assert_eq!(names, ["Ann", "Bob"]);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of values",
    label = "something in here is used as a list, but is not one",
    note = "`{{..list}}` takes a slice, array, `Vec` or set of values; write a single value as `{{value}}`"
)]
pub trait ParamList {
    /// The values to bind.
    #[doc(hidden)]
    fn data(&self) -> Vec<Datum>;
}

#[diagnostic::do_not_recommend]
impl<T: ParamList + ?Sized> ParamList for &T {
    fn data(&self) -> Vec<Datum> {
        (**self).data()
    }
}

macro_rules! lists {
    ($([$($parameter:tt)*] $list:ty;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<T: Param, $($parameter)*> ParamList for $list {
            fn data(&self) -> Vec<Datum> {
                self.iter().map(Param::datum).collect()
            }
        }
    )* };
}
lists! {
    [] [T];
    [] Vec<T>;
    [const N: usize] [T; N];
    [] VecDeque<T>;
    [] BTreeSet<T>;
    [S] HashSet<T, S>;
}
