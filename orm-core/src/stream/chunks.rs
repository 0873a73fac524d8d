//! The buffer between a driver and a stream.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;

use crate::driver::{Flow, Sink};
use crate::error::Error;
use crate::raw::Decode;
use crate::value::Cell;

/// The default number of rows in a chunk. Allocators cache only a few freed blocks of each size; more of them take a slower
/// path: with chunks of 128, a row costs a quarter more than with chunks of 8.
pub(super) const ROWS: usize = 8;
/// The bytes of text after which a chunk is complete, however few rows it has.
const BYTES: usize = 64 * 1024;

/// The chunk that a sink and a stream share.
pub(crate) struct Shared<O>(Arc<Mutex<Chunk<O>>>);

pub(super) struct Chunk<O> {
    pub(super) rows: VecDeque<O>,
    pub(super) error: Option<Error>,
    /// The number of rows that are buffered before they are taken.
    pub(super) portion: usize,
    /// Whether the driver was asked to pause since rows were last taken.
    pub(super) paused: bool,
}

impl<O> Clone for Shared<O> {
    fn clone(&self) -> Self {
        Shared(self.0.clone())
    }
}

impl<O> Shared<O> {
    pub(crate) fn new(portion: usize) -> Self {
        Shared(Arc::new(Mutex::new(Chunk { rows: VecDeque::new(), error: None, portion, paused: false })))
    }

    /// Never blocks, since both sides belong to one task.
    pub(super) fn lock(&self) -> MutexGuard<'_, Chunk<O>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn portion(&self) -> u64 {
        self.lock().portion as u64
    }

    /// Adds rows, and waits until they are taken and more are wanted.
    pub(crate) async fn give(&self, rows: Vec<O>) {
        let mut rows = Some(rows);
        std::future::poll_fn(|_| match rows.take() {
            Some(rows) => {
                let mut chunk = self.lock();
                chunk.rows.extend(rows);
                chunk.paused = true;
                Poll::Pending
            }
            None => Poll::Ready(()),
        })
        .await;
    }
}

/// Reads rows into chunks.
pub(crate) struct Chunks<O, D> {
    shared: Shared<O>,
    decode: D,
    bytes: usize,
    failed: bool,
}

impl<O, D> Chunks<O, D> {
    pub(crate) fn new(shared: Shared<O>, decode: D) -> Self {
        Chunks { shared, decode, bytes: 0, failed: false }
    }

    fn fail(&mut self, error: Error) -> Flow {
        self.failed = true;
        self.shared.lock().error = Some(error);
        Flow::Stop
    }
}

impl<O: Send, D: Decode<O>> Sink for Chunks<O, D> {
    fn wants_columns(&self) -> bool {
        self.decode.wants_columns()
    }

    fn columns(&mut self, names: &[&str]) {
        if let Err(error) = self.decode.columns(names) {
            self.fail(error);
        }
    }

    fn pauses(&self) -> bool {
        true
    }

    fn row(&mut self, cells: &mut [Cell<'_>]) -> Flow {
        if self.failed {
            return Flow::Stop;
        }
        self.bytes += cells.iter().map(size).sum::<usize>();
        let row = match self.decode.row(cells) {
            Ok(row) => row,
            Err(error) => return self.fail(error),
        };
        let mut chunk = self.shared.lock();
        chunk.rows.push_back(row);
        if chunk.rows.len() < chunk.portion && self.bytes < BYTES {
            return Flow::Continue;
        }
        chunk.paused = true;
        self.bytes = 0;
        Flow::Pause
    }
}

/// Returns the size of text or bytes.
fn size(cell: &Cell<'_>) -> usize {
    match cell {
        Cell::Borrowed(bytes) => bytes.len(),
        Cell::Owned(bytes) => bytes.len(),
        _ => 0,
    }
}
