//! Rows by their keys.

use std::panic::Location;

use super::read::read_one;
use super::{Handle, flush_if_pending};
use crate::error::{Error, ErrorKind, Result};
use crate::expression::KeyValue;
use crate::model::{Model, Writable};
use crate::session::{Pending, Transaction};
use crate::syntax::{Node, Sight};
use crate::value::Datum;

impl Transaction {
    /// The row with a primary key, tracked from now on. If it is tracked already, nothing is sent, and it is as it is
    /// here, with changes that are not flushed yet.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// let ann = s.get::<User>(1).await?;
    /// assert_eq!(s.get::<User>(1).await?, ann);
    /// assert!(s.get::<User>(99).await.unwrap_err().is_not_found());
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// Kind `NotFound` if there is none; see [`find`](Self::find).
    #[track_caller]
    pub fn get<T: Writable>(&mut self, key: impl KeyValue<T::Key>) -> Pending<'_, Handle<T>> {
        let (key, at) = (values(key), Location::caller());
        match self.unit().known(&key) {
            Some(handle) => Pending::new(std::future::ready(Ok(handle))),
            None => Pending::new(async move {
                let found = load(self, key, at).await?;
                found.ok_or_else(|| {
                    Error::new(ErrorKind::NotFound, format!("no row of `{}` matches", T::table().model))
                })
            }),
        }
    }

    /// The row with a primary key, tracked from now on, or `None` if there is none.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// assert_eq!(s.find::<User>(99).await?, None);
    /// let ann = s.find::<User>(1).await?.unwrap();
    /// assert_eq!(s[ann].name, "Ann");
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn find<T: Writable>(&mut self, key: impl KeyValue<T::Key>) -> Pending<'_, Option<Handle<T>>> {
        let (key, at) = (values(key), Location::caller());
        match self.unit().known(&key) {
            Some(handle) => Pending::new(std::future::ready(Ok(Some(handle)))),
            None => Pending::new(load(self, key, at)),
        }
    }
}

fn values<K>(key: impl KeyValue<K>) -> Vec<Datum> {
    let mut nodes = Vec::with_capacity(1);
    key.push(&mut nodes);
    let value = |node| match node {
        Node::Value(value) => value,
        _ => Datum::Null,
    };
    nodes.into_iter().map(value).collect()
}

async fn load<T: Model>(
    tx: &mut Transaction,
    key: Vec<Datum>,
    at: &'static Location<'static>,
) -> Result<Option<Handle<T>>> {
    flush_if_pending(tx, at).await?;
    // The flush may have inserted it.
    if let Some(handle) = tx.unit().known(&key) {
        return Ok(Some(handle));
    }
    let row = read_one::<T>(tx, key, Sight::default(), at).await?;
    Ok(row.map(|row| tx.unit_mut().track(row, false)))
}
