//! Rows on their way out of a connection.

use std::pin::pin;
use std::time::Duration;

use mysql_async::QueryResult;
use mysql_async::prelude::Protocol;
use orm_core::Result;
use orm_core::driver::{Flow, Sink, Summary, pause};
use orm_core::value::Cell;

use crate::abandoned::InFlight;
use crate::error::classify;
use crate::timely::timely;
use crate::values::{fill, fill_from_text};

/// What a connection knows about the answer that it reads.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// Set while a command is on its way. Found set, its future was dropped, and the next answer would be its.
    pub(crate) busy: bool,
    /// Whether there are rows that nobody reads any more.
    pub(crate) unread: bool,
    /// Whether the last answer is that to PREPARE, in which the driver sees flags that are none.
    pub(crate) preparing: bool,
    /// How long the server may leave one waiting.
    pub(crate) patience: Option<Duration>,
}

/// Where the answer to a command goes.
pub(crate) struct Answer<'a> {
    pub(crate) sink: &'a mut dyn Sink,
    /// The command, until it is answered.
    pub(crate) command: InFlight,
}

/// Pushes the rows of all result sets that `sink` wants. Says whether it has read everything: not if the sink stops.
/// What is `TEXT` has numbers as text.
pub(crate) async fn push<P: Protocol, const TEXT: bool>(
    result: &mut QueryResult<'_, '_, P>,
    cells: &mut Vec<Cell<'static>>,
    reading: &mut Reading,
    answer: &mut Answer<'_>,
) -> Result<bool> {
    // Set once the sink has all that it wants. What is left is read all the same: whether the statement failed after all
    // is said at its end.
    let mut enough = false;
    loop {
        if !enough && answer.sink.wants_columns() {
            let names: Vec<_> = result.columns_ref().iter().map(|column| column.name_str()).collect();
            answer.sink.columns(&names.iter().map(|name| &**name).collect::<Vec<_>>());
        }
        // Of a set with rows, the number belongs to what came before.
        let affected = if result.columns_ref().is_empty() { result.affected_rows() } else { 0 };
        loop {
            // The only place where a row is waited for: two such futures would not share their memory.
            let row = {
                let next = pin!(result.next());
                match reading.patience {
                    None => next.await.map_err(classify)?,
                    patience => timely(patience, next).await?,
                }
            };
            let Some(row) = row else { break };
            if enough {
                continue;
            }
            if TEXT {
                fill_from_text(cells, row)?;
            } else {
                fill(cells, row);
            }
            match answer.sink.row(cells) {
                Flow::Continue => {}
                Flow::Stop => return Ok(false),
                Flow::Pause => {
                    // Dropped here, nothing is cut off: the next command leaves out the rest.
                    (reading.busy, reading.unread) = (false, true);
                    answer.command.pause();
                    pause().await;
                    answer.command.go_on();
                    (reading.busy, reading.unread) = (true, false);
                }
            }
        }
        if enough {
            if result.is_empty() {
                return Ok(true);
            }
            continue;
        }
        answer.sink.ended(Summary { affected, last_insert_id: None });
        if result.is_empty() || !answer.sink.next_set() {
            // The last one of several, if it gives no rows.
            if result.columns().is_some() {
                answer.sink.ended(Summary { affected: result.affected_rows(), last_insert_id: None });
            }
            enough = true;
        }
    }
}
