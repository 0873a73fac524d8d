//! Changes that return their rows: with RETURNING where it is supported, and with the same result where it is not.

mod changed;
mod counted;
mod insert;
mod insert_from;
mod read_back;
mod sent;
mod upsert;

use std::panic::Location;

use crate::error::Result;
use crate::model::Model;
use crate::query::Read;
use crate::session::{Fetch, Lease, column_of};
use crate::syntax::Command;

pub(super) use changed::{count, delete, update};
pub(crate) use insert::insert;
pub(super) use insert::nothing_back;
pub(super) use insert_from::insert_from;
pub(super) use upsert::upserted;

async fn fetch<T: Model>(
    lease: &mut Lease<'_>,
    command: Command,
    at: &'static Location<'static>,
) -> Result<Vec<T>> {
    let mut fetch = Fetch::new(T::read as Read<T>);
    lease.run(command, &mut fetch, at).await?;
    fetch.finish(|index| column_of(T::table(), index))
}
