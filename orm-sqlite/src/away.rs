//! Streams rows from another thread.
//!
//! A statement that is running cannot move to another thread, but a task may do so whenever it awaits. So a statement
//! whose rows may be awaited runs in its own thread, and sends them in chunks.

use std::sync::mpsc;

use orm_core::driver::{Flow, Sink, pause};
use orm_core::syntax::Statement;
use orm_core::value::Cell;
use orm_core::{Error, ErrorKind, Result};
use rusqlite::{Connection, InterruptHandle};
use tokio::sync::mpsc::{Receiver, Sender, channel};

use crate::attempt::{Attempt, attempt};

/// The maximum number of rows in a chunk. Switching threads takes some microseconds, as long as 30 rows.
const ROWS: usize = 512;
/// The number of bytes of text that make a chunk, however few rows they are.
const BYTES: usize = 64 * 1024;

/// Where a connection is.
pub(crate) enum Place {
    Here(Connection),
    Away(Away),
    /// Its thread panicked, or it was closed.
    Lost,
}

/// A connection that is in another thread.
pub(crate) struct Away {
    back: mpsc::Receiver<Connection>,
    interrupt: InterruptHandle,
}

impl Place {
    /// Returns the connection. If it is in another thread, its statement is interrupted first, as its rows are no
    /// longer wanted.
    pub(crate) fn connection(&mut self) -> Result<&mut Connection> {
        if let Place::Away(away) = self {
            away.interrupt.interrupt();
            *self = away.back.recv().map_or(Place::Lost, Place::Here);
        }
        match self {
            Place::Here(connection) => Ok(connection),
            Place::Away(_) | Place::Lost => Err(Error::new(
                ErrorKind::ConnectionLost,
                "the connection was closed, or the thread that used it has ended",
            )),
        }
    }

    /// Runs a statement in its own thread, so that `sink` may pause between rows.
    pub(crate) async fn stream(
        &mut self,
        statement: &Statement,
        may_write: bool,
        sink: &mut dyn Sink,
    ) -> Result<rusqlite::Result<Attempt>> {
        let interrupt = self.connection()?.get_interrupt_handle();
        let (home, back) = mpsc::channel();
        let Place::Here(connection) = std::mem::replace(self, Place::Away(Away { back, interrupt })) else {
            return Err(Error::new(ErrorKind::ConnectionLost, "the connection was closed"));
        };
        let (sender, portions) = channel(2);
        let (statement, named) = (statement.clone(), sink.wants_columns());
        let thread = tokio::task::spawn_blocking(move || {
            let mut portion = Portions { sender, cells: Vec::new(), rows: 0, bytes: 0, width: 0, named };
            let result = attempt(&connection, &statement, may_write, &mut Vec::new(), &mut portion);
            portion.send();
            // If the runtime is gone, no one receives the connection, and it is closed.
            let _ = home.send(connection);
            result
        });
        take(portions, sink).await;
        let result = thread.await.map_err(|error| {
            Error::new(ErrorKind::ConnectionLost, "the thread that ran the statement has ended")
                .with_source(error)
        });
        // It has already been sent back: there is nothing to interrupt.
        if let Place::Away(away) = self {
            *self = away.back.recv().map_or(Place::Lost, Place::Here);
        }
        result
    }
}

/// A message of the thread.
enum Portion {
    Columns(Vec<String>),
    Rows { cells: Vec<Cell<'static>>, width: usize },
}

/// Passes the rows that arrive to a sink, until it stops.
async fn take(mut portions: Receiver<Portion>, sink: &mut dyn Sink) {
    while let Some(portion) = portions.recv().await {
        let (mut cells, width) = match portion {
            Portion::Columns(names) => {
                sink.columns(&names.iter().map(String::as_str).collect::<Vec<_>>());
                continue;
            }
            Portion::Rows { cells, width } => (cells, width),
        };
        for row in cells.chunks_mut(width) {
            match sink.row(row) {
                Flow::Continue => {}
                Flow::Pause => pause().await,
                Flow::Stop => return,
            }
        }
    }
}

/// Sends rows in chunks, and waits for the receiver.
struct Portions {
    sender: Sender<Portion>,
    cells: Vec<Cell<'static>>,
    rows: usize,
    bytes: usize,
    width: usize,
    /// Whether the names of the columns are wanted.
    named: bool,
}

impl Portions {
    /// Sends the current chunk. Returns whether it was received.
    fn send(&mut self) -> bool {
        if self.rows == 0 {
            return true;
        }
        let cells = std::mem::take(&mut self.cells);
        (self.rows, self.bytes) = (0, 0);
        self.sender.blocking_send(Portion::Rows { cells, width: self.width }).is_ok()
    }
}

impl Sink for Portions {
    fn wants_columns(&self) -> bool {
        self.named
    }

    fn columns(&mut self, names: &[&str]) {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        // If there is no receiver, the first chunk finds out.
        let _ = self.sender.blocking_send(Portion::Columns(names));
    }

    fn row(&mut self, cells: &mut [Cell<'_>]) -> Flow {
        self.width = cells.len();
        self.cells.extend(cells.iter_mut().map(|cell| {
            let cell = std::mem::replace(cell, Cell::Null).into_owned();
            if let Cell::Owned(bytes) = &cell {
                self.bytes += bytes.len();
            }
            cell
        }));
        self.rows += 1;
        let full = self.rows >= ROWS || self.bytes >= BYTES;
        if full && !self.send() { Flow::Stop } else { Flow::Continue }
    }
}
