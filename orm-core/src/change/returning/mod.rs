//! Giving back the rows of a change, with RETURNING where there is one and the same result where there is none.

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

pub(super) use changed::{delete, update};
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
