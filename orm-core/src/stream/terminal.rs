//! The terminal: what makes a stream of a statement.

use std::panic::Location;

use super::{Chunks, RowStream, Shared};
use crate::error::{Error, ErrorKind, Result};
use crate::query::Typed;
use crate::raw::{Decode, FromRow, Named, Sql};
use crate::relation::Reader;
use crate::session::{Executor, On};
use crate::syntax::{Command, Select};

impl Sql {
    /// The rows one by one, in constant memory.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut numbers = sql!("WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n) SELECT n FROM n").stream::<i64>(db);
    /// for expected in 1..=1_000 {
    ///     assert_eq!(numbers.next().await?, Some(expected)); // of infinitely many
    /// }
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn stream<'a, T: FromRow>(self, on: impl Executor<'a>) -> RowStream<'a, T> {
        let command = self.into_command();
        open(command, Named::new(), on.on(), Location::caller())
    }
}

/// The rows of a typed query.
pub(crate) fn typed<'a, O: Send + 'static>(
    select: Box<Select>,
    reader: Reader<O>,
    on: On<'a>,
    at: &'static Location<'static>,
) -> RowStream<'a, O> {
    let (command, typed) = Typed::of(select, reader, has_relations);
    open(command, typed, on, at)
}

fn open<'a, O: Send + 'static, D: Decode<O> + 'static>(
    command: Result<Command>,
    decode: D,
    on: On<'a>,
    at: &'static Location<'static>,
) -> RowStream<'a, O> {
    let shared = Shared::new();
    let mut rows = Chunks::new(shared.clone(), decode);
    RowStream::new(shared, async move {
        let command = command?;
        on.lease(command.bind(), at).await?.watched().run(command, &mut rows, at).await?;
        Ok(())
    })
}

fn has_relations() -> Error {
    let message = "rows that are loaded with their relations cannot be streamed, since the relations are statements of \
                   their own; take them in slices with `after`, or stream the rows alone";
    Error::new(ErrorKind::InvalidQuery, message)
}
