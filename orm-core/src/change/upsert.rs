//! Upserts: inserts that update the rows that are there.

use std::fmt;
use std::marker::PhantomData;
use std::panic::Location;
use std::sync::Arc;

use super::InsertAll;
use super::plan::plan;
use crate::dialect::Dialect;
use crate::error::{Error, ErrorKind, Result};
use crate::expression::{Assignments, Column};
use crate::mode::Required;
use crate::model::Model;
use crate::schema::Table;
use crate::scoped::Scope;
use crate::session::{Executor, Pending};
use crate::syntax::{Command, Conflict, Insert, Node, Source, Statement, Update};

/// The columns of a unique key: one column, or a tuple of them.
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

/// An insert that has named the key on which rows may conflict; what is to be done then comes next.
#[must_use = "say what happens to rows that are there: `.update(..)` or `.ignore()`"]
pub struct OnConflict<T: Model> {
    nodes: Vec<Node>,
    target: Vec<u16>,
    _model: PhantomData<fn() -> T>,
}

impl<T: Model> fmt::Debug for OnConflict<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OnConflict").field("model", &T::table().model).finish_non_exhaustive()
    }
}

impl<T: Model> InsertAll<T> {
    /// Names the unique key on which rows may conflict with those that are there.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let none = User::insert_all([User::insert().email("a@example.org").name("A")]).on_conflict(|u| u.name).ignore();
    /// let error = none.execute(db).await.unwrap_err();
    /// assert_eq!(
    ///     error.to_string().lines().next(),
    ///     Some("`name` is no unique key of `User`, so rows do not conflict on it; its keys are `id`, `email`")
    /// );
    /// # Ok(()) }) }
    /// ```
    pub fn on_conflict<K: ConflictTarget>(self, key: impl FnOnce(T::Fields<Required>) -> K) -> OnConflict<T> {
        let mut target = Vec::with_capacity(1);
        key(T::fields(Source::table(0))).push(&mut target);
        OnConflict { nodes: self.nodes, target, _model: PhantomData }
    }
}

impl<T: Model> OnConflict<T> {
    /// Updates the row that is there. The closure takes its columns and those of the row that could not be inserted.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let rows = [("ann@example.org", "Anna"), ("cid@example.org", "Cid")];
    /// let rows = rows.map(|(email, name)| User::insert().email(email).name(name));
    /// let upsert = User::insert_all(rows).on_conflict(|u| u.email).update(|old, new| {
    ///     (old.name.to(new.name), old.age.to(old.age.add(1)))
    /// });
    /// assert_eq!(upsert.execute(db).await?, 2);
    /// let ann = User::query().filter(|u| u.email.eq("ann@example.org")).one(db).await?;
    /// assert_eq!((ann.name.as_str(), ann.age), ("Anna", Some(42)));
    /// # Ok(()) }) }
    /// ```
    pub fn update<B: Assignments>(
        self,
        assignments: impl FnOnce(T::Fields<Required>, T::Fields<Required>) -> B,
    ) -> Upsert<T, u64> {
        let mut update = Update::new(T::table());
        let mut list = Vec::with_capacity(2);
        let old = T::fields(Source::table(update.base));
        assignments(old, T::fields(Source::excluded())).push(&mut list);
        for assignment in list {
            update.assign(assignment.column, assignment.value);
        }
        self.finish(Some(update))
    }

    /// Leaves the row that is there as it is. Only a conflict on this key is passed over: any other mistake in a row is
    /// an error, as ever. How many rows were inserted is not told, since MySQL does not say.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let ann = User::insert().email("ann@example.org").name("Another Ann");
    /// User::insert_all([ann]).on_conflict(|u| u.email).ignore().execute(db).await?;
    /// assert_eq!(User::query().filter(|u| u.name.eq("Another Ann")).count(db).await?, 0);
    /// # Ok(()) }) }
    /// ```
    pub fn ignore(self) -> Upsert<T, ()> {
        self.finish(None)
    }

    fn finish<R>(self, update: Option<Update>) -> Upsert<T, R> {
        let conflict = Conflict { target: self.target, update };
        Upsert { nodes: self.nodes, conflict, _model: PhantomData }
    }
}

/// Rows to insert, and what to do with those that are there.
#[must_use = "an upsert does nothing until `.execute(&db)` runs it"]
pub struct Upsert<T: Model, R> {
    nodes: Vec<Node>,
    conflict: Conflict,
    _model: PhantomData<fn() -> (T, R)>,
}

impl<T: Model, R> Clone for Upsert<T, R> {
    fn clone(&self) -> Self {
        Upsert { nodes: self.nodes.clone(), conflict: self.conflict.clone(), _model: PhantomData }
    }
}

