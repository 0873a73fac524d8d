//! The terminal: what makes a stream of a statement.

use std::panic::Location;

use super::{Chunks, RowStream, Shared};
use crate::error::{Error, ErrorKind, Result};
use crate::query::Read;
use crate::raw::{Decode, FromRow, Named, Sql};
use crate::relation::Reader;
use crate::session::{Executor, Labels, On};
use crate::syntax::{Command, Select};
use crate::value::{Cell, Cells};

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
    let labels = Labels::of(&select);
    let (command, read) = match reader {
        Reader::Rows(read) => (Ok(Command::Select(select)), read),
        Reader::Graph(_) => (Err(has_relations()), none as Read<O>),
    };
    open(command, Typed { read, labels }, on, at)
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

/// Reads rows of a typed query, by position.
struct Typed<O> {
    read: Read<O>,
    labels: Labels,
}

impl<O> Decode<O> for Typed<O> {
    fn row(&mut self, cells: &mut [Cell<'_>]) -> Result<O> {
        (self.read)(&mut Cells::new(cells)).map_err(|fault| self.labels.at(fault.index).error(&fault))
    }
}

fn has_relations() -> Error {
    let message = "rows that are loaded with their relations cannot be streamed, since the relations are statements of \
                   their own; take them in slices with `after`, or stream the rows alone";
    Error::new(ErrorKind::InvalidQuery, message)
}

/// Reads nothing: there are no rows.
fn none<O>(_: &mut Cells<'_, '_>) -> Result<O, crate::value::Fault> {
    let mismatch = crate::value::Mismatch::invalid("no row");
    Err(crate::value::Fault { index: 0, expected: std::any::type_name::<O>(), mismatch })
}
