//! The conflict clause of upserts.

use std::fmt;
use std::marker::PhantomData;

use super::update::assign_all;
use super::upsert::{Ignored, Source as Rows, Upsert};
use super::{InsertAll, InsertFrom};
use crate::expression::{Assignments, Column};
use crate::mode::Required;
use crate::model::{Model, Writable};
use crate::session::{Executor, Pending};
use crate::syntax::{Conflict, Source, Update};

/// A conflict key: the columns of a unique key, as one column or a tuple of columns.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let anna = User::insert().email("ann@example.org").name("Anna");
/// User::insert_all([anna]).on_conflict(|u| u.email).update(|u, new| u.name.to(new.name)).execute(db).await?;
/// assert_eq!(User::find(1).one(db).await?.name, "Anna");
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a key that rows can conflict on",
    label = "expected a column or a tuple of columns",
    note = "name a unique key, as in `.on_conflict(|u| u.email)`"
)]
pub trait ConflictTarget {
    #[doc(hidden)]
    fn push(self, columns: &mut Vec<u16>);
}

#[diagnostic::do_not_recommend]
impl<V, N> ConflictTarget for Column<V, N> {
    fn push(self, columns: &mut Vec<u16>) {
        columns.push(self.index());
    }
}

macro_rules! tuples {
    ($($name:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<$($name: ConflictTarget),*> ConflictTarget for ($($name,)*) {
            #[allow(non_snake_case, reason = "one variable per type")]
            fn push(self, columns: &mut Vec<u16>) {
                let ($($name,)*) = self;
                $($name.push(columns);)*
            }
        }
    };
}
crate::macros::for_tuples!(tuples);

/// An INSERT with a conflict key, made with `on_conflict`; next comes what to do on a conflict. `C` is what running it
/// returns: `u64` if the number of rows is known.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let anna = User::insert().email("ann@example.org").name("Anna");
/// let on_email = User::insert_all([anna]).on_conflict(|u| u.email);
/// on_email.update(|u, new| u.name.to(new.name)).execute(db).await?;
/// assert_eq!(User::find(1).one(db).await?.name, "Anna");
/// # Ok(()) }) }
/// ```
#[must_use = "say what happens to rows that are there: `.update(..)` or `.ignore()`"]
pub struct OnConflict<T: Model, C = u64> {
    rows: Rows,
    target: Vec<u16>,
    _type: PhantomData<fn() -> (T, C)>,
}

impl<T: Model, C> fmt::Debug for OnConflict<T, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OnConflict").field("model", &T::table().model).finish_non_exhaustive()
    }
}

impl<T: Writable> InsertAll<T> {
    /// Makes this an upsert: sets the unique key on which rows may conflict with existing rows (the conflict key). The
    /// closure gets the columns of the primary key and of the unique keys; of a composite key, return all columns.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// #[derive(Model)]
    /// #[orm(table = "stock", unique(shop, item))]
    /// struct Stock {
    ///     #[orm(primary_key, auto)]
    ///     id: u64,
    ///     shop: u32,
    ///     item: u32,
    ///     amount: i32,
    /// }
    /// # db.create_tables::<Stock>().await?;
    /// let more = || Stock::insert_all([Stock::insert().shop(1).item(7).amount(2)]);
    /// let add = || more().on_conflict(|s| (s.shop, s.item)).update(|old, new| old.amount.to(old.amount + new.amount));
    /// add().execute(db).await?;
    /// add().execute(db).await?;
    /// assert_eq!(Stock::query().one(db).await?.amount, 4);
    ///
    /// let error = more().on_conflict(|s| s.shop).ignore().execute(db).await.unwrap_err();
    /// assert_eq!(
    ///     error.to_string().lines().next(),
    ///     Some("`shop` is not a unique key of `Stock`, so rows cannot conflict on it; its keys are `id`, `(shop, item)`")
    /// );
    /// # Ok(()) }) }
    /// ```
    pub fn on_conflict<K: ConflictTarget>(self, key: impl FnOnce(T::Keys) -> K) -> OnConflict<T> {
        OnConflict::new(Rows::Values(self.nodes), key)
    }
}