impl<T: Model, R> fmt::Debug for Upsert<T, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upsert").field("model", &T::table().model).finish_non_exhaustive()
    }
}

impl<T: Model> Upsert<T, u64> {
    /// Inserts or updates the rows; gives how many that were: as many as were given, on every database.
    #[track_caller]
    pub fn execute<'a>(self, on: impl Executor<'a>) -> Pending<'a, u64> {
        self.run(on)
    }
}

impl<T: Model> Upsert<T, ()> {
    /// Inserts the rows that are not there.
    #[track_caller]
    pub fn execute<'a>(self, on: impl Executor<'a>) -> Pending<'a, ()> {
        let done = self.run(on);
        Pending::new(async move { done.await.map(drop) })
    }
}

impl<T: Model, R> Upsert<T, R> {
    #[track_caller]
    fn run<'a>(self, on: impl Executor<'a>) -> Pending<'a, u64> {
        let at = Location::caller();
        let on = on.on();
        Pending::new(async move {
            let mut lease = on.lease(T::table().bind, at).await?;
            let rows = self.nodes.len() / T::table().columns.len().max(1);
            let statements =
                statements(T::table(), self.nodes, &self.conflict, lease.dialect(), lease.scopes())?;
            let own = lease.begin_if_many(statements.len()).await?;
            for insert in statements {
                lease.run(Command::Insert(insert), &mut (), at).await?;
            }
            lease.commit_if(own).await?;
            Ok(rows as u64)
        })
    }

    /// The statement for a database, without one; the first, if the rows need several.
    ///
    /// # Errors
    /// If there are no rows, or the key is none.
    pub fn to_sql(&self, dialect: &Dialect) -> Result<Statement> {
        let statements = statements(T::table(), self.nodes.clone(), &self.conflict, dialect, &[])?;
        match statements.into_iter().next() {
            Some(insert) => crate::render::render(Command::Insert(insert), dialect),
            None => Err(Error::new(ErrorKind::InvalidQuery, "an insert of no rows is no statement")),
        }
    }
}

fn statements(
    table: &'static Table,
    nodes: Vec<Node>,
    conflict: &Conflict,
    dialect: &Dialect,
    scopes: &[Arc<Scope>],
) -> Result<Vec<Insert>> {
    let keys = keys(table);
    let same = |key: &Vec<u16>| {
        key.len() == conflict.target.len() && key.iter().all(|c| conflict.target.contains(c))
    };
    if !keys.iter().any(same) {
        return Err(no_key(table, &conflict.target, &keys));
    }
    let mut statements = plan(table, nodes, dialect, scopes);
    for insert in &mut statements {
        if !dialect.conflict_target
            && let Some(other) = keys.iter().find(|key| !same(key) && can_collide(table, insert, key))
        {
            return Err(ambiguous(table, other, dialect));
        }
        insert.conflict = Some(Box::new(conflict.clone()));
    }
    Ok(statements)
}

/// The primary key and the unique keys of a table, by position.
fn keys(table: &Table) -> Vec<Vec<u16>> {
    let single =
        (0u16..).zip(table.columns).filter(|(_, column)| column.unique).map(|(index, _)| vec![index]);
    let several = table.uniques.iter().filter(|key| key.condition.is_none()).map(|key| key.columns.to_vec());
    std::iter::once(table.primary_key.to_vec()).chain(single).chain(several).collect()
}

/// Whether a row of this insert can have the same key as another row: not if the server counts it up.
fn can_collide(table: &Table, insert: &Insert, key: &[u16]) -> bool {
    !key.iter().any(|column| table.column(*column).auto && !insert.columns.contains(column))
}

fn names(table: &Table, columns: &[u16]) -> String {
    let names: Vec<&str> = columns.iter().map(|&column| table.column(column).field).collect();
    if names.len() == 1 { format!("`{}`", names[0]) } else { format!("`({})`", names.join(", ")) }
}

#[cold]
fn no_key(table: &Table, target: &[u16], keys: &[Vec<u16>]) -> Error {
    let keys: Vec<String> = keys.iter().map(|key| names(table, key)).collect();
    let message = format!(
        "{} is no unique key of `{}`, so rows do not conflict on it; its keys are {}",
        names(table, target),
        table.model,
        keys.join(", ")
    );
    Error::new(ErrorKind::InvalidQuery, message)
}

#[cold]
fn ambiguous(table: &Table, other: &[u16], dialect: &Dialect) -> Error {
    let message = format!(
        "{} cannot be told on which key rows conflict, and these rows of `{}` may also conflict on {}; insert them in a \
         transaction, one after the other",
        dialect.name,
        table.model,
        names(table, other)
    );
    Error::new(ErrorKind::Unsupported, message)
}
