//! The terminal that streams a statement's rows.

use std::panic::Location;

use super::RowStream;
use super::chunks::{Chunks, ROWS, Shared};
use crate::error::Result;
use crate::query::{self, Typed, portions};
use crate::raw::{Decode, FromRow, Named, Sql};
use crate::relation::Reader;
use crate::session::{Executor, On};
use crate::syntax::{Command, Select};

impl Sql {
    /// Streams the rows one by one, in constant memory.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut numbers = sql!("WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n) SELECT n FROM n").stream::<i64>(db);
    /// for expected in 1..=1_000 {
    ///     assert_eq!(numbers.next().await?, Some(expected)); // out of infinitely many
    /// }
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn stream<'a, T: FromRow>(self, on: impl Executor<'a>) -> RowStream<'a, T> {
        let command = self.into_command();
        open(command, Named::new(), on.on(), Location::caller())
    }
}

/// Streams the rows of a typed query.
pub(crate) fn typed<'a, O: Send + 'static>(
    select: Box<Select>,
    reader: Reader<O>,
    on: On<'a>,
    at: &'static Location<'static>,
) -> RowStream<'a, O> {
    match reader {
        Reader::Rows(read) => {
            let typed = Typed::new(&select, read);
            open(Ok(Command::Select(select)), typed, on, at)
        }
        Reader::Graph(plan) => {
            let shared = Shared::new(query::ROWS);
            RowStream::new(shared.clone(), portions(select, plan, on, at, shared))
        }
    }
}

fn open<'a, O: Send + 'static, D: Decode<O> + 'static>(
    command: Result<Command>,
    decode: D,
    on: On<'a>,
    at: &'static Location<'static>,
) -> RowStream<'a, O> {
    let shared = Shared::new(ROWS);
    let mut rows = Chunks::new(shared.clone(), decode);
    RowStream::new(shared, async move {
        let command = command?;
        on.lease(command.bind(), at).await?.watched().run(command, &mut rows, at).await?;
        Ok(())
    })
}