impl<T: Writable> InsertFrom<T> {
    /// Makes this an upsert: sets the unique key on which rows may conflict with existing rows; see
    /// [`InsertAll::on_conflict`]. It returns no row count, since MySQL counts an updated row twice.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let shouting = User::insert_from(User::query(), |u| User::insert().email(u.email).name(u.name.upper()));
    /// shouting.on_conflict(|u| u.email).update(|u, new| u.name.to(new.name)).execute(db).await?;
    /// assert_eq!(User::find(1).one(db).await?.name, "ANN");
    /// # Ok(()) }) }
    /// ```
    pub fn on_conflict<K: ConflictTarget>(self, key: impl FnOnce(T::Keys) -> K) -> OnConflict<T, ()> {
        OnConflict::new(Rows::Query(Box::new(self.insert)), key)
    }
}

impl<T: Writable, C> OnConflict<T, C> {
    fn new<K: ConflictTarget>(rows: Rows, key: impl FnOnce(T::Keys) -> K) -> Self {
        let mut target = Vec::with_capacity(1);
        key(T::keys(Source::table(0))).push(&mut target);
        OnConflict { rows, target, _type: PhantomData }
    }
}

impl<T: Model, C> OnConflict<T, C> {
    /// Updates the existing row on a conflict. The closure gets its columns and those of the row that could not be inserted.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let rows = [("ann@example.org", "Anna"), ("cid@example.org", "Cid")];
    /// let rows = rows.map(|(email, name)| User::insert().email(email).name(name));
    /// let upsert = User::insert_all(rows).on_conflict(|u| u.email).update(|old, new| {
    ///     (old.name.to(new.name), old.age.to(old.age + 1))
    /// });
    /// assert_eq!(upsert.execute(db).await?, 2);
    /// let ann = User::query().filter(|u| u.email.eq("ann@example.org")).one(db).await?;
    /// assert_eq!((ann.name.as_str(), ann.age), ("Anna", Some(42)));
    /// # Ok(()) }) }
    /// ```
    pub fn update<B: Assignments>(
        self,
        assignments: impl FnOnce(T::Fields<Required>, T::Fields<Required>) -> B,
    ) -> Upsert<T, C> {
        let mut update = Update::new(T::table());
        let mut list = Vec::with_capacity(2);
        let old = T::fields(update.target.source());
        assignments(old, T::fields(Source::excluded())).push_assignments(&mut list);
        assign_all(&mut update, list);
        Upsert::new(self.rows, Conflict { target: self.target, update: Some(update) })
    }

    /// Leaves the existing row unchanged on a conflict. Only conflicts on this key are ignored: any other problem with a row
    /// is still an error. It returns no row count, since MySQL does not report one.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let ann = User::insert().email("ann@example.org").name("Another Ann");
    /// User::insert_all([ann]).on_conflict(|u| u.email).ignore().execute(db).await?;
    /// assert_eq!(User::query().filter(|u| u.name.eq("Another Ann")).count(db).await?, 0);
    /// # Ok(()) }) }
    /// ```
    pub fn ignore(self) -> Upsert<T, Ignored> {
        Upsert::new(self.rows, Conflict { target: self.target, update: None })
    }

    /// Not available here: [`update`](Self::update) or [`ignore`](Self::ignore) must say what happens to existing rows.
    pub fn execute<'a>(self, on: impl Executor<'a>) -> Pending<'a, C>
    where
        Self: Decided<C>,
    {
        let _ = on;
        self.run()
    }
}

/// Never implemented: nothing says what happens to existing rows.
#[diagnostic::on_unimplemented(
    message = "this upsert does not say what to do with rows that already exist",
    label = "no `.update(..)` or `.ignore()` before it runs",
    note = "update the existing row with `.update(|old, new| old.name.to(new.name))`, or keep it with `.ignore()`"
)]
pub trait Decided<C> {
    #[doc(hidden)]
    fn run<'a>(self) -> Pending<'a, C>;
}
