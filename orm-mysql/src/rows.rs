//! Rows on their way out of a connection.

use std::pin::pin;

use orm_core::Result;
use orm_core::driver::{Flow, Sink, Summary, pause};

use crate::abandoned::InFlight;
use crate::transport::Transport;

/// What a connection knows about the answer that it reads.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// Set while a command is on its way. Found set, its future was dropped, and the next answer would be its.
    pub(crate) busy: bool,
    /// Whether there are rows that nobody reads any more.
    pub(crate) unread: bool,
}

/// Where the answer to a command goes.
pub(crate) struct Answer<'a> {
    pub(crate) sink: &'a mut dyn Sink,
    /// The command, until it is answered.
    pub(crate) command: InFlight,
}

/// Pushes the rows of all result sets that `sink` wants. Says whether it has read everything: not if the sink stops.
/// What is `TEXT` has numbers as text.
pub(crate) async fn push<T: Transport, const TEXT: bool>(
    transport: &mut T,
    reading: &mut Reading,
    answer: &mut Answer<'_>,
) -> Result<bool> {
    loop {
        if answer.sink.wants_columns() {
            transport.tell_columns(answer.sink);
        }
        // Of a set with rows, the number belongs to what came before.
        let affected = if transport.has_rows() { 0 } else { transport.affected() };
        loop {
            // The only place where a row is waited for: two such futures would not share their memory.
            let flow = pin!(transport.row::<TEXT>(answer.sink)).await?;
            match flow {
                None => break,
                Some(Flow::Continue) => {}
                Some(Flow::Stop) => return Ok(false),
                Some(Flow::Pause) => {
                    // Dropped here, nothing is cut off: the next command leaves out the rest.
                    (reading.busy, reading.unread) = (false, true);
                    answer.command.pause();
                    pause().await;
                    answer.command.go_on();
                    (reading.busy, reading.unread) = (true, false);
                }
            }
        }
        answer.sink.ended(Summary { affected, last_insert_id: None });
        if transport.is_at_end() || !answer.sink.next_set() {
            // The last one of several, if it gives no rows.
            if transport.is_at_set() {
                answer.sink.ended(Summary { affected: transport.affected(), last_insert_id: None });
            }
            // What is left is read all the same: whether the statement failed after all is said at its end.
            if !transport.is_done() {
                Box::pin(pass_over(transport)).await?;
            }
            return Ok(true);
        }
    }
}

/// Reads to the end of an answer.
async fn pass_over<T: Transport>(transport: &mut T) -> Result<()> {
    loop {
        let last = transport.is_at_end();
        if !transport.pass().await? && last {
            return Ok(());
        }
    }
}
