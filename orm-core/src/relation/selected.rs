//! Selections from the rows of a relation.

use std::sync::Arc;

use super::{Gather, InRow, Many, Part, Plan, With};
use crate::mode::Required;
use crate::model::Model;
use crate::query::Read;
use crate::selection::Selection;
use crate::syntax::{Item, Projection, Select, Source};

impl<T: Model, H> Many<T, H> {
    /// Loads columns and expressions of the rows instead of whole rows.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let ann = User::find(1).with(|u| u.posts().select(|p| (p.id, p.title)));
    /// let (_, titles): (User, Vec<(u64, String)>) = ann.one(db).await?;
    /// assert_eq!(titles, [(1, "Hello".to_owned()), (2, "Draft".to_owned())]);
    /// # Ok(()) }) }
    /// ```
    pub fn select<P: Selection>(
        self,
        selection: impl FnOnce(T::Fields<Required>) -> P,
    ) -> With<T, P::Output> {
        self.part().select(selection)
    }
}

impl<T: Model> Part<T> {
    /// Loads columns and expressions of the rows instead of whole rows.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let newest = |u: UserFields| u.posts().order_by(|p| p.id.desc()).limit(1).select(|p| p.title);
    /// let users: Vec<(User, Vec<String>)> = User::query().order_by(|u| u.id.asc()).with(newest).all(db).await?;
    /// assert_eq!((users[0].1.as_slice(), users[1].1.len()), (["Draft".to_owned()].as_slice(), 0));
    /// # Ok(()) }) }
    /// ```
    pub fn select<P: Selection>(
        self,
        selection: impl FnOnce(T::Fields<Required>) -> P,
    ) -> With<T, P::Output> {
        let mut items = Vec::with_capacity(8);
        selection(self.fields()).push(&mut items);
        let mut rows = self.rows_alone();
        rows.projection = Projection::Items(items);
        With::new(self, Arc::new(Selected { rows, read: P::read }))
    }
}

/// A plan that selects something from a row.
struct Selected<O> {
    /// The row's table, as the selection refers to it.
    rows: Select,
    read: Read<O>,
}

impl<O: Send + 'static> Plan<O> for Selected<O> {
    fn items(&self, source: Source, items: &mut Vec<Item>) {
        items.extend(self.rows.items_of(source));
    }

    fn gather(&self) -> Box<dyn Gather<O>> {
        Box::new(InRow::new(self.read))
    }
}
